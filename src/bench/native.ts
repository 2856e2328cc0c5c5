import type { Case, Plan } from './plan.ts';

/** Commands that measure the same without a browser. */
export interface NativeTool {
  tool: string;
  commands: string[];
  /** What its figures have in common with ours, and what not. */
  note: string;
  source: string;
}

export interface NativeModel {
  /** As people call it, e.g. `Qwen 3.5 0.8B`. */
  name: string;
  /** Id of the variant, e.g. `Qwen3.5-0.8B-q4f16_1-MLC`; null where MLC publishes none under it. */
  mlc: string | null;
}

/** llama.cpp's figures are the plan's own; the other tools come as near as they can. */
export function nativeTools(plan: Plan, model: NativeModel): NativeTool[] {
  return [llamaBench(plan, model), mlcChat(model), ollama(model)].filter((tool) => tool !== null);
}

/** One command for each depth: llama-bench would measure every count at every depth of a list. */
function llamaBench({ cases, maxRuns }: Plan, { name }: NativeModel): NativeTool | null {
  const exact = cases.filter(({ kind }) => kind === 'pp' || kind === 'tg');
  if (exact.length === 0) return null;
  const depths = [...new Set(exact.map(({ depth }) => depth))].sort((a, b) => a - b);
  const commands = depths.map((depth) => {
    const there = exact.filter((c) => c.depth === depth);
    const parts = ['-p', list(there, 'promptTokens'), '-n', list(there, 'generateTokens'), '-d', depth];
    return `llama-bench -m MODEL.gguf ${parts.join(' ')} -r ${maxRuns}`;
  });
  return {
    tool: 'llama.cpp',
    commands,
    note: `MODEL.gguf is ${name} in a 4-bit GGUF such as Q4_0. It prints a mean ± one standard deviation; sampling and tokenizing are not in it.`,
    source: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/llama-bench/README.md',
  };
}

/** 0 leaves that kind of test out. */
function list(cases: Case[], key: 'promptTokens' | 'generateTokens'): string {
  const kind = key === 'promptTokens' ? 'pp' : 'tg';
  const counts = cases.filter((c) => c.kind === kind).map((c) => c[key] ?? 0);
  return counts.length > 0 ? counts.join(',') : '0';
}

function mlcChat({ mlc }: NativeModel): NativeTool | null {
  if (mlc === null) return null;
  return {
    tool: 'MLC LLM',
    commands: [`mlc_llm chat HF://mlc-ai/${mlc}`],
    note: 'The very same weights. Ask something, then type /stats: it prints prefill and decode in tokens per second. Compare it with the chat cases, whose decode it defines alike.',
    source: 'https://llm.mlc.ai/docs/deploy/cli.html',
  };
}

function ollama({ name }: NativeModel): NativeTool {
  return {
    tool: 'Ollama',
    commands: ['ollama run MODEL --verbose'],
    note: `MODEL is Ollama's name for ${name}. Its eval rate is to be compared with decode, its prompt eval rate with prefill; one answer is one run.`,
    source: 'https://github.com/ollama/ollama',
  };
}
