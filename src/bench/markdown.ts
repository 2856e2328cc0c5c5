import { adapterName } from './format.ts';
import { formatBytes, formatFigure, formatInterval, formatMs } from './number.ts';
import { refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { mainFigure, summarize, type Summary } from './summary.ts';
import { thinkingText } from './thinking.ts';

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
