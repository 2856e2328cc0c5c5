import { useEffect } from 'preact/hooks';
import type { Result } from '../bench/result.ts';
import { restoreHistory } from '../state/history.ts';
import { route } from '../state/route.ts';
import { compareWithMine, doubtsAbout, runHereAddress, shared } from '../state/shared.ts';
import buttonCss from './parts/Button.module.css';
import { Report } from './Report.tsx';
import css from './Shared.module.css';

/** A result that came as a link. Looking at it changes nothing here. */
export function Shared() {
  useEffect(() => void restoreHistory(), []);
  const opened = shared.value;
  if (!opened) return null;
  return (
    <div class={css.page}>
      <div class={css.top}>
        <h1 tabIndex={-1}>Shared result</h1>
        {opened.ok && (
          <p>
            Self-reported: somebody measured this on a device of their own and sent it as a link. Every figure
            is computed here from the raw times in that link. Nothing of it is kept on this device.
          </p>
        )}
      </div>
      {opened.ok ? (
        <Report
          key={route.value.page === 'shared' ? route.value.link : ''}
          result={opened.result}
          elsewhere
          note={<Doubts result={opened.result} />}
          first={<RunHere result={opened.result} />}
          last={<CompareWithMine />}
        />
      ) : (
        <Broken message={opened.message} hint={opened.hint} />
      )}
    </div>
  );
}

function RunHere({ result }: { result: Result }) {
  return (
    <a class={`${buttonCss.button} ${buttonCss.primary}`} href={runHereAddress(result)}>
      Run this here
    </a>
  );
}

function CompareWithMine() {
  const address = route.value.page === 'shared' && compareWithMine(route.value.link);
  if (!address) return null;
  return (
    <a class={buttonCss.button} href={address}>
      Compare with mine
    </a>
  );
}

function Broken({ message, hint }: { message: string; hint: string }) {
  return (
    <div class={css.broken}>
      <p role="alert">
        <strong>{message}</strong> {hint}
      </p>
      <a class={buttonCss.button} href="#/">
        Go to the models
      </a>
    </div>
  );
}

function Doubts({ result }: { result: Result }) {
  const found = doubtsAbout(result);
  if (found.length === 0) return null;
  return (
    <section class={css.doubts} aria-labelledby="doubts-title">
      <h3 id="doubts-title">This result contradicts itself</h3>
      <ul>
        {found.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
