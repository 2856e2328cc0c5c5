import { useRef, useState } from 'preact/hooks';
import { addModel } from '../state/models.ts';
import { notify } from '../state/notices.ts';
import { waitsForNetwork } from '../state/stored.ts';
import { toEngineError } from '../state/thrown.ts';
import type { EngineError } from '../engine/engine.ts';
import css from './AddModel.module.css';
import { Button } from './parts/Button.tsx';
import { Section } from './parts/Section.tsx';

const WORDS = `Any model in MLC format that was compiled for web-llm ${ENGINE_VERSION.replace('^', '')}: its folder with weights, and its library. Adding it downloads nothing.`;

/** Any other model in MLC's format, by its two addresses. It is put on the list; nothing is fetched yet. */
export function AddModel() {
  return (
    <Section id="add-title" title="Add a model by URL" words={WORDS}>
      <AddForm />
    </Section>
  );
}

function AddForm() {
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<EngineError | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const data = new FormData(form.current ?? undefined);
    try {
      const row = addModel(text(data, 'model'), text(data, 'library'));
      setError(null);
      form.current?.reset();
      const waits = row.variant && waitsForNetwork(row.variant);
      notify(`${row.model.name} is on the list above.${waits ? ' Loading it needs the network.' : ''}`);
    } catch (thrown) {
      setError(toEngineError(thrown));
    }
  };
  return (
    <form class={css.form} ref={form} noValidate onSubmit={submit}>
      <Field
        id="model"
        label="Model folder"
        placeholder="https://huggingface.co/mlc-ai/…-MLC"
        error={error}
      />
      <Field id="library" label="Library" placeholder="https://…-webgpu.wasm" error={error} />
      {error && (
        <p class={css.error} id="add-error" role="alert">
          <strong>{error.message}</strong> {error.hint}
        </p>
      )}
      <div>
        <Button type="submit">Add to the list</Button>
      </div>
    </form>
  );
}

interface FieldProps {
  id: string;
  label: string;
  placeholder: string;
  error: EngineError | null;
}

function Field({ id, label, placeholder, error }: FieldProps) {
  const wrong = error !== null && error.message.includes(`of the ${id} `);
  return (
    <div class={css.field}>
      <label htmlFor={`add-${id}`}>{label}</label>
      <input
        id={`add-${id}`}
        name={id}
        type="url"
        inputMode="url"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'add-error' : undefined}
      />
    </div>
  );
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
