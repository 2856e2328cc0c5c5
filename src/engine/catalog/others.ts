import { prebuilt, type CatalogModel } from './model.ts';

const APACHE = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' };

export const OTHERS: CatalogModel[] = [
  {
    id: 'smollm2-360m',
    name: 'SmolLM2 360M',
    family: 'SmolLM2',
    parameters: 361_821_120,
    licence: APACHE,
    summary: 'The smallest model here that holds a conversation; English only.',
    thinks: false,
    variants: prebuilt({
      repository: 'SmolLM2-360M-Instruct',
      parameters: 361_821_120,
      memoryMb: { q4f16_1: 376.06, q4f32_1: 579.61 },
    }),
  },
  {
    id: 'qwen3-0.6b',
    name: 'Qwen 3 0.6B',
    family: 'Qwen 3',
    parameters: 596_049_920,
    licence: APACHE,
    summary: 'Tiny, and still thinks before it answers; good for simple questions.',
    thinks: true,
    variants: prebuilt({
      repository: 'Qwen3-0.6B',
      parameters: 596_049_920,
      memoryMb: { q4f16_1: 1403.34, q4f32_1: 1924.98 },
    }),
  },
  {
    id: 'llama-3.2-1b',
    name: 'Llama 3.2 1B',
    family: 'Llama 3.2',
    parameters: 1_235_814_400,
    licence: {
      name: 'Llama 3.2 Community License',
      url: 'https://huggingface.co/meta-llama/Llama-3.2-1B-Instruct/blob/main/LICENSE.txt',
    },
    summary: 'A widely used small model, handy for comparing speeds with other tools.',
    thinks: false,
    variants: prebuilt({
      repository: 'Llama-3.2-1B-Instruct',
      parameters: 1_235_814_400,
      memoryMb: { q4f16_1: 879.04, q4f32_1: 1128.82 },
    }),
  },
];
