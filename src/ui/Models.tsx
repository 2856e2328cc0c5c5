import { useEffect } from 'preact/hooks';
import { demoCost, runDemo } from '../state/launch.ts';
import { canRun, gpu } from '../state/gpu.ts';
import { refreshStored } from '../state/models.ts';
import { expectLoad, isOpening, session } from '../state/session.ts';
import { AddModel } from './AddModel.tsx';
import { AskedModel } from './AskedModel.tsx';
import { Catalogue } from './Catalogue.tsx';
import { GpuPanel } from './GpuPanel.tsx';
import css from './Models.module.css';
import { Button } from './parts/Button.tsx';

/** The first page: what this is, on which GPU, and which models there are. */
export function Models() {
  useEffect(() => void refreshStored(), []);
  return (
    <>
      <div class={css.first}>
        <div class={css.pitch}>
          <h1 tabIndex={-1}>Run a language model on your own GPU, in this tab, and see how fast it goes.</h1>
          <p class={css.lead}>Nothing you type leaves this device.</p>
          <AskedModel />
          <Run />
        </div>
        <GpuPanel />
      </div>
      <Catalogue />
      <AddModel />
    </>
  );
}

function Run() {
  const impossible = gpu.value !== null && !canRun.value;
  const taken = isOpening.value || session.value === 'busy';
  return (
    <div class={css.go}>
      <Button
        look="primary"
        large
        onIntent={expectLoad}
        onClick={() => void runDemo()}
        disabled={impossible || taken}
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
