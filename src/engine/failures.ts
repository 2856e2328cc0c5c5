import { EngineError, ERROR_CODES, type ErrorCode, type Failure, type Outcome } from './engine.ts';

/** What a person reads: one sentence on what happened, one on what to do next. */
interface Sentences {
  message: string;
  hint: string;
}

const SMALLER = 'Choose a smaller model, or close other tabs and programs that use the GPU, then load again.';
const LOAD_AGAIN = 'Load the model again; it is still stored.';

/** The usual words for each code. Whoever knows more says more by overriding one of the two. */
const SENTENCES: Record<ErrorCode, Sentences> = {
  'no-webgpu': {
    message: 'This browser has no WebGPU.',
    hint: 'Use a current Chrome, Edge or Safari, or Firefox on Windows or on a Mac with an Apple chip.',
  },
  'no-adapter': {
    message: 'The browser found no GPU that it may use.',
    hint: 'Turn on graphics acceleration in the browser settings, update the graphics driver and restart the browser.',
  },
  'limits-too-small': {
    message: 'This GPU offers too little for this model.',
    hint: 'Choose a smaller model.',
  },
  'missing-feature': {
    message: 'This GPU lacks a feature that the model needs.',
    hint: 'Choose the q4f32_1 variant of the model, or another model.',
  },
  'device-lost': { message: 'The GPU stopped working for this page.', hint: LOAD_AGAIN },
  'out-of-memory': { message: 'There is not enough GPU memory.', hint: SMALLER },
  'engine-crashed': { message: 'The engine stopped unexpectedly.', hint: LOAD_AGAIN },
  'worker-died': { message: 'The engine does not answer any more.', hint: LOAD_AGAIN },
  'context-full': {
    message: 'The text does not fit into the context window.',
    hint: 'Start a new chat, or send less text.',
  },
  'not-loaded': { message: 'No model is loaded.', hint: 'Load a model first.' },
  busy: {
    message: 'The engine is busy with something else.',
    hint: 'Wait until it has finished, or stop it.',
  },
  'bad-request': {
    message: 'This request makes no sense to the engine.',
    hint: 'Change the request and send it again.',
  },
  'bad-url': { message: 'This URL cannot be used.', hint: 'Correct the URL.' },
  'not-found': { message: 'The server does not have this file.', hint: 'Check the URL.' },
  'http-error': { message: 'The server refused.', hint: 'Try again later.' },
  'network-failed': { message: 'The connection failed.', hint: 'Check the connection and try again.' },
  'not-a-model': {
    message: 'These files are not a model that the engine understands.',
    hint: 'Choose a model in MLC format, converted for web-llm.',
  },
  'library-invalid': {
    message: 'The model library does not fit this engine.',
    hint: 'Choose a library (.wasm) compiled for web-llm 0.2.86 and for this very model.',
  },
  'file-damaged': { message: 'A stored file is damaged.', hint: 'Delete the model and download it again.' },
  'weights-missing': {
    message: 'A file of the model is not stored on this device.',
    hint: 'Download the model again; what is already here is kept.',
  },
  'storage-full': {
    message: 'The browser refuses to store more.',
    hint: 'Delete a stored model, or free disk space.',
  },
  'storage-unavailable': {
    message: 'This browser gives the page no storage.',
    hint: 'Leave private browsing, or allow this site to store data.',
  },
  'wrong-output': {
    message: 'The GPU did not compute correctly, so the answer cannot be trusted.',
    hint: 'Update the browser and the graphics driver, or try another browser.',
  },
  aborted: { message: 'Stopped on request.', hint: 'Start again whenever you like.' },
  unknown: {
    message: 'Something unexpected went wrong.',
    hint: 'Try again; if it stays, report it with the details.',
  },
};

/** A failure in the usual words for its code, with any of them replaced. */
export function failure(code: ErrorCode, words: Partial<Sentences> & { detail?: string } = {}): Failure {
  return { ok: false, code, ...SENTENCES[code], ...words };
}

/** The error that the page sees for a failure. */
export function errorOf(failed: Failure): EngineError {
  return new EngineError(failed.code, failed.message, failed.hint, failed.detail);
}

/** An error in the usual words for its code. */
export function engineError(code: ErrorCode, words: Parameters<typeof failure>[1] = {}): EngineError {
  return errorOf(failure(code, words));
}

/** The value of an outcome; throws its failure as an `EngineError`. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw errorOf(outcome);
}

/** True for an `EngineError`, also one that came from another copy of this module. */
export function isEngineError(error: unknown): error is EngineError {
  if (error instanceof EngineError) return true;
  if (!(error instanceof Error)) return false;
  const { code, hint } = error as Partial<EngineError>;
  return typeof hint === 'string' && ERROR_CODES.includes(code as ErrorCode);
}

/** Anything caught, as data. What is not one of ours becomes `unknown`, with what was seen as the detail. */
export function failureOf(error: unknown): Failure {
  if (!isEngineError(error)) return failure('unknown', { detail: String(error) });
  const { code, message, hint, detail } = error;
  return detail === undefined ? failure(code, { message, hint }) : failure(code, { message, hint, detail });
}
