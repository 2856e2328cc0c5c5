import { basis, choices, fitGroups, type FitGroup, type FitRow } from '../state/fits.ts';
import css from './Fits.module.css';
import { copyText } from './sending.ts';
import { Button } from './parts/Button.tsx';

/** Which open-weight models run on the chosen machine: in a browser, natively, or not. */
export function Fits() {
  return (
    <section class={css.fits} aria-labelledby="fits-title">
      <h2 id="fits-title">What fits</h2>
      <nav class={css.machines} aria-label="Machines">
        {choices.value.map(({ key, name, address, chosen }) => (
          <a key={key} href={address} aria-current={chosen ? 'true' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <p class={css.basis}>{basis.value}</p>
      {fitGroups.value.map((group) => (
        <Group key={group.answer} group={group} />
      ))}
      <p class={css.small}>
        The commands run a model natively, with Ollama or llama.cpp. Weights are parameters times bits per
        weight. Natively 5 % and 1 GB are added for the context and for scratch. A speed is an estimate: 45 to
        80 % of what the memory bandwidth would allow for short contexts.
      </p>
    </section>
  );
}

function Group({ group: { answer, title, rows } }: { group: FitGroup }) {
  return (
    <section class={css.group} aria-label={title}>
      <h3>
        {title} <span>{rows.length}</span>
      </h3>
      {answer === 'browser' && (
        <p class={css.small}>
          Load one from <a href="#/">Models</a>.
        </p>
      )}
      <ul class={css.list} data-answer={answer}>
        {rows.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row: { name, size, why, command, estimate, note } }: { row: FitRow }) {
  return (
    <li class={css.row}>
      <div>
        <h4>{name}</h4>
        <p class={css.small}>{size}</p>
      </div>
      <div>
        {estimate && <p class={css.estimate}>About {estimate} to expect</p>}
        <p class={css.small}>{why}</p>
        {note && <p class={css.small}>{note}</p>}
      </div>
      {command && <Command command={command} name={name} />}
    </li>
  );
}

function Command({ command, name }: { command: string; name: string }) {
  return (
    <div class={css.command}>
      <code>{command}</code>
      <Button
        look="quiet"
        name={`Copy the command for ${name}`}
        onClick={() => void copyText(command, 'The command is copied.')}
      >
        Copy
      </Button>
    </div>
  );
}
