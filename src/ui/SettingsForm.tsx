import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { notify } from '../state/notices.ts';
import { change, DEFAULTS, resetSettings, settings, type Theme } from '../state/settings.ts';
import { Button } from './parts/Button.tsx';
import css from './SettingsForm.module.css';

const THEMES: { theme: Theme; label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** What the panel holds: every setting, each change of which counts at once, and the way to a bug report. */
export function Settings() {
  return (
    <>
      <SettingsForm />
      <BugReport />
    </>
  );
}

function SettingsForm() {
  const { theme, temperature, topP, maxTokens, systemPrompt } = settings.value;
  return (
    <form class={css.form} onSubmit={(event) => event.preventDefault()}>
      <Colours chosen={theme} />
      <NumberField
        id="temperature"
        label="Temperature"
        hint="0 always takes the likeliest token; higher is livelier. Up to 2."
        value={temperature}
        range={{ min: 0, max: 2, step: 0.1 }}
        onChange={(value) => change({ temperature: value })}
      />
      <NumberField
        id="top-p"
        label="Top-p"
        hint="Only the likeliest tokens that together reach this share are drawn from. Up to 1."
        value={topP}
        range={{ min: 0.05, max: 1, step: 0.05 }}
        onChange={(value) => change({ topP: value })}
      />
      <NumberField
        id="max-tokens"
        label="Longest answer, in tokens"
        hint="An answer that reaches it is cut off there, and says so. Thoughts may take 2,048 more."
        value={maxTokens}
        range={{ min: 1, max: 32_768, step: 1 }}
        onChange={(value) => change({ maxTokens: value ?? DEFAULTS.maxTokens })}
      />
      <SystemPrompt value={systemPrompt} />
      <div>
        <Button onClick={resetSettings}>Back to the defaults</Button>
      </div>
    </form>
  );
}

function Colours({ chosen }: { chosen: Theme }) {
  return (
    <fieldset class={css.choices}>
      <legend>Colours</legend>
      {THEMES.map((choice) => (
        <label key={choice.theme}>
          <input
            type="radio"
            name="theme"
            checked={chosen === choice.theme}
            onChange={() => change({ theme: choice.theme })}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}

function SystemPrompt({ value }: { value: string }) {
  return (
    <div class={css.field}>
      <label htmlFor="system-prompt">System prompt</label>
      <textarea
        id="system-prompt"
        aria-describedby="system-prompt-hint"
        value={value}
        onChange={(event) => change({ systemPrompt: event.currentTarget.value })}
      />
      <p class={css.hint} id="system-prompt-hint">
        What the model is told before every conversation.
      </p>
    </div>
  );
}

interface NumberFieldProps {
  id: string;
  label: string;
  hint: string;
  value: number | null;
  range: { min: number; max: number; step: number };
  onChange: (value: number | null) => void;
}

/** A number, or empty for the model's own default. */
function NumberField({ id, label, hint, value, range, onChange }: NumberFieldProps) {
  return (
    <div class={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        {...range}
        step="any"
        value={value ?? ''}
        placeholder="the model’s own"
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget: { value: typed } }) => onChange(typed === '' ? null : Number(typed))}
      />
      <p class={css.hint} id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}

/** The report is fetched and put together when it is asked for. */
function BugReport() {
  const [Report, setReport] = useState<ComponentType | null>(null);
  const show = async () => {
    const { Diagnostics } = await import('./Diagnostics.tsx');
    setReport(() => Diagnostics);
  };
  return (
    <section class={css.bugs} aria-labelledby="bugs-title">
      <h3 id="bugs-title">Something wrong?</h3>
      {Report ? (
        <Report />
      ) : (
        <div>
          <Button onClick={() => void show().catch(tellNotFetched)}>Prepare a bug report</Button>
        </div>
      )}
    </section>
  );
}

function tellNotFetched(): void {
  notify('The report could not be fetched. Check the connection, then try again.');
}
