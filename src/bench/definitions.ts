/** What each figure means, by which formula, and whose definition that is. The arithmetic itself: `measure.ts`. */
export interface Definition {
  name: string;
  meaning: string;
  formula: string;
  source: { name: string; url: string };
}

const MLPERF = {
  name: 'MLPerf Client',
  url: 'https://github.com/mlcommons/mlperf_client',
};
const VLLM = {
  name: 'vLLM, benchmarking metrics',
  url: 'https://docs.vllm.ai/en/latest/benchmarking/cli/',
};
const LLAMA_BENCH = {
  name: 'llama-bench',
  url: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/llama-bench/README.md',
};

export const DEFINITIONS = {
  ttft: {
    name: 'TTFT',
    meaning:
      'Time to first token: from the request to the first token of the answer. Beside the GPU it ends when the token’s id is read back, on the page when its text arrives.',
    formula: 'TTFT = t(first token) − t(request)',
    source: MLPERF,
  },
  prefill: {
    name: 'Prefill',
    meaning:
      'How fast the prompt is read. One sampling step is in it, which llama-bench leaves out: slightly too low, never too high.',
    formula: 'prefill = prompt tokens ÷ TTFT, in tokens per second',
    source: LLAMA_BENCH,
  },
  decode: {
    name: 'Decode',
    meaning:
      'How fast an answer is written: the tokens after the first one, over the time after the first one.',
    formula: 'decode = (n − 1) ÷ (t(last) − t(first)), in tokens per second',
    source: MLPERF,
  },
  tpot: {
    name: 'TPOT',
    meaning: 'Time per output token: the reciprocal of decode.',
    formula: 'TPOT = (t(last) − t(first)) ÷ (n − 1), in milliseconds',
    source: VLLM,
  },
  itl: {
    name: 'ITL',
    meaning:
      'Inter-token latency: each single gap between two tokens. Half of the gaps are no longer than p50, 95 % no longer than p95, 99 % no longer than p99. All gaps of all runs that count are taken together.',
    formula: 'ITL(i) = t(token i) − t(token i − 1), in milliseconds',
    source: VLLM,
  },
  total: {
    name: 'Whole answer',
    meaning: 'From sending the request to the end of the answer, as the page has it.',
    formula: 'total = t(end) − t(request)',
    source: VLLM,
  },
  thinking: {
    name: 'First answer token',
    meaning:
      'For models that think: the time to the first token of the answer itself, beside the GPU, and how many tokens of thought came before it, the marks around them included.',
    formula: 't(first token after the thoughts) − t(request)',
    source: MLPERF,
  },
  pp: {
    name: 'pp',
    meaning:
      'Prompt processing: pp512 reads a prompt of exactly 512 token ids into an empty KV cache. Its figure is prefill.',
    formula: 'pp512 = 512 ÷ TTFT',
    source: LLAMA_BENCH,
  },
  tg: {
    name: 'tg',
    meaning:
      'Text generation: tg128 makes exactly 128 decode steps from a single token; end-of-text is ignored. Its figure is decode.',
    formula: 'tg128 = 128 ÷ (t(last) − t(first))',
    source: LLAMA_BENCH,
  },
  chat: {
    name: 'chat',
    meaning:
      'A real question through the model’s own chat template, with an answer of exactly so many tokens: what a person feels. llama-bench has nothing like it.',
    formula: 'as TTFT, prefill and decode',
    source: MLPERF,
  },
  think: {
    name: 'think',
    meaning:
      'One fixed sum, asked through the model’s own chat template and answered to its end, always by the likeliest token. think1024 ends after 1024 tokens, thoughts included, wherever the answer is. llama-bench has nothing like it.',
    formula: 'as first answer token, TTFT and decode',
    source: MLPERF,
  },
  depth: {
    name: 'KV depth',
    meaning:
      'Tokens that are in the KV cache before the timed part, as in a long conversation. Filling them is not timed. tg128@d2048 is llama-bench’s -d 2048.',
    formula: '@d2048: 2048 tokens before t(request)',
    source: LLAMA_BENCH,
  },
  interval: {
    name: '95 % interval',
    meaning:
      'Where the true median lies in 95 of 100 such measurements, by resampling the runs. Digits that it does not settle are not shown.',
    formula: 'percentile bootstrap over 2000 resamples; least to most with up to five runs',
    source: { name: 'Efron, Bootstrap Methods (1979)', url: 'https://doi.org/10.1214/aos/1176344552' },
  },
} satisfies Record<string, Definition>;

export type Term = keyof typeof DEFINITIONS;
