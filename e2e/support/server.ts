import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../../', import.meta.url));

/** A server in a process of its own, so that "the server is gone" can be had for real. */
export interface Server {
  /** With its slash at the end. */
  url: string;
  /** Ends the process; from then on nothing listens at the URL. */
  stop(): Promise<void>;
}

/** Serves a folder of this checkout, `dist` unless told otherwise. Port 0 takes any free one. */
export async function startServer(root = 'dist', port = 0): Promise<Server> {
  const child = spawn(process.execPath, ['tools/serve/main.mjs', '--root', root, '--port', String(port)], {
    cwd: HOME,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstLine(child);
  return { url, stop: () => end(child) };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const line = once(lines, 'line').then(([text]) => String(text));
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The server ended with ${code} before it said where it is.`);
  });
  return Promise.race([line, died]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
