import { toCsv, toJson } from '../bench/export.ts';
import { toJsonl } from '../bench/jsonl.ts';
import type { Result } from '../bench/result.ts';

/** A result as a file to keep: every run with its raw stamps. */
export interface ReportFile {
  name: string;
  type: string;
  text: string;
}

export type FileKind = 'json' | 'jsonl' | 'csv';

export function fileOf(result: Result, kind: FileKind): ReportFile {
  const stamp = result.startedUtc.slice(0, 16).replaceAll(/[^\d]/g, '');
  const model = result.model.variant.replaceAll(/[^\w.-]/g, '_');
  const name = `runs-here-${model}-${stamp}.${kind}`;
  if (kind === 'csv') return { name, type: 'text/csv', text: toCsv(result) };
  if (kind === 'jsonl') return { name, type: 'application/jsonl', text: toJsonl(result) };
  return { name, type: 'application/json', text: toJson(result) };
}
