import { prebuilt, type CatalogModel } from './model.ts';

const LICENCE = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' };

/** Sizes of Qwen 3.5: parameters by name, and web-llm's figures for both quantizations. */
const SIZES = [
  {
    size: '0.8B',
    parameters: 0.8e9,
    memoryMb: { q4f16_1: 1629.49, q4f32_1: 1894.19 },
    summary: 'Small and quick, for short questions and for trying things out on almost any GPU.',
  },
  {
    size: '2B',
    parameters: 2e9,
    memoryMb: { q4f16_1: 2245.44, q4f32_1: 2591.55 },
    summary: 'A good first choice for chat, summaries and rewriting on a laptop.',
  },
  {
    size: '4B',
    parameters: 4e9,
    memoryMb: { q4f16_1: 3867.82, q4f32_1: 4680.36 },
    summary: 'Clearly better at reasoning and code; wants a GPU with 6 GB or more.',
  },
  {
    size: '9B',
    parameters: 9e9,
    memoryMb: { q4f16_1: 6433.01, q4f32_1: 7544.74 },
    summary: 'The most capable one here, for desktop GPUs and large laptops.',
  },
];

/** Qwen 3.5 mixes attention with recurrent layers, whose states web-llm keeps in so many slots; chat needs one. */
const HYBRID = { max_history_size: 1 };

export const QWEN: CatalogModel[] = SIZES.map(({ size, parameters, memoryMb, summary }) => ({
  id: `qwen3.5-${size.toLowerCase()}`,
  name: `Qwen 3.5 ${size}`,
  family: 'Qwen 3.5',
  parameters,
  licence: LICENCE,
  summary,
  thinks: true,
  variants: prebuilt({ repository: `Qwen3.5-${size}`, parameters, memoryMb, overrides: HYBRID }),
}));
