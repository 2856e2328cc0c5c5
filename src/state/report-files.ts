import { toCsv, toJson } from '../bench/export.ts';
import { toJsonl } from '../bench/jsonl.ts';
import { markdown } from '../bench/markdown.ts';
import type { Result } from '../bench/result.ts';

/** A result as a file to keep: every run with its raw stamps. */
export interface ReportFile {
  name: string;
  type: string;
  text: string;
}

export type FileKind = 'json' | 'jsonl' | 'csv';

export function fileOf(result: Result, kind: FileKind): ReportFile {
  const name = fileName(result, kind);
  if (kind === 'csv') return { name, type: 'text/csv', text: toCsv(result) };
  if (kind === 'jsonl') return { name, type: 'application/jsonl', text: toJsonl(result) };
  return { name, type: 'application/json', text: toJson(result) };
}

/** A result as a table to paste. */
export function tableOf(result: Result): string {
  return markdown(result);
}

/** A name that any system accepts. @param ending without its dot */
export function fileName({ startedUtc, model }: Result, ending: string): string {
  const stamp = startedUtc.slice(0, 16).replaceAll(/[^\d]/g, '');
  return `runs-here-${model.variant.replaceAll(/[^\w.-]/g, '_')}-${stamp}.${ending}`;
}
