import { adapterName, SOFTWARE } from '../bench/format.ts';
import type { Result } from '../bench/result.ts';
import { summarize } from '../bench/summary.ts';
import type { CardFacts } from '../share/card.ts';
import { codeOf } from '../share/code.ts';
import { doubtsAbout } from './doubts.ts';
import { answerTime, view, type ReportView } from './report.ts';
import { isOnlyHere, linkOf } from './shared.ts';

/** What the card of a result says. Doubts are told of results from elsewhere only: those made here are not in doubt. */
export function cardOf(result: Result, elsewhere: boolean, page = location.href): CardFacts {
  const report = view(result, elsewhere);
  const { headline, software } = report;
  return {
    title: titleOf(report, elsewhere),
    figure: headline && { value: headline.value, unit: 'tok/s' },
    software: headline && software ? SOFTWARE : null,
    basis: basisOf(report),
    doubts: elsewhere ? doubtsAbout(result).map(([first]) => first) : [],
    facts: factsOf(result, report),
    source: `${elsewhere ? 'Self-reported, ' : ''}${dayOf(result.startedUtc)}`,
    place: isOnlyHere(page) ? '' : new URL(page).host,
    code: codeOf(linkOf(result, page)),
  };
}

/** The headline as a sentence, for those who do not see the card. */
export function cardText({ title, figure, software, basis }: CardFacts): string {
  const speed = figure ? ` ${figure.value} ${figure.unit}${software ? `, ${software}` : ''}` : '';
  return `${title}${speed}. ${basis}`;
}

function titleOf({ modelName, headline, refused }: ReportView, elsewhere: boolean): string {
  if (refused) return `No speed for ${modelName}`;
  if (!headline) return `Nothing was measured for ${modelName}`;
  if (headline.what === 'prefill') return `${modelName} ${elsewhere ? 'read' : 'reads'} at`;
  return `${modelName} ${elsewhere ? 'ran' : 'runs'} at`;
}

function basisOf({ headline, refused }: ReportView): string {
  if (!headline) return refused ?? 'No run came to its end.';
  const what = headline.what === 'prefill' ? 'Prefill' : 'Decode';
  return `${what}, ${headline.basis}`;
}

/** Two figures beside the headline's own, then what they were measured with. Of a model that thinks, one is when it answers. */
function factsOf(result: Result, { besides, headline }: ReportView): CardFacts['facts'] {
  const { browser } = result;
  const answer = headline && answerTime(summarize(result));
  const program = `${browser.name} ${browser.version}`.trim() || 'not told';
  return [
    ...(answer
      ? [...besides.slice(0, 1), { label: 'First answer token', value: `after ${answer}` }]
      : besides),
    { label: result.adapter.software ? 'Adapter' : 'GPU', value: adapterName(result) },
    { label: 'Browser', value: browser.os ? `${program} on ${browser.os}` : program },
  ];
}

/** 22 Nov 2026: a card travels, so its date must be read alike everywhere. */
function dayOf(startedUtc: string): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(startedUtc));
}
