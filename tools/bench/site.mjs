// Everything the figures visit, on one origin: the app, the page with web-llm alone, the weights
// room alone, and variants of the demo model.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listen, serveFolder } from '../serve/static.mjs';
import { HOME } from '../setup.mjs';

const DEMO = join(HOME, 'public/models/demo/resolve/main');
/** The demo model's, and so that of the ballast, which lies beside it. */
export const LIBRARY = 'demo-q4f32_1.wasm';

/** Paths on the site. A model's path ends before `resolve/main/`, as on Hugging Face. */
export const PATHS = {
  app: '',
  bare: 'bare/',
  room: 'room/',
  /** A page with a word on it. */
  empty: 'empty/',
  demo: 'models/demo/resolve/main/',
  /** The demo model without its end-of-text token: answers are as long as they are allowed to be. */
  endless: 'endless/resolve/main/',
  ballast: 'ballast/resolve/main/',
};

/**
 * @typedef {{ path: string, bytes: number }} Sent one answered request; bytes on the wire, headers included
 * @typedef {{ url: string, sent: Sent[], close: () => Promise<void>, library: string }} Site
 * @param {{ ballast?: string | null }} [options] folder of a ballast model
 * @returns {Promise<Site>}
 */
export async function openSite({ ballast = null } = {}) {
  const handlers = {
    [PATHS.bare]: serveFolder(join(HOME, 'dist-harness')),
    [PATHS.room]: serveFolder(join(HOME, 'dist-room')),
    [PATHS.empty]: serveEmpty,
    [PATHS.endless]: serveEndless(),
    ...(ballast && { [PATHS.ballast]: serveFolder(ballast) }),
    [PATHS.app]: serveFolder(join(HOME, 'dist')),
  };
  /** @type {Sent[]} */
  const sent = [];
  const server = await listen((request, response) => {
    const before = request.socket.bytesWritten;
    const path = request.url.slice(1);
    response.on('finish', () => sent.push({ path, bytes: request.socket.bytesWritten - before }));
    const prefix = Object.keys(handlers).find((start) => path.startsWith(start)) ?? PATHS.app;
    request.url = `/${path.slice(prefix.length)}`;
    handlers[prefix](request, response);
  });
  return { url: server.url, sent, close: server.close, library: `${server.url}${PATHS.demo}${LIBRARY}` };
}

/** The least that a page can be. */
function serveEmpty(_, response) {
  response.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-cache' });
  return response.end('<!doctype html><title>Empty</title><p>Empty');
}

/** The demo model's files, but for the tokens that end an answer. */
function serveEndless() {
  const files = serveFolder(DEMO);
  return (request, response) => {
    if (!request.url.startsWith('/mlc-chat-config.json')) return files(request, response);
    const config = JSON.parse(readFileSync(join(DEMO, 'mlc-chat-config.json'), 'utf8'));
    config.conv_template = { ...config.conv_template, stop_token_ids: [], stop_str: [] };
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
    return response.end(JSON.stringify(config));
  };
}

/** @throws Error naming what has to be built first */
export function checkBuilt() {
  const pages = ['dist', 'dist-harness', 'dist-room'].map((folder) => `${folder}/index.html`);
  const missing = [...pages, `public/${PATHS.demo}${LIBRARY}`].filter(
    (path) => !existsSync(join(HOME, path)),
  );
  if (missing.length > 0) throw new Error(`Not built: ${missing.join(', ')}.`);
}
