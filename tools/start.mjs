// `npm start`: from a fresh clone to a running app. Installs, builds, serves, and prints the URL.
//
//   npm start -- [--port N] [--host H]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freshen } from './freshen.mjs';
import { listen, serveFolder } from './serve/static.mjs';
import { HOME, setUp } from './setup.mjs';

/** First port tried when none is asked for; a fixed one, because stored models belong to an origin with its port. */
const FIRST_PORT = 4200;
const PORTS_TRIED = 20;

async function main() {
  const { port, host } = parseOptions();
  setUp();
  freshen();
  return serve(port, host);
}

function parseOptions() {
  const string = { type: 'string' };
  const { values } = parseArgs({ options: { port: string, host: string } });
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65536))
    throw new Error(`--port wants a number from 0 to 65535, not ${values.port}.`);
  return { port, host: values.host ?? '127.0.0.1' };
}

async function serve(port, host) {
  const server = await listenSomewhere(port, host);
  console.log(`\nRuns Here is at  ${server.url}\n(Ctrl+C stops it.)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.close());
}

/** The port asked for, or else the first free one. */
async function listenSomewhere(port, host) {
  const handler = serveFolder(join(HOME, 'dist'));
  const last = port ?? FIRST_PORT + PORTS_TRIED;
  for (let at = port ?? FIRST_PORT; at <= last; at++) {
    try {
      return await listen(handler, { port: at, host });
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`Port ${port ?? `${FIRST_PORT} to ${last}`} is taken. Try: npm start -- --port 0`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
