import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listen } from '../../tools/serve/static.mjs';

const DEMO = new URL('../../public/models/demo/resolve/main/', import.meta.url);

/** What a host answers for one path: a body, or a status without one. */
export type Answer = string | Uint8Array | number;

/** A host of models, other than the app's: every origin may read it, and it answers 404 for what it does not have. */
export async function startHost(
  answers: Record<string, Answer>,
): Promise<Awaited<ReturnType<typeof listen>>> {
  return listen((request, response) => {
    const { pathname } = new URL(`http://host${request.url}`);
    const answer = answers[pathname.slice(1)] ?? 404;
    const isStatus = typeof answer === 'number';
    response.writeHead(isStatus ? answer : 200, {
      'Access-Control-Allow-Origin': '*',
      'Content-Type':
        typeof answer === 'string' && answer.startsWith('<') ? 'text/html' : 'application/octet-stream',
    });
    response.end(isStatus ? '' : answer);
  });
}

/** One file of the demo model. */
export function demoFile(name: string): Uint8Array {
  return readFileSync(fileURLToPath(new URL(name, DEMO)));
}
