// What `npm run measure` was asked for.
import { parseArgs } from 'node:util';

/** Forms that a result can be printed in; each is a flag. The first is taken if none is asked for. */
export const FORMS = ['markdown', 'json', 'jsonl', 'csv', 'link'];

export const HELP = `Measures a model in a browser of this machine, with the built app, and prints the result.

  npm run measure -- [--model ID] [--preset PLAN] [--${FORMS.join(' | --')}] [--site URL]
                     [--out FILE] [--headed] [--profile DIR] [--flag FLAG ...] [--minutes N]

  --model ID     a model of the catalogue, such as demo or qwen3.5-2b, in the variant that this GPU can run; or that of
                 a variant, such as Qwen3.5-2B-q4f16_1-MLC. Without it the demo model
  --preset PLAN  measure, quick, standard, thorough, or an own plan such as pp512_tg128-d2048_w1_r5-10
  --markdown, --json, --jsonl, --csv, --link
                 what is printed: a table if none is said; JSON lines have llama-bench's columns
  --site URL     where the link shall open; without it the address that this run served, which ends with it
  --out FILE     write it there instead
  --headed       in a window, on this machine's GPU as its browser finds it; needed on most systems to get the GPU
  --profile DIR  the browser's folder: downloaded models stay there for the next time
  --flag FLAG    a further flag for the browser, e.g. --flag=--use-angle=vulkan
  --minutes N    give up after this long; 120 if not said
  --help         this text`;

/**
 * @typedef {{ model: string, plan: string, form: string, site: string | null, out: string | null, headed: boolean,
 *   profile: string | null, flags: string[], patienceMs: number }} Wishes
 * @param {string[]} parameters
 * @returns {Wishes | null} null when only help was asked for
 * @throws Error that says what is wrong with a parameter
 */
export function readOptions(parameters) {
  const string = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  const { values } = parseArgs({
    args: parameters,
    options: {
      model: { ...string, default: 'demo' },
      preset: { ...string, default: 'measure' },
      ...Object.fromEntries(FORMS.map((form) => [form, flag])),
      site: string,
      out: string,
      headed: flag,
      profile: string,
      flag: { type: 'string', multiple: true, default: [] },
      minutes: { ...string, default: '120' },
      help: flag,
    },
  });
  if (values.help) return null;
  const { model, preset: plan, headed, flag: flags } = values;
  return {
    model,
    plan,
    form: readForm(values),
    site: values.site === undefined ? null : readSite(values.site),
    out: values.out ?? null,
    headed,
    profile: values.profile ?? null,
    flags,
    patienceMs: readMinutes(values.minutes) * 60_000,
  };
}

function readForm(values) {
  const asked = FORMS.filter((form) => values[form]);
  if (asked.length > 1) throw new Error(`--${asked.join(' and --')} exclude each other.`);
  return asked[0] ?? FORMS[0];
}

function readSite(text) {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new Error(`--site wants an http or https address, not ${text}.`);
  const { origin, pathname } = new URL(text);
  return origin + pathname;
}

function readMinutes(text) {
  const minutes = Number(text);
  if (!(minutes > 0 && minutes <= 24 * 60))
    throw new Error(`--minutes wants a number from 1 to 1440, not ${text}.`);
  return minutes;
}

/** The address of the page that measures as wished, under the root of the app. */
export function addressOf({ model, plan }) {
  return `#/measure?${new URLSearchParams({ plan, variant: model })}`;
}

/** A link to a result, under another site. */
export function moveLink(link, site) {
  return site === null ? link : site + new URL(link).hash;
}
