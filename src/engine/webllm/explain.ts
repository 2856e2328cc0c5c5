import type { ErrorCode, Failure } from '../engine.ts';
import { failure, failureOf, isEngineError } from '../failures.ts';
import type { GpuFault, Loss } from './device.ts';

/** What was being done when it failed. The same error can mean a wrong file in a load and a wrong wish in a request. */
export type Deed = 'load' | 'generate';

/** Something thrown, reduced to what rules can look at: it may be an Error, a record, a string or undefined. */
interface Seen {
  name: string;
  text: string;
}

interface Rule {
  code: ErrorCode;
  /** Names of error classes; only a few of web-llm's classes are exported, so `instanceof` is no use. */
  names?: string[];
  pattern?: RegExp;
  /** Only in this deed; in both if left out. */
  deed?: Deed;
  words?: (match: RegExpMatchArray, seen: Seen) => { message?: string; hint?: string };
}

/**
 * web-llm 0.2.86's errors, its runtime's and the browser's, as our codes. The first rule that fits counts, so
 * narrow ones stand before wide ones.
 */
const RULES: Rule[] = [
  { code: 'aborted', pattern: /Engine\.unload\(\) is called/ },
  { code: 'no-webgpu', names: ['WebGPUNotAvailableError', 'WebGPUNotFoundError'] },
  { code: 'no-adapter', pattern: /Unable to find a compatible GPU/ },
  {
    code: 'limits-too-small',
    pattern: /because of requested (\w+) exceeds limit\. requested=([\w.]+),\s*limit=([\w.]+)/,
    words: ([, name, wanted, limit]) => ({
      message: `This GPU's ${name} is ${limit}, and the engine needs ${wanted}.`,
      hint: 'Update the browser and the graphics driver, or use another device.',
    }),
  },
  {
    code: 'limits-too-small',
    pattern: /exceeds the max buffer size|greater than the maximum (buffer|storage)|larger than the max/i,
  },
  {
    code: 'missing-feature',
    // The sentence on f16 is wrapped into the other one.
    pattern: /requires (?:feature This model requires )?(?:WebGPU extension|feature) ([\w-]+)/,
    words: ([, feature]) => ({
      message: `This GPU, or this browser, lacks "${feature}", which the model needs.`,
    }),
  },
  { code: 'missing-feature', names: ['ShaderF16SupportError', 'FeatureSupportError'] },
  {
    code: 'missing-feature',
    pattern: /\bf16\b.*(?:extension|not (?:allowed|enabled|supported))|(?:extension|enable).*\bf16\b/i,
  },
  {
    code: 'context-full',
    names: ['ContextWindowSizeExceededError'],
    pattern: /prompt tokens: (\d+); context window size: (\d+)/,
    words: ([, prompt, context]) => ({
      message: `The text has ${prompt} tokens, and the context window holds ${context}.`,
    }),
  },
  { code: 'context-full', pattern: /Prompt tokens exceed context window|KV cache is full/ },
  {
    code: 'limits-too-small',
    pattern: /KV cache of (\d+) tokens/,
    words: ([, tokens]) => ({ message: `A context window of ${tokens} tokens is too large for this model.` }),
  },
  { code: 'weights-missing', pattern: /stored\.invalid|'add' on 'Cache'|^Cannot fetch |Failed to fetch$/ },
  { code: 'not-loaded', names: ['ModelNotLoadedError', 'ModelNotFoundError', 'SpecifiedModelNotFoundError'] },
  { code: 'device-lost', names: ['DeviceLostError'] },
  {
    code: 'device-lost',
    pattern: /device (?:is |was )?(?:lost|destroyed)|already been disposed|mapAsync|unmapped/i,
  },
  { code: 'device-lost', names: ['AbortError'] },
  {
    code: 'out-of-memory',
    names: ['GPUOutOfMemoryError'],
  },
  { code: 'out-of-memory', pattern: /out of memory|allocation failed|could not allocate|not enough memory/i },
  { code: 'library-invalid', names: ['CompileError', 'LinkError', 'MissingModelError'] },
  {
    code: 'library-invalid',
    pattern:
      /weights do not contain|Cannot find (?:global function|required VM function|function|\w+ in exports)|kv_state_kind|TVMWasm|exports\.\w+ is not a function/,
  },
  {
    code: 'library-invalid',
    pattern: /create(?:Shader|Compute)|Shader(?:Module)?|ComputePipeline|WGSL/,
    deed: 'load',
  },
  { code: 'file-damaged', names: ['IntegrityError'] },
  {
    code: 'file-damaged',
    pattern: /Tensor-cache record|Packed BF16|Invalid tensor dimension|exceeds shard size/i,
  },
  { code: 'not-a-model', names: ['UnsupportedTokenizerFilesError', 'ArtifactManifestError'] },
  { code: 'not-a-model', pattern: /tokenizer/i, deed: 'load' },
  {
    code: 'not-a-model',
    pattern: /^Aborted\(\)/, // how the tokenizer's own wasm gives up on a file; what it said is on the console only
    deed: 'load',
    words: () => ({ message: 'The tokenizer of the model cannot be read.' }),
  },
  { code: 'not-a-model', names: ['SyntaxError'], deed: 'load' },
  {
    code: 'not-a-model',
    names: [
      'WindowSizeConfigurationError',
      'WindowSizeSpecificationError',
      'AttentionSinkSizeError',
      'MinValueError',
      'TypeError',
    ],
    deed: 'load',
  },
  {
    code: 'bad-request',
    names: [
      'ConfigValueError',
      'MinValueError',
      'NonNegativeError',
      'RangeError',
      'SeedTypeError',
      'DependencyError',
      'InvalidNumberStringError',
      'MessageOrderError',
      'SystemMessageOrderError',
      'ContentTypeError',
      'UnsupportedRoleError',
      'UnsupportedFieldsError',
      'UnsupportedContentPartError',
      'TextCompletionExpectsKVEmptyError',
    ],
    deed: 'generate',
  },
  { code: 'engine-crashed', names: ['ExitStatus', 'RuntimeError'] },
  {
    code: 'engine-crashed',
    pattern: /Program terminated|unreachable|memory access out of bounds|^Aborted\(|InternalError/i,
  },
];

/**
 * Whatever the engine threw, as a failure with a code. A lost device comes first: once it is gone, the engine fails
 * in many unrelated-looking ways, among them an emscripten `ExitStatus` that is not even an Error.
 */
export function explain(error: unknown, deed: Deed, loss: Loss | null): Failure {
  if (isEngineError(error)) return failureOf(error);
  const seen = see(error);
  const detail = seen.name ? `${seen.name}: ${seen.text}` : seen.text;
  if (loss) return { ...explainLoss(loss), detail: `${lossDetail(loss)}; ${detail}` };
  for (const rule of RULES) {
    const words = match(rule, seen, deed);
    if (words) return failure(rule.code, { ...words, detail });
  }
  return failure('unknown', { detail });
}

/** A lost device, by the GPU error that led to it if one was seen. */
export function explainLoss(loss: Loss): Failure {
  const detail = lossDetail(loss);
  if (loss.cause?.kind === 'out-of-memory' || /out of memory|OUT_OF_DEVICE_MEMORY/i.test(loss.message)) {
    return failure('out-of-memory', { detail });
  }
  if (loss.cause?.kind === 'validation' && /size|limit|exceed/i.test(loss.cause.message)) {
    return failure('limits-too-small', {
      message: 'The model needs a larger GPU buffer than this GPU or browser offers.',
      detail,
    });
  }
  return failure('device-lost', { detail });
}

/** A GPU error that nobody caught: the command was skipped, so what was computed is wrong. */
export function explainFault(fault: GpuFault): Failure {
  return failure(fault.kind === 'out-of-memory' ? 'out-of-memory' : 'wrong-output', {
    detail: fault.message,
  });
}

function lossDetail({ reason, message, cause }: Loss): string {
  return `device lost (${reason}): ${message}${cause ? `; ${cause.kind} error before: ${cause.message}` : ''}`;
}

function match(rule: Rule, seen: Seen, deed: Deed): { message?: string; hint?: string } | null {
  if (rule.deed && rule.deed !== deed) return null;
  if (rule.names && !rule.names.includes(seen.name)) return null;
  if (!rule.pattern) return {};
  const found = rule.pattern.exec(seen.text);
  return found && (rule.words?.(found, seen) ?? {});
}

function see(error: unknown): Seen {
  if (typeof error === 'string') return { name: '', text: error };
  if (error === null || error === undefined)
    return { name: '', text: `nothing but ${String(error)} was thrown` };
  if (typeof error !== 'object') return { name: '', text: String(error) };
  const { name, message } = error as { name?: unknown; message?: unknown };
  return {
    name: typeof name === 'string' && name !== 'Error' ? name : '',
    text: typeof message === 'string' ? message : JSON.stringify(error),
  };
}
