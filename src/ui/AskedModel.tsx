import { asked, dismissAsked, loadAsked } from '../state/asked.ts';
import { gpu, canRun } from '../state/gpu.ts';
import { expectLoad } from '../state/session.ts';
import { waitsForNetwork } from '../state/stored.ts';
import css from './AddModel.module.css';
import { Button } from './parts/Button.tsx';

/** A model that the address asks for. A link may prepare a download, but only a person starts one. */
export function AskedModel() {
  const wish = asked.value;
  if (!wish) return null;
  const variant = wish.row?.variant;
  const waits = Boolean(variant && waitsForNetwork(variant));
  return (
    <section class={css.asked} aria-labelledby="asked-title">
      {wish.row ? (
        <>
          <h2 id="asked-title">This link asks for {wish.row.model.name}</h2>
          <p>
            From <code>{wish.row.model.variants[0]?.modelUrl}</code> with the library{' '}
            <code>{wish.row.model.variants[0]?.libUrl}</code>. How large it is will be known once the download
            begins; it can be cancelled at any time.
            {waits && ' There is no network now, so it has to wait.'}
          </p>
        </>
      ) : (
        <div role="alert">
          <h2 id="asked-title">This link asks for a model, but not rightly</h2>
          <p>
            {wish.error?.message} {wish.error?.hint}
          </p>
        </div>
      )}
      <div class={css.buttons}>
        {wish.row && (
          <Button
            look="primary"
            onIntent={() => expectLoad(wish.row?.variant)}
            onClick={() => void loadAsked()}
            disabled={(gpu.value !== null && !canRun.value) || waits}
          >
            Download and load it
          </Button>
        )}
        <Button onClick={dismissAsked}>No, thanks</Button>
      </div>
    </section>
  );
}
