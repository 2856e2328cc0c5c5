import type { Result } from '../bench/result.ts';
import { notify } from '../state/notices.ts';
import type { FileKind } from '../state/report-files.ts';
import { linkOf, messageOf } from '../state/shared.ts';

/** Ways for a result to leave the page; each says what it did. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(done);
  } catch {
    notify('This browser did not let the page copy.');
  }
}

export function copyLink(result: Result): Promise<void> {
  return copyText(linkOf(result), 'The link is copied. It holds the whole result; no server does.');
}

/** Phones, and some desktops, hand a link to any program. */
export const canSend = typeof navigator !== 'undefined' && typeof navigator.share === 'function';

export async function sendLink(result: Result): Promise<void> {
  try {
    await navigator.share(messageOf(result));
  } catch (error) {
    const changedMind = error instanceof DOMException && error.name === 'AbortError';
    if (!changedMind) await copyLink(result);
  }
}

export async function saveFile(result: Result, kind: FileKind): Promise<void> {
  const { fileOf } = await import('../state/report-files.ts');
  const { name, type, text } = fileOf(result, kind);
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
