import { prebuilt, type CatalogModel } from './model.ts';

const TERMS = { name: 'Gemma Terms of Use', url: 'https://ai.google.dev/gemma/terms' };
const APACHE = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' };

export const GEMMA: CatalogModel[] = [
  {
    id: 'gemma-3-1b',
    name: 'Gemma 3 1B',
    family: 'Gemma 3',
    parameters: 999_885_952,
    licence: TERMS,
    summary: 'Short, friendly answers in many languages with little memory.',
    thinks: false,
    variants: prebuilt({
      repository: 'gemma3-1b-it',
      parameters: 999_885_952,
      memoryMb: { q4f16_1: 711.07 },
    }),
  },
  {
    id: 'gemma-2-2b',
    name: 'Gemma 2 2B',
    family: 'Gemma 2',
    parameters: 2_614_341_888,
    licence: TERMS,
    summary: 'Steady prose and summaries; an older model that is well understood.',
    thinks: false,
    variants: prebuilt({
      repository: 'gemma-2-2b-it',
      parameters: 2_614_341_888,
      memoryMb: { q4f16_1: 1895.3, q4f32_1: 2508.75 },
    }),
  },
  {
    id: 'gemma-4-e2b',
    name: 'Gemma 4 E2B',
    family: 'Gemma 4',
    // 2.3 billion at work for a token; the rest are per-layer embeddings, which are downloaded as well.
    parameters: 5.1e9,
    licence: APACHE,
    summary: 'The strongest small Gemma, for chat and reasoning on GPUs with 4 GB or more.',
    thinks: false,
    variants: prebuilt({
      repository: 'gemma-4-E2B-it',
      parameters: 5.1e9,
      memoryMb: { q4f16_1: 3387.37, q4f32_1: 3862.72 },
      chunk: 'cs512',
      bufferBytes: 201_326_592,
      manifest: 'mlc-model-manifest.json',
    }),
  },
];
