import { canRun, gpu } from '../state/gpu.ts';
import { demoCost, demoWaits, runDemo } from '../state/launch.ts';
import { demo } from '../state/models.ts';
import { expectLoad, isOpening, session } from '../state/session.ts';
import { Button } from './parts/Button.tsx';
import css from './RunDemo.module.css';

/** The button that leads to a first answer, and what that costs. */
export function RunDemo({ large = false }: { large?: boolean }) {
  const impossible = gpu.value !== null && !canRun.value;
  const taken = isOpening.value || session.value === 'busy';
  return (
    <div class={`${css.run} ${large ? css.large : ''}`}>
      <Button
        look="primary"
        large={large}
        onIntent={() => expectLoad(demo.value?.variant)}
        onClick={() => void runDemo()}
        disabled={impossible || taken || demoWaits.value}
        describedBy="demo-cost"
      >
        Run the demo model
      </Button>
      <p class={css.cost} id="demo-cost">
        {impossible ? 'It needs a GPU that this browser can reach.' : demoCost.value}
      </p>
    </div>
  );
}
