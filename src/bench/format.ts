import { formatBytes, formatFigure, formatInterval, formatMs } from './number.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { leading, mainFigure, summarize, type Figure, type Summary } from './summary.ts';
import { thinkingText } from './thinking.ts';

/** A result in words and as a table. Numbers alone: `number.ts`. */

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

/**
 * A Markdown table in the manner of llama-bench, which people paste into issues: one row per case, medians with their
 * 95 % interval in tokens per second, and below it what thinking cost and the build; why no speed is in it, where none may be.
 */
export function markdown(result: Result): string {
  const { model, app, engine, browser } = result;
  const size = model.sizeBytes === null ? '' : formatBytes(model.sizeBytes);
  const fixed = [model.variant, model.quantization, size, `WebGPU, ${adapterName(result)}`];
  const head = ['model', 'quantization', 'size', 'backend', 'test', 't/s', 'TTFT'];
  const summaries = summarize(result);
  const rows = summaries.map((s) => [...fixed, s.case.name, ...cells(result, s)]);
  const lines = [head, ['---', '---', '---:', '---', '---:', '---:', '---:'], ...rows].map(line);
  const build = `build: runs-here ${app.version} (${app.commit}), ${engine.name} ${engine.version}, ${browser.name} ${browser.version} on ${browser.os}`;
  const said = refusal(result)?.message ?? summaries.flatMap(thinkingLine);
  return `${[...lines, '', ...[said, build].flat().map(escape)].join('\n')}\n`;
}

function thinkingLine(summary: Summary): string[] {
  const text = thinkingText(summary);
  return text === null ? [] : [`${summary.case.name}: ${text}`];
}

function cells(result: Result, summary: Summary): string[] {
  const figure = mainFigure(summary);
  if (refusal(result)) return ['refused', ''];
  if (!figure) return [summary.stopped?.code ?? 'not measured', ''];
  const interval = formatInterval(figure);
  const rate = interval ? `${formatFigure(figure)} (${interval})` : formatFigure(figure);
  return [rate, summary.ttftMs ? formatMs(summary.ttftMs.median) : ''];
}

function line(row: string[]): string {
  return `| ${row.map(escape).join(' | ')} |`;
}

/** Strings of a record may come from anywhere; none may leave its cell or become markup. */
function escape(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|<>`*[\]]/g, '\\$&');
}
