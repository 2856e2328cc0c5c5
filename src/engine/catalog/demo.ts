import { BITS_PER_WEIGHT, type CatalogModel } from './model.ts';

/** A test compares it with the files. */
const PARAMETERS = 3_312_384;

/**
 * All files that are fetched, and what they must contain; the shards are pinned by the list of tensors. A visitor who
 * stored an earlier release fetches only what changed. The same test holds these to the files, and prints them.
 */
const SIZE_BYTES = 2_255_833;
const SHA256 = {
  'mlc-chat-config.json': '84b1e4bc972d008f5f18f53296dd40d65ad704a29a2076245c78424044f20996',
  'tensor-cache.json': '52930d476a60f582fe1cdbdabb93e34ae887a9581e3256a999fe2beff9435e38',
  'tokenizer.json': '0755159f8661c8c47d1ccf2142c16aec46830d6da2005a21286c5cff01509046',
  'golden.json': '97b758a624e6f5270e62cf53b2f6804287a02a30154853f498f88e1d4d0c6240',
  '@library.wasm': 'fedda0d68392913b26497dc9a45fd67d6b33563217f0832320198efad418a33b',
};

/** The model that the app carries: made from scratch for it, and good for seeing that everything works. */
export const DEMO: CatalogModel = {
  id: 'demo',
  name: 'Demo model',
  family: 'Demo',
  parameters: PARAMETERS,
  licence: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  summary: 'Tells tiny stories within seconds, and checks that this GPU computes correctly.',
  thinks: false,
  variants: [
    {
      id: 'demo-q4f32_1',
      quantization: 'q4f32_1',
      modelUrl: 'models/demo/resolve/main/',
      libUrl: 'models/demo/resolve/main/demo-q4f32_1.wasm',
      sizeBytes: SIZE_BYTES,
      estimatedBytes: Math.round((PARAMETERS * BITS_PER_WEIGHT.q4f32_1) / 8),
      memoryBytes: 32 * 2 ** 20,
      bufferBytes: null,
      features: [],
      contextTokens: 2048,
      golden: 'golden.json',
      sha256: SHA256,
    },
  ],
};
