import { useEffect } from 'preact/hooks';
import type { Result } from '../bench/result.ts';
import { restoreHistory } from '../state/history.ts';
import { route } from '../state/route.ts';
import { compareWithMine, runHereAddress, shared } from '../state/shared.ts';
import buttonCss from './parts/Button.module.css';
import { Later } from './parts/Later.tsx';
import { Top } from './parts/Top.tsx';
import { Report } from './Report.tsx';
import css from './Shared.module.css';

/** The headline is there sooner without them, and few results have any. */
const loadDoubts = () => import('./Doubts.tsx').then(({ Doubts }) => Doubts);

/** A result that came as a link. Looking at it changes nothing here. */
export function Shared() {
  useEffect(() => void restoreHistory(), []);
  const opened = shared.value;
  if (!opened) return null;
  return (
    <div class={css.page}>
      <Top title="Shared result">
        {opened.ok &&
          'Self-reported: somebody measured this on a device of their own and sent it as a link. Every figure is computed here from the raw times in that link. Nothing of it is kept on this device.'}
      </Top>
      {opened.ok ? (
        <Report
          key={route.value.page === 'shared' ? route.value.link : ''}
          result={opened.result}
          elsewhere
          note={<Later load={loadDoubts} give={{ result: opened.result }} />}
          first={
            <>
              <RunHere result={opened.result} />
              <CompareWithMine />
            </>
          }
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
