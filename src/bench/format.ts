import { formatFigure, formatInterval } from './number.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { leading, mainFigure, summarize, type Figure, type Summary } from './summary.ts';

/** A result in words. Numbers alone: `number.ts`; as a table: `markdown.ts`. */

/** What every headline, link and card of a software adapter's result says. */
export const SOFTWARE = 'software, not a GPU';

/**
 * The result in one sentence, for instance "Demo runs here at 41.2 tok/s (tg64, median of 5 runs, 95 % interval 40.9–41.6)."
 * No speed is in it when the result is refused, or when nothing was measured.
 */
export function sentence(result: Result, name = result.model.variant): string {
  const refused = refusal(result);
  if (refused) return `No speed is shown for ${name}. ${refused.message}`;
  const first = leading(summarize(result));
  const figure = first && mainFigure(first);
  if (!first || !figure) return `Nothing could be measured for ${name}.`;
  const where = result.adapter.software ? `here in ${SOFTWARE},` : 'here';
  const verb = first.case.kind === 'pp' ? 'reads its prompt' : 'runs';
  return `${name} ${verb} ${where} at ${formatFigure(figure)} tok/s (${basis(first, figure)}).`;
}

function basis({ case: c }: Summary, figure: Figure): string {
  if (figure.count === 1) return `${c.name}, one run`;
  return `${c.name}, median of ${figure.count} runs, 95 % interval ${formatInterval(figure)}`;
}

/** The adapter in a few words, as far as the browser tells. */
export function adapterName({ adapter }: Result): string {
  const told = [adapter.vendor, adapter.architecture, adapter.device].filter((part) => part !== '');
  const name = adapter.description || told.join(' ') || 'adapter not disclosed';
  return adapter.software ? `${name} (${SOFTWARE})` : name;
}
