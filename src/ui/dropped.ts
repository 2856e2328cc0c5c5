import type { GivenFile } from '../weights/weights.ts';

/**
 * The files of a drop, those in folders included. Must be called before the drop event is over. Rejects with the
 * browser's own error when a file or folder cannot be read.
 */
export async function filesOf(transfer: DataTransfer): Promise<GivenFile[]> {
  // The items are gone as soon as the event is; entries and files stay.
  const found = [...transfer.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  return (await Promise.all(found.map(open))).flat();
}

async function open(found: FileSystemEntry | File | null): Promise<GivenFile[]> {
  if (!found) return [];
  return found instanceof File ? [{ path: found.name, blob: found }] : walk(found);
}

async function walk(entry: FileSystemEntry): Promise<GivenFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path: entry.fullPath.replace(/^\//, ''), blob: file }];
  }
  const inside = await readAll((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(inside.map(walk))).flat();
}

/** A reader gives a hundred entries at a time in Chromium, and none at the end. */
async function readAll(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
