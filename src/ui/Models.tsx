import { asked } from '../state/asked.ts';
import { Catalogue } from './Catalogue.tsx';
import { GpuPanel } from './GpuPanel.tsx';
import css from './Models.module.css';
import { Later } from './parts/Later.tsx';
import { RunDemo } from './RunDemo.tsx';

const loadAddModel = () => import('./AddModel.tsx').then(({ AddModel }) => AddModel);
const loadAskedModel = () => import('./AskedModel.tsx').then(({ AskedModel }) => AskedModel);

/** The first page: what this is, on which GPU, and which models there are. */
export function Models() {
  return (
    <div class={css.page}>
      <div class={css.first}>
        <div class={css.pitch}>
          <h1 tabIndex={-1}>Run a language model on your own GPU, in this tab, and see how fast it goes.</h1>
          <p class={css.lead}>Nothing you type leaves this device.</p>
          {asked.value && <Later load={loadAskedModel} give={{}} />}
          <RunDemo large />
        </div>
        <GpuPanel />
      </div>
      <Catalogue />
      <Later load={loadAddModel} give={{}} />
    </div>
  );
}
