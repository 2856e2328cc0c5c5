import type { ReadonlySignal } from '@preact/signals';
import css from './Figure.module.css';

type Text = string | ReadonlySignal<string>;

/** A number and, smaller, its unit. A signal goes straight into its text node: no component renders again for it. */
export function Figure({ value, unit = '' }: { value: Text; unit?: Text }) {
  return (
    <span class={css.figure}>
      {value}
      {unit !== '' && <span class={css.unit}>{unit}</span>}
    </span>
  );
}
