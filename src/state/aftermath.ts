import { modelOf } from '../engine/catalog.ts';
import type { Mark, RiskyStep } from './crash.ts';
import { load } from './launch.ts';
import { rows, type Row } from './models.ts';
import { notify } from './notices.ts';
import { smallerRow } from './smaller.ts';

const DOING: Record<RiskyStep, (name: string) => string> = {
  download: (name) => `downloading ${name}`,
  weights: (name) => `putting ${name} on the GPU`,
  shaders: (name) => `compiling shaders for ${name}`,
  prefill: (name) => `${name} read its first question`,
  benchmark: (name) => `measuring ${name}`,
};

/** Say what the page was doing when it was ended without a word, and offer what may go better. Nothing starts by itself. */
export function tellCrash({ step, modelName, variant }: Mark): void {
  const doing = `Stopped while ${DOING[step](modelName)}`;
  if (step === 'download') {
    const row = rows.value.find((one) => one.variant?.id === variant);
    const action = row?.loadable ? { label: 'Continue', run: () => void load(row) } : null;
    notify(`${doing}. What has arrived is kept.`, { stayMs: null, action });
    return;
  }
  const model = modelOf(variant);
  const smaller = model && smallerRow(model);
  notify(`${doing}: it may be too big here.`, { stayMs: null, action: smaller && tryAction(smaller) });
}

function tryAction(row: Row): { label: string; run: () => void } {
  return { label: `Try ${row.model.name}`, run: () => void load(row) };
}
