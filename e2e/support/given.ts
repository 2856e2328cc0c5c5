import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoFile } from './host.ts';

const DEMO = fileURLToPath(new URL('../../public/models/demo/resolve/main/', import.meta.url));

/** Files of a folder, by their paths in it. */
export type Files = Map<string, Uint8Array>;

/** The demo model as anybody else's model: its files and its library in MLC layout. */
export function demoFiles(): Files {
  return new Map(readdirSync(DEMO).map((name) => [name, demoFile(name)]));
}

/** The files with one bit of one of them changed. */
export function flipBit(files: Files, name: string): Files {
  const bytes = Uint8Array.from(files.get(name) ?? []);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return new Map(files).set(name, bytes);
}

export function without(files: Files, name: string): Files {
  return new Map([...files].filter(([other]) => other !== name));
}

/** Writes a folder and returns its path. */
export function writeFolder(parent: string, name: string, files: Files): string {
  for (const [path, bytes] of files) {
    const file = join(parent, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return join(parent, name);
}

/** Writes a tar of such a folder, by the program that everybody has, and returns its path. */
export function writeTar(parent: string, name: string, files: Files): string {
  writeFolder(parent, name, files);
  execFileSync('tar', ['cf', `${name}.tar`, name], { cwd: parent });
  return join(parent, `${name}.tar`);
}
