import { BITS_PER_WEIGHT, type CatalogModel } from './model.ts';

/** A test compares it with the files. */
const PARAMETERS = 3_312_384;

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
      sizeBytes: null,
      estimatedBytes: Math.round((PARAMETERS * BITS_PER_WEIGHT.q4f32_1) / 8),
      memoryBytes: 32 * 2 ** 20,
      bufferBytes: null,
      features: [],
      contextTokens: 2048,
      golden: 'golden.json',
    },
  ],
};
