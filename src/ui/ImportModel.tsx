import { useEffect, useRef, useState } from 'preact/hooks';
import { dismissImport, importFiles, importing, isImporting, type Import } from '../state/importing.ts';
import { filesOf } from './dropped.ts';
import css from './ImportModel.module.css';
import { Button } from './parts/Button.tsx';
import { Failure } from './parts/Failure.tsx';
import { Section } from './parts/Section.tsx';
import { Underway } from './Underway.tsx';

/** An attribute that every browser knows, and Preact's types do not. */
const WHOLE_FOLDER = { webkitdirectory: true };

const WORDS =
  'A file that was exported here or on another device, or a folder in MLC format with its library. It is checked as a download is, and nothing leaves this device.';

/** A model from a file or a folder, for a device without a network or with a costly one. */
export function ImportModel() {
  return (
    <Section id="import-title" title="Import a model" words={WORDS}>
      <div class={css.way}>
        <DropZone />
        {importing.value && <Report state={importing.value} />}
      </div>
    </Section>
  );
}

function DropZone() {
  const file = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const over = useDrop();
  const busy = isImporting();
  return (
    <div class={css.zone} data-over={over}>
      <div class={css.buttons}>
        <Button onClick={() => file.current?.click()} disabled={busy}>
          Choose a file
        </Button>
        <Button onClick={() => folder.current?.click()} disabled={busy}>
          Choose a folder
        </Button>
      </div>
      <p class={css.or}>or drop one of them here</p>
      <input
        ref={file}
        class={css.hidden}
        type="file"
        accept=".tar"
        aria-label="Exported model"
        onChange={take}
      />
      <input
        {...WHOLE_FOLDER}
        ref={folder}
        class={css.hidden}
        type="file"
        aria-label="Model folder to import"
        onChange={take}
      />
    </div>
  );
}

/** Files may be dropped anywhere on the page: beside the zone the browser would leave the page and open them. */
function useDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      void importFiles(filesOf(event.dataTransfer));
    };
    addEventListener('dragover', onOver, options);
    addEventListener('dragleave', onLeave, options);
    addEventListener('drop', onDrop, options);
    return () => stop.abort();
  }, []);
  return over;
}

/** The buttons stand for these inputs, so neither is a stop of its own for the keyboard. */
function take({ currentTarget: input }: Event & { currentTarget: HTMLInputElement }): void {
  const chosen = [...(input.files ?? [])];
  input.value = ''; // the same file may be chosen again
  void importFiles(chosen.map((blob) => ({ path: blob.webkitRelativePath || blob.name, blob })));
}

function Report({ state }: { state: Import }) {
  const { from, progress, done, error } = state;
  if (error) {
    return (
      <Failure code={error.code} message={error.message} hint={error.hint} detail={error.detail}>
        <Button onClick={dismissImport}>Dismiss</Button>
      </Failure>
    );
  }
  if (done !== null)
    return <output class={css.done}>{done} is stored here now, and every file is checked.</output>;
  return (
    <Underway
      name={`Importing ${from}`}
      words={`Importing ${from}`}
      progress={progress}
      stopWord="Stop"
      stopName={`Stop importing ${from}`}
      onStop={state.stop}
    />
  );
}
