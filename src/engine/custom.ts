import type { Variant } from './engine.ts';
import { engineError } from './failures.ts';

/** Longer than any real address of a model, and short enough to be harmless. */
const LONGEST = 2_048;
const CONTEXT_TOKENS = 4_096;
const HUGGING_FACE = /^(?:www\.)?(?:huggingface\.co|hf\.co)$/;
/** Where the page's policy lets it fetch from, besides its own origin; a test holds it to `public/_headers`. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1)$/;
const HOSTS = /^(?:(?:.+\.)?huggingface\.co|(?:.+\.)?hf\.co|raw\.githubusercontent\.com)$/;

/**
 * A variant of somebody's own: an MLC model folder and the library compiled for it, from a form or from
 * `?model=&lib=`. `base` is the page's URL, against which relative addresses are read. Nothing is fetched.
 *
 * Page addresses of Hugging Face become addresses of files. The same two addresses always give the same id.
 * Throws `bad-url` with the reason, also for hosts that the page's policy does not let it fetch from.
 */
export function customVariant(modelUrl: string, libUrl: string, base: string): Variant {
  const model = folderUrl(parse(modelUrl, base, 'model'));
  const library = fileUrl(parse(libUrl, base, 'library'));
  const name = nameOf(model);
  const quantization =
    /q\d+[bf]\d+(?:_\d+)?/i.exec(`${name} ${library.pathname}`)?.[0].toLowerCase() ?? 'unknown';
  return {
    id: `custom-${name}-${fingerprint(`${model.href}\n${library.href}`)}`,
    quantization,
    modelUrl: model.href,
    libUrl: library.href,
    sizeBytes: null,
    memoryBytes: null,
    bufferBytes: null,
    features: /f16/.test(quantization) ? ['shader-f16'] : [],
    contextTokens: CONTEXT_TOKENS,
  };
}

type Part = 'model' | 'library';

function parse(text: string, base: string, part: Part): URL {
  const trimmed = text.trim();
  if (trimmed === '') throw badUrl(part, 'is empty');
  if (trimmed.length > LONGEST) throw badUrl(part, `is longer than ${LONGEST} characters`);
  const url = URL.canParse(trimmed, base) ? new URL(trimmed, base) : null;
  if (!url) throw badUrl(part, 'is not a URL');
  const loopback = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !loopback) throw badUrl(part, 'does not begin with https://');
  if (url.username !== '' || url.password !== '') throw badUrl(part, 'contains a user name or a password');
  if (url.origin !== new URL(base).origin && !loopback && !HOSTS.test(url.hostname))
    throw elsewhere(url, part);
  url.hash = '';
  return url;
}

/** The folder that holds the model's files, with a slash at the end. */
function folderUrl(url: URL): URL {
  if (url.search !== '') throw badUrl('model', 'has a "?" part, to which no file name can be added');
  url.pathname = url.pathname.replace(/\/mlc-chat-config\.json$/, '/').replace(/\/*$/, '/');
  if (!HUGGING_FACE.test(url.hostname)) return url;
  const [owner, repository, , revision = 'main'] = url.pathname.split('/').filter(Boolean);
  if (!owner || !repository) throw badUrl('model', 'does not name a model: huggingface.co/owner/model');
  url.hostname = 'huggingface.co';
  url.pathname = `/${owner}/${repository}/resolve/${revision}/`;
  return url;
}

function fileUrl(url: URL): URL {
  if (!url.pathname.endsWith('.wasm')) throw badUrl('library', 'does not end in .wasm');
  if (HUGGING_FACE.test(url.hostname))
    url.pathname = url.pathname.replace(/^(\/[^/]+\/[^/]+)\/blob\//, '$1/resolve/');
  return url;
}

/** The page's policy would refuse the request, which looks like a broken connection; better to say so before. */
function elsewhere({ host }: URL, part: Part) {
  return engineError('bad-url', {
    message: `The address of the ${part} is on ${host}, and this page fetches from no such host.`,
    hint: 'Use a model on https://huggingface.co, serve its folder from this machine (http://localhost), or import the folder.',
  });
}

function badUrl(part: Part, why: string) {
  return engineError('bad-url', {
    message: `The address of the ${part} ${why}.`,
    hint:
      part === 'model'
        ? 'Give the https address of a folder with an MLC model, such as https://huggingface.co/mlc-ai/….'
        : 'Give the https address of the library (.wasm) that was compiled for this model.',
  });
}

/** A short name for people: the repository, or the folder. */
function nameOf({ hostname, pathname }: URL): string {
  const parts = pathname
    .replace(/\/resolve\/.*$/, '')
    .split('/')
    .filter(Boolean);
  const name = (parts.at(-1) ?? hostname).replace(/[^\w.-]+/g, '-').slice(0, 60);
  return name || 'model';
}

/** 64 bits of FNV-1a in two runs: only has to tell addresses apart. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fingerprint(text: string): string {
  const hash = (seed: number) => {
    let value = seed;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    return (value >>> 0).toString(16).padStart(8, '0');
  };
  return hash(0x811c9dc5) + hash(0x1b873593);
}
