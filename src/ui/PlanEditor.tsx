import { useState } from 'preact/hooks';
import type { CaseKind } from '../bench/plan.ts';
import {
  addCases,
  changeSetting,
  editedCases,
  editRefusal,
  linkOfPlan,
  removeCase,
  takesDepth,
  type Setting,
} from '../state/plan-editor.ts';
import { chosenPlan } from '../state/plans.ts';
import { Button } from './parts/Button.tsx';
import css from './PlanEditor.module.css';
import { copyText } from './sending.ts';

/** An own plan: which cases, how often each. Every change is in the address at once. */
export function PlanEditor() {
  return (
    <div class={css.editor}>
      <Cases />
      <NewCase />
      <Settings />
      <output class={css.refusal}>{editRefusal.value}</output>
      <div>
        <Button onClick={() => void copyText(linkOfPlan(), 'The link to this plan is copied.')}>
          Copy link to this plan
        </Button>
      </div>
    </div>
  );
}

function Cases() {
  return (
    <ul class={css.cases} aria-label="Cases of the plan">
      {editedCases.value.map(({ name, meaning }) => (
        <li key={name}>
          <span>
            <strong>{name}</strong> {meaning}
          </span>
          <Button look="quiet" name={`Remove ${name}`} onClick={() => removeCase(name)}>
            Remove
          </Button>
        </li>
      ))}
    </ul>
  );
}

const KINDS: { kind: CaseKind; label: string }[] = [
  { kind: 'tg', label: 'Decode: write (tg)' },
  { kind: 'pp', label: 'Prefill: read (pp)' },
  { kind: 'chat', label: 'Chat: answer a question' },
  { kind: 'think', label: 'Thinking: until the answer is there' },
];

function NewCase() {
  const [kind, setKind] = useState<CaseKind>('tg');
  const [tokens, setTokens] = useState(64);
  const [depths, setDepths] = useState('0, 512, 1024, 2048');
  const submit = (event: Event) => {
    event.preventDefault();
    addCases(kind, tokens, depths);
  };
  return (
    <form class={css.form} onSubmit={submit} aria-label="Add cases">
      <label>
        What
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as CaseKind)}>
          {KINDS.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      <NumberField label="Tokens" value={tokens} least={1} most={32_768} onChange={setTokens} />
      <label class={css.depths}>
        KV depths
        <input
          type="text"
          inputMode="numeric"
          value={depths}
          disabled={!takesDepth(kind)}
          onInput={(event) => setDepths(event.currentTarget.value)}
          aria-describedby="depths-hint"
        />
      </label>
      <Button type="submit">Add</Button>
      <p class={css.hint} id="depths-hint">
        Several depths, with commas, are a sweep: the report draws speed over depth.
      </p>
    </form>
  );
}

const SETTINGS: { key: Setting; label: string; least: number; most: number }[] = [
  { key: 'warmups', label: 'Warm-ups', least: 0, most: 5 },
  { key: 'minRuns', label: 'Runs, at least', least: 1, most: 50 },
  { key: 'maxRuns', label: 'Runs, at most', least: 1, most: 50 },
];

function Settings() {
  return (
    <fieldset class={css.form}>
      <legend>How often</legend>
      {SETTINGS.map(({ key, ...field }) => (
        <NumberField
          key={key}
          {...field}
          value={chosenPlan.value[key]}
          onChange={(value) => changeSetting(key, value)}
        />
      ))}
      <p class={css.hint}>
        After the fewest runs it goes on until the 95 % interval is within 3 % of the median.
      </p>
    </fieldset>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}

function NumberField({ label, value, least, most, onChange }: NumberFieldProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        value={value}
        min={least}
        max={most}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
