import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFaultServer } from '../../tools/serve/faults.mjs';
import { headersFor, parseHeaders } from '../../tools/serve/headers.mjs';
import { provoke } from './fault.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const HEADERS = fileURLToPath(new URL('../../public/_headers', import.meta.url));

/** Scripts of the engine: its worker, and web-llm, which the worker imports. */
export type Script = 'worker' | 'web-llm';

/** The built app with other code in place of one of its scripts, on a server of its own. */
export async function serveBroken(
  script: Script,
  code: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  provoke(`${script} replaced by: ${code}`);
  const root = await mkdtemp(join(tmpdir(), 'runs-here-dist-'));
  await cp(DIST, root, { recursive: true });
  await writeFile(join(root, 'assets', await nameOf(script)), code);
  const headers = headersFor(parseHeaders(await readFile(HEADERS, 'utf8')), '/');
  const server = await startFaultServer({ root, headers });
  const stop = async () => {
    await server.close();
    await rm(root, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

async function nameOf(script: Script): Promise<string> {
  const folder = join(DIST, 'assets');
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(`${script}-`) && name.endsWith('.js'),
  );
  // The store's worker has the same name, but does not import the engine.
  for (const name of names) {
    const isIt = script === 'web-llm' || (await readFile(join(folder, name), 'utf8')).includes('/webllm-');
    if (isIt) return name;
  }
  throw new Error(`There is no ${script} in dist/assets.`);
}
