import { measureModel } from '../state/benchmark.ts';
import { session } from '../state/session.ts';
import panelCss from './Panel.module.css';
import { Button } from './parts/Button.tsx';

/** The short benchmark, one click from the conversation. */
export function MeasureInvitation() {
  return (
    <div class={panelCss.section}>
      <h2 class={panelCss.title}>Measure it properly</h2>
      <div>
        <Button
          onClick={() => void measureModel()}
          disabled={session.value !== 'ready'}
          describedBy="measure-cost"
        >
          Measure
        </Button>
      </div>
      <p class={panelCss.note} id="measure-cost">
        Checks the answers, then times one warm-up and three runs each of reading and writing.
      </p>
    </div>
  );
}
