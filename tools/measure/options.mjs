// What `npm run measure` was asked for.
import { parseArgs } from 'node:util';

/** Forms that a result can be printed in, with the button of the page that makes each. */
export const FORMS = ['markdown', 'json', 'jsonl', 'csv', 'link'];

export const HELP = `Measures a model in a browser of this machine, with the built app, and prints the result.

  npm run measure -- [--model ID] [--plan PLAN] [--format FORM | --link] [--site URL] [--out FILE]
                     [--headed] [--profile DIR] [--flag FLAG ...] [--minutes N]

  --model ID     a model of the catalogue by the id of its variant; without it the demo model, demo-q4f32_1
  --plan PLAN    measure, quick, standard, thorough, or an own plan such as pp512_tg128-d2048_w1_r5-10
  --format FORM  ${FORMS.join(', ')}; markdown if not said, jsonl has llama-bench's columns
  --link         the same as --format link
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
      model: { ...string, default: 'demo-q4f32_1' },
      plan: { ...string, default: 'measure' },
      format: string,
      link: flag,
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
  const { model, plan, headed, flag: flags } = values;
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

function readForm({ format, link }) {
  if (link && format !== undefined && format !== 'link')
    throw new Error(`--link and --format ${format} exclude each other.`);
  const form = link ? 'link' : (format ?? 'markdown');
  if (!FORMS.includes(form)) throw new Error(`--format wants one of ${FORMS.join(', ')}, not ${form}.`);
  return form;
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
