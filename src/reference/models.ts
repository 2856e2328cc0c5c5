/** An open-weight model as far as its fit and its speed depend on it. */
export interface OpenModel {
  id: string;
  name: string;
  /** Weights in all. */
  parameters: number;
  /** Weights at work for one token: fewer than all in a mixture of experts. */
  activeParameters: number;
  /** Bits per weight of the form that `command` fetches. */
  bitsPerWeight: number;
  /** What that form is called. */
  form: string;
  /** Id of the same model in this page's own catalogue; null where no WebGPU build is offered here. */
  catalogId: string | null;
  /** Runs it natively. Only a name that was found in use. */
  command: string;
  /** What a reader should know of this row; null for nothing. */
  note: string | null;
}

/**
 * Bits per weight of llama.cpp's Q4_K_M, which `ollama run` and `llama-server -hf` fetch when not told otherwise:
 * 4.8 to 4.9 in practice. https://github.com/ggml-org/llama.cpp/tree/master/tools/quantize
 */
const Q4_K_M = { bitsPerWeight: 4.85, form: 'Q4_K_M' };

/** Every weight is at work for every token. */
function dense(parameters: number): Pick<OpenModel, 'parameters' | 'activeParameters'> {
  return { parameters, activeParameters: parameters };
}

/**
 * The models, the smallest first. To add one: a row here with a new `id`, parameters as its publisher counts them, and a
 * `command` whose name somebody has seen in use. `models.test.ts` checks that nothing is missing and that a `catalogId`
 * exists.
 */
export const MODELS: readonly OpenModel[] = [
  {
    id: 'qwen-3.5-0.8b',
    name: 'Qwen 3.5 0.8B',
    ...dense(0.8e9),
    ...Q4_K_M,
    catalogId: 'qwen3.5-0.8b',
    command: 'ollama run qwen3.5:0.8b',
    note: null,
  },
  {
    id: 'qwen-3.5-2b',
    name: 'Qwen 3.5 2B',
    ...dense(2e9),
    ...Q4_K_M,
    catalogId: 'qwen3.5-2b',
    command: 'ollama run qwen3.5:2b',
    note: null,
  },
  {
    id: 'qwen-3.5-4b',
    name: 'Qwen 3.5 4B',
    ...dense(4e9),
    ...Q4_K_M,
    catalogId: 'qwen3.5-4b',
    command: 'ollama run qwen3.5:4b',
    note: null,
  },
  {
    id: 'qwen-3.5-9b',
    name: 'Qwen 3.5 9B',
    ...dense(9e9),
    ...Q4_K_M,
    catalogId: 'qwen3.5-9b',
    command: 'ollama run qwen3.5:9b',
    note: null,
  },
  {
    id: 'ministral-3-14b',
    name: 'Mistral 3 14B',
    ...dense(13.9e9),
    ...Q4_K_M,
    catalogId: null,
    command: 'ollama run ministral-3:14b',
    note: 'Its publisher calls it Ministral 3 14B: 13.5 billion for language, 0.4 for pictures.',
  },
  {
    id: 'qwen-3.5-27b',
    name: 'Qwen 3.5 27B',
    ...dense(27e9),
    ...Q4_K_M,
    catalogId: null,
    command: 'ollama run qwen3.5:27b',
    note: null,
  },
  {
    id: 'gemma-3-27b-qat',
    name: 'Gemma 3 27B, INT4 QAT',
    ...dense(27.4e9),
    bitsPerWeight: 4.12,
    form: 'INT4 QAT',
    catalogId: null,
    command: 'ollama run gemma3:27b-it-qat',
    note: '14.1 GB is the figure of its publisher, for the weights alone; the files that are offered for download are 17 to 18 GB.',
  },
  {
    id: 'gemma-3-27b',
    name: 'Gemma 3 27B',
    ...dense(27.4e9),
    ...Q4_K_M,
    catalogId: null,
    command: 'llama-server -hf ggml-org/gemma-3-27b-it-GGUF',
    note: null,
  },
  {
    id: 'qwen-3.5-35b',
    name: 'Qwen 3.5 35B-A3B',
    parameters: 35e9,
    activeParameters: 3e9,
    ...Q4_K_M,
    catalogId: null,
    command: 'ollama run qwen3.5:35b-a3b',
    note: null,
  },
  {
    id: 'llama-4-scout',
    name: 'Llama 4 Scout 109B',
    parameters: 109e9,
    activeParameters: 17e9,
    ...Q4_K_M,
    catalogId: null,
    command: 'ollama run llama4:scout',
    note: null,
  },
  {
    id: 'qwen-3.5-122b',
    name: 'Qwen 3.5 122B-A10B',
    parameters: 122e9,
    activeParameters: 10e9,
    ...Q4_K_M,
    catalogId: null,
    command: 'llama-server -hf unsloth/Qwen3.5-122B-A10B-GGUF:Q4_K_M',
    note: null,
  },
  {
    id: 'minimax-m2.5',
    name: 'MiniMax M2.5',
    parameters: 229e9,
    activeParameters: 10e9,
    ...Q4_K_M,
    catalogId: null,
    command: 'llama-server -hf unsloth/MiniMax-M2.5-GGUF:Q4_K_M',
    note: null,
  },
  {
    id: 'qwen-3.5-397b',
    name: 'Qwen 3.5 397B-A17B',
    parameters: 397e9,
    activeParameters: 17e9,
    ...Q4_K_M,
    catalogId: null,
    command: 'llama-server -hf unsloth/Qwen3.5-397B-A17B-GGUF:UD-Q4_K_XL',
    note: null,
  },
  {
    id: 'llama-4-maverick',
    name: 'Llama 4 Maverick 400B',
    parameters: 400e9,
    activeParameters: 17e9,
    ...Q4_K_M,
    catalogId: null,
    command: 'ollama run llama4:maverick',
    note: null,
  },
  {
    id: 'llama-405b',
    name: 'Llama 405B',
    ...dense(405e9),
    ...Q4_K_M,
    catalogId: null,
    command: 'ollama run llama3.1:405b',
    note: 'The article calls it Llama 3.3 405B. Meta published Llama 3.3 in 70B, and 405B as Llama 3.1.',
  },
  {
    id: 'deepseek-v3.2',
    name: 'DeepSeek V3.2',
    parameters: 685e9,
    activeParameters: 37e9,
    ...Q4_K_M,
    catalogId: null,
    command: 'llama-server -hf unsloth/DeepSeek-V3.2-GGUF:Q4_K_M',
    note: null,
  },
];

/** The model of an id, or null. */
export function openModelOf(id: string | null): OpenModel | null {
  return MODELS.find((model) => model.id === id) ?? null;
}

/** Bytes of the weights: parameters x bits per weight / 8. */
export function weightBytes({ parameters, bitsPerWeight }: OpenModel): number {
  return (parameters * bitsPerWeight) / 8;
}

/** Weight bytes that one decode step reads: those at work for a token. The KV cache comes on top. */
export function bytesPerStep({ activeParameters, bitsPerWeight }: OpenModel): number {
  return (activeParameters * bitsPerWeight) / 8;
}
