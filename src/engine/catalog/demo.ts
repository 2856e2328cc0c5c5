import { BITS_PER_WEIGHT, type CatalogModel } from './model.ts';

/** A test compares it with the files. */
const PARAMETERS = 3_312_384;

/**
 * What the two have in common. The library is one file, fetched from the same place; the shards are pinned by the list of
 * tensors.
 */
const LIBRARY = 'models/demo/resolve/main/demo-q4f32_1.wasm';
const SHARED_SHA256 = {
  'mlc-chat-config.json': '84b1e4bc972d008f5f18f53296dd40d65ad704a29a2076245c78424044f20996',
  'tokenizer.json': '0755159f8661c8c47d1ccf2142c16aec46830d6da2005a21286c5cff01509046',
  '@library.wasm': 'fedda0d68392913b26497dc9a45fd67d6b33563217f0832320198efad418a33b',
};

/** What sets one of them apart. */
interface Demo extends Pick<CatalogModel, 'id' | 'name' | 'summary' | 'thinks'> {
  /** All files that are fetched, and what they must contain. */
  sizeBytes: number;
  sha256: Record<'tensor-cache.json' | 'golden.json', string>;
}

/**
 * The model that the app carries: made from scratch for it, and good for seeing that everything works. A visitor who stored
 * an earlier release fetches only what changed. A test holds sizes and hashes to the files, and prints them.
 */
export const DEMO = carried({
  id: 'demo',
  name: 'Demo model',
  summary: 'Tells tiny stories within seconds, and checks that this GPU computes correctly.',
  thinks: false,
  sizeBytes: 2_255_833,
  sha256: {
    'tensor-cache.json': '52930d476a60f582fe1cdbdabb93e34ae887a9581e3256a999fe2beff9435e38',
    'golden.json': '97b758a624e6f5270e62cf53b2f6804287a02a30154853f498f88e1d4d0c6240',
  },
});

/** The same model, taught to write down a thought before its answer. */
export const DEMO_THINKS = carried({
  id: 'demo-thinks',
  name: 'Thinking demo',
  summary: 'Writes down a thought before each answer: see what thinking costs, in tokens and in seconds.',
  thinks: true,
  sizeBytes: 2_258_760,
  sha256: {
    'tensor-cache.json': '14e7dd3fef1a07f85c6fc800b94652d296ae6834eb8e8c8a82cddeb51a45e35b',
    'golden.json': 'e6c84755d40347f136011cddb6581008eeba57a2d288e737c50a10b97f988479',
  },
});

function carried({ id, sizeBytes, sha256, ...words }: Demo): CatalogModel {
  return {
    id,
    ...words,
    family: 'Demo',
    parameters: PARAMETERS,
    licence: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    variants: [
      {
        id: `${id}-q4f32_1`,
        quantization: 'q4f32_1',
        modelUrl: `models/${id}/resolve/main/`,
        libUrl: LIBRARY,
        sizeBytes,
        estimatedBytes: Math.round((PARAMETERS * BITS_PER_WEIGHT.q4f32_1) / 8),
        memoryBytes: 32 * 2 ** 20,
        bufferBytes: null,
        features: [],
        contextTokens: 2048,
        golden: 'golden.json',
        sha256: { ...SHARED_SHA256, ...sha256 },
      },
    ],
  };
}
