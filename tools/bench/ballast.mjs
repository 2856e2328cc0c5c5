// The demo model with weights that nothing reads but everything carries, and the site that serves it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOME } from '../setup.mjs';
import { LIBRARY, openSite } from './site.mjs';

const TENSORS = 'tensor-cache.json';

/**
 * Makes a ballast model, serves it for as long as `use` takes, and deletes it.
 * @template T
 * @param {number} mb its ballast, in units of 1 000 000 bytes
 * @param {(site: import('./site.mjs').Site, folder: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withBallast(mb, use) {
  const folder = await mkdtemp(join(tmpdir(), 'runs-here-ballast-'));
  try {
    const tool = join(HOME, 'tools/demo-model/ballast.mjs');
    execFileSync(process.execPath, [tool, '--mb', String(mb), '--out', folder], { stdio: 'pipe' });
    const site = await openSite({ ballast: folder });
    return await use(site, folder).finally(site.close);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns {{ path: string, bytes: number }[]} the shards of the model in this folder */
export function shardsOf(folder) {
  const { records } = JSON.parse(readFileSync(join(folder, TENSORS), 'utf8'));
  return records.map(({ dataPath, nbytes }) => ({ path: dataPath, bytes: nbytes }));
}

/** @returns {string[]} every file of the model in this folder that a download fetches */
export function filesOf(folder) {
  const shards = shardsOf(folder).map(({ path }) => path);
  return ['mlc-chat-config.json', TENSORS, 'tokenizer.json', LIBRARY, ...shards];
}
