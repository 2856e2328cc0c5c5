/** What the bare page asks its worker to do, out of the page's address. */
export interface Job {
  /** Absolute URL of a model folder, and of its library. */
  model: string;
  lib: string;
  /** Where web-llm keeps the files: its default, or the one that the app's store is compared with. */
  backend: 'cache' | 'indexeddb';
}

export interface Question {
  prompt: string;
  maxTokens: number;
  /** Send the page every piece of text; otherwise only the summary is sent, at the end. */
  shown: boolean;
}

/** One answer as a bare loop saw it. */
export interface Summary {
  tokens: number;
  /** From the first piece of text to the last, in ms. */
  spanMs: number;
  /** (tokens - 1) over that span: the same definition as the app's. */
  decodeTps: number;
  text: string;
}

export type Reply =
  | { kind: 'loaded' }
  | { kind: 'text'; delta: string }
  | { kind: 'done'; summary: Summary }
  | { kind: 'failed'; why: string };
export type Order = { kind: 'load'; job: Job } | { kind: 'ask'; question: Question };
