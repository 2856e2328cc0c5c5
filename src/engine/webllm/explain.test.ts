import { expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../engine.ts';
import { engineError } from '../failures.ts';
import type { Loss } from './device.ts';
import { explain, explainFault, explainLoss, type Deed } from './explain.ts';

/** An error as web-llm's classes and the browser's make them: what counts is the name and the message. */
function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** emscripten's way to stop: not an Error. */
const EXIT = { name: 'ExitStatus', message: 'Program terminated with exit(1)', status: 1 };
const LOSS: Loss = { reason: 'unknown', message: 'GPU process crashed', cause: null };

const CASES: [string, unknown, Deed, ErrorCode][] = [
  ['a runtime that exits', EXIT, 'generate', 'engine-crashed'],
  ['a string as reason', 'Engine.unload() is called.', 'load', 'aborted'],
  ['nothing', undefined, 'load', 'unknown'],
  [
    'no WebGPU',
    named('WebGPUNotAvailableError', 'WebGPU is not supported in your current environment'),
    'load',
    'no-webgpu',
  ],
  [
    'no adapter',
    new Error('Unable to find a compatible GPU. This issue might be because'),
    'load',
    'no-adapter',
  ],
  [
    'limits',
    new Error(
      'Cannot initialize runtime because of requested maxStorageBuffersPerShaderStage exceeds limit. requested=10, limit=8. ',
    ),
    'load',
    'limits-too-small',
  ],
  [
    'no f16',
    named('ShaderF16SupportError', 'This model requires WebGPU extension shader-f16, which'),
    'load',
    'missing-feature',
  ],
  [
    'a feature',
    named('FeatureSupportError', 'This model requires feature subgroups, which'),
    'load',
    'missing-feature',
  ],
  [
    'an f16 shader',
    new Error("error: 'f16' type used without 'f16' extension enabled"),
    'load',
    'missing-feature',
  ],
  [
    'a long prompt',
    named(
      'ContextWindowSizeExceededError',
      'Prompt tokens exceed context window size: number of prompt tokens: 5000; context window size: 4096\nConsider',
    ),
    'generate',
    'context-full',
  ],
  ['no model', named('ModelNotLoadedError', 'Model not loaded before trying'), 'generate', 'not-loaded'],
  [
    'a file not stored',
    new Error('Cannot fetch https://stored.invalid/x/resolve/main/a.bin'),
    'load',
    'weights-missing',
  ],
  ['a refused request', new TypeError('Failed to fetch'), 'load', 'weights-missing'],
  [
    'a lost device',
    named('DeviceLostError', 'The WebGPU device was lost while loading the model.'),
    'load',
    'device-lost',
  ],
  ['a disposed object', new Error('Object has already been disposed'), 'load', 'device-lost'],
  [
    'an aborted map',
    new DOMException('Failed to execute mapAsync: instance dropped', 'AbortError'),
    'generate',
    'device-lost',
  ],
  ['no memory', new RangeError('Array buffer allocation failed'), 'load', 'out-of-memory'],
  [
    'no wasm memory',
    new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory'),
    'load',
    'out-of-memory',
  ],
  [
    'a web page as library',
    named(
      'CompileError',
      'WebAssembly.instantiate(): expected magic word 00 61 73 6d, found 3c 21 64 6f @+0',
    ),
    'load',
    'library-invalid',
  ],
  [
    'a foreign library',
    named('LinkError', 'WebAssembly.instantiate(): Import #0 "env" "x": function import'),
    'load',
    'library-invalid',
  ],
  [
    'an old library',
    new Error('Cannot find global function tvmjs.runtime.ConcatEmbeddings'),
    'load',
    'library-invalid',
  ],
  ['an incomplete library', new Error('Cannot find required VM function `embed`'), 'load', 'library-invalid'],
  ['missing exports', new Error('Cannot find TVMWasmAllocSpace in exports'), 'load', 'library-invalid'],
  [
    'a tokenizer it cannot use',
    named('UnsupportedTokenizerFilesError', 'Cannot handle tokenizer files a,b'),
    'load',
    'not-a-model',
  ],
  [
    'a config that is not JSON',
    new SyntaxError('Unexpected token < in JSON at position 0'),
    'load',
    'not-a-model',
  ],
  [
    'a bad manifest',
    named('ArtifactManifestError', 'mlc-model-manifest.json: invalid JSON'),
    'load',
    'not-a-model',
  ],
  [
    'two windows',
    named('WindowSizeConfigurationError', 'Only one of context_window_size'),
    'load',
    'not-a-model',
  ],
  [
    'a short shard',
    new Error('Tensor-cache record range [0, 10) exceeds shard size 5'),
    'load',
    'file-damaged',
  ],
  ['a wrong hash', named('IntegrityError', 'Integrity verification failed for x'), 'load', 'file-damaged'],
  ['a value out of range', named('RangeError', 'Make sure 0 < top_p <= 1.'), 'generate', 'bad-request'],
  [
    'a bad order',
    named('MessageOrderError', 'The last message should be from `user` or `tool`.'),
    'generate',
    'bad-request',
  ],
  [
    'a tokenizer it cannot read',
    named('RuntimeError', 'Aborted(). Build with -sASSERTIONS for more info.'),
    'load',
    'not-a-model',
  ],
  [
    'weights of another model',
    new Error('The weights do not contain lm_head.q_weight'),
    'load',
    'library-invalid',
  ],
  [
    'a cache too large',
    new Error('A KV cache of 8000000 tokens is not possible'),
    'load',
    'limits-too-small',
  ],
  ['a full cache', new Error('The KV cache is full: 2048 tokens'), 'generate', 'context-full'],
  ['a trap', named('RuntimeError', 'unreachable'), 'generate', 'engine-crashed'],
  [
    'an internal error',
    new Error('InternalError: failed to sample a valid token.'),
    'generate',
    'engine-crashed',
  ],
  ['something else', new Error('the moon is full'), 'generate', 'unknown'],
  ['a bare object', { odd: true }, 'load', 'unknown'],
];

it.each(CASES)('%s', (_what, error, deed, code) => {
  const failed = explain(error, deed, null);
  expect(failed.code).toBe(code);
  expect(failed.message).toMatch(/^[A-Z].*\.$/);
  expect(failed.hint).toMatch(/^[A-Z].*\.$/);
  expect(failed.detail).toBeTruthy();
  expect(failed.detail).not.toContain('[object Object]');
});

it('passes our own errors on as they are', () => {
  const error = engineError('weights-missing', { message: 'params_shard_3.bin is not stored.', detail: 'x' });
  expect(explain(error, 'load', null)).toMatchObject({
    code: 'weights-missing',
    message: error.message,
    detail: 'x',
  });
});

it('puts numbers into the sentence', () => {
  const error = named(
    'ContextWindowSizeExceededError',
    'number of prompt tokens: 50; context window size: 40',
  );
  expect(explain(error, 'generate', null).message).toBe(
    'The text has 50 tokens, and the context window holds 40.',
  );
});

it('names the feature, also in the sentence within a sentence', () => {
  const wrapped =
    'This model requires feature This model requires WebGPU extension shader-f16, which is not enabled';
  expect(explain(named('ShaderF16SupportError', wrapped), 'load', null).message).toContain('"shader-f16"');
});

it('blames a lost device for whatever else failed', () => {
  for (const error of [EXIT, new Error('Object has already been disposed'), undefined]) {
    expect(explain(error, 'generate', LOSS).code).toBe('device-lost');
  }
});

it('tells a device that was lost for lack of memory, or for a buffer too large', () => {
  const cause = (kind: 'out-of-memory' | 'validation', message: string) => ({
    ...LOSS,
    cause: { kind, message },
  });
  expect(explainLoss(cause('out-of-memory', 'Allocation failed')).code).toBe('out-of-memory');
  const large = 'Buffer size (2147483648) exceeds the max buffer size limit (1073741824).';
  expect(explainLoss(cause('validation', large)).code).toBe('limits-too-small');
  expect(explainLoss({ ...LOSS, message: 'VK_ERROR_OUT_OF_DEVICE_MEMORY' }).code).toBe('out-of-memory');
  expect(explainLoss(LOSS).code).toBe('device-lost');
});

it('does not trust an answer after a GPU error that nobody caught', () => {
  expect(explainFault({ kind: 'validation', message: 'bind group' }).code).toBe('wrong-output');
  expect(explainFault({ kind: 'out-of-memory', message: '' }).code).toBe('out-of-memory');
});

it('has a sentence and a next step for every code', () => {
  for (const code of ERROR_CODES) {
    const { message, hint } = engineError(code);
    expect(message, code).toMatch(/^[A-Z].*\.$/);
    expect(hint, code).toMatch(/^[A-Z].*\.$/);
  }
});
