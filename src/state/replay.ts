import { figures } from '../bench/measure.ts';
import { formatMs, formatNumber } from '../bench/number.ts';
import type { Result } from '../bench/result.ts';
import { validRuns } from '../bench/summary.ts';
import { arrivals, pieces, replayOf, steady, type Pace } from '../share/replay.ts';
import type { Entry } from './history.ts';
import { nameOf } from './report.ts';

/** A speed that can be watched: a text whose tokens come as they were measured. */
export interface Lane {
  id: string;
  name: string;
  /** Its rate, and what it waits for. */
  detail: string;
  /** When each piece of `TEXT` comes, ms. */
  arrivalsMs: number[];
}

/** What is written in every lane. */
export const TEXT = pieces(
  'A language model writes one token at a time, and each of them is a trip through all of its weights. ' +
    'That is why you wait for the first word, while the model reads your question, and why the rest then comes ' +
    'at an even beat. At five tokens a second you read along. At twelve it is a little ahead of you. At forty ' +
    'you stop waiting and begin to skim, and somewhere beyond that the pace no longer matters: the answer is ' +
    'simply there. Nothing is computed while you watch this. These are the times of a measurement, played back.',
);

/** Silent reading of English (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047). */
const READ_WORDS_PER_MINUTE = 238;
const WORDS = TEXT.join('').split(' ').length;
const READ_TPS = ((READ_WORDS_PER_MINUTE / 60) * TEXT.length) / WORDS;

const RATES = [
  { id: '12', name: '12 tok/s', detail: 'an even rate', tps: 12 },
  { id: '40', name: '40 tok/s', detail: 'an even rate', tps: 40 },
  {
    id: 'reading',
    name: 'Reading speed',
    detail: `${formatNumber(READ_TPS)} tok/s: ${READ_WORDS_PER_MINUTE} words a minute`,
    tps: READ_TPS,
  },
];

/** How a result wrote; null for one that shows no speed. */
export function laneOf(result: Result, id = 'result', name = 'This result'): Lane | null {
  const replay = replayOf(result);
  if (!replay) return null;
  const wait = replay.ttftName
    ? `first token after ${formatMs(replay.ttftMs)} (${replay.ttftName})`
    : 'its wait for the first token was not measured';
  return lane(id, name, `${formatNumber(replay.decodeTps)} tok/s (${replay.caseName}), ${wait}`, replay);
}

/** What a result can be watched beside: the fastest of this device first, where there is another. */
export function rivalsOf(result: Result, entries: readonly Entry[]): Lane[] {
  const rates = RATES.map(({ id, name, detail, tps }) => lane(id, name, detail, steady(tps)));
  const mine = fastestBeside(result, entries);
  return mine ? [mine, ...rates] : rates;
}

/** Of other results, and of the same kind of adapter: what a GPU does says nothing about software. */
function fastestBeside(shown: Result, entries: readonly Entry[]): Lane | null {
  const others = entries
    .map(({ result }) => result)
    .filter((one) => one.startedUtc !== shown.startedUtc && one.adapter.software === shown.adapter.software)
    .sort((a, b) => fastestRun(b) - fastestRun(a));
  for (const one of others) {
    const found = laneOf(one, 'mine', `Fastest on this device: ${nameOf(one)}`);
    if (found) return found;
  }
  return null;
}

/** Tokens per second. Cheap, since there may be hundreds of results. */
function fastestRun({ cases }: Result): number {
  return Math.max(0, ...cases.flatMap(validRuns).map((run) => figures(run).decodeTps ?? 0));
}

function lane(id: string, name: string, detail: string, pace: Pace): Lane {
  return { id, name, detail, arrivalsMs: arrivals(pace, TEXT.length) };
}

/** When the last token has come, ms. */
export function endOf({ arrivalsMs }: Lane): number {
  return arrivalsMs.at(-1) ?? 0;
}

/** What is to be seen, in a sentence, for those who cannot or will not watch it. */
export function summaryOf([first, ...others]: Lane[]): string {
  if (!first) return '';
  const beside = others.map(
    (one) => `${formatS(endOf(one))} at ${one.id === 'reading' ? 'reading speed' : one.name}`,
  );
  return `${TEXT.length} tokens take ${[formatS(endOf(first)), ...beside].join(', ')}.`;
}

/** Seconds with one decimal, as a stop watch shows them. */
export function formatS(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
