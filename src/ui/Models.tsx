import { AddModel } from './AddModel.tsx';
import { AskedModel } from './AskedModel.tsx';
import { Catalogue } from './Catalogue.tsx';
import { GpuPanel } from './GpuPanel.tsx';
import css from './Models.module.css';
import { RunDemo } from './RunDemo.tsx';

/** The first page: what this is, on which GPU, and which models there are. */
export function Models() {
  return (
    <>
      <div class={css.first}>
        <div class={css.pitch}>
          <h1 tabIndex={-1}>Run a language model on your own GPU, in this tab, and see how fast it goes.</h1>
          <p class={css.lead}>Nothing you type leaves this device.</p>
          <AskedModel />
          <RunDemo large />
        </div>
        <GpuPanel />
      </div>
      <Catalogue />
      <AddModel />
    </>
  );
}
