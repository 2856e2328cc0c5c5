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
    const { showToCopy } = await import('./CopyByHand.tsx');
    showToCopy(text);
  }
}

/** A report fetches it once it is shown, for browsers let a page copy only at once after a click. */
export const loadFiles = () => import('../state/report-files.ts');

export async function copyTable(result: Result): Promise<void> {
  const { tableOf } = await loadFiles();
  await copyText(tableOf(result), 'Copied as a Markdown table.');
}

export function copyLink(result: Result): Promise<void> {
  return copyText(linkOf(result), 'The link is copied. It holds the whole result; no server does.');
}

export async function copyImage(image: Blob): Promise<void> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ [image.type]: image })]);
    notify('The image is copied.');
  } catch {
    notify('This browser did not let the page copy an image. Save it instead.');
  }
}

/** Phones, and some desktops, hand a link to any program. */
export const canSend = typeof navigator !== 'undefined' && typeof navigator.share === 'function';

export async function sendLink(result: Result): Promise<void> {
  if (!(await send(messageOf(result)))) await copyLink(result);
}

/** Some hand on files as well. */
export const canSendFiles = canSend && canShareImages();

/** An image with its sentence and link. Programs that take only one of them choose. */
export async function sendImage(result: Result, image: Blob, name: string): Promise<void> {
  const { text, url } = messageOf(result);
  const file = new File([image], name, { type: image.type });
  if (!(await send({ text: `${text} ${url}`, files: [file] }))) saveBlob(image, name);
}

/** Whether it was sent, or the visitor changed their mind. */
async function send(message: ShareData): Promise<boolean> {
  try {
    await navigator.share(message);
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError';
  }
}

function canShareImages(): boolean {
  if (typeof navigator.canShare !== 'function') return false;
  return navigator.canShare({ files: [new File([''], 'result.png', { type: 'image/png' })] });
}

export async function saveFile(result: Result, kind: FileKind): Promise<void> {
  const { fileOf } = await loadFiles();
  const { name, type, text } = fileOf(result, kind);
  saveBlob(new Blob([text], { type }), name);
}

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  notify(`Saved as ${name}.`);
}
