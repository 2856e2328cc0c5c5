import { signal } from '@preact/signals';
import type { ErrorCode, Finish, Message } from '../engine/engine.ts';
import { read, write } from '../store.ts';
import { notify } from './notices.ts';
import { takeApart } from './thought.ts';

/** What went wrong with an answer, as it is shown and kept. */
export interface TurnFailure {
  code: ErrorCode;
  message: string;
  hint: string;
  detail: string | null;
}

/** How long a model thought before it answered. */
export interface ThoughtCost {
  /** From its first token to the answer's, or to the last where no answer came. */
  ms: number;
  tokens: number;
}

/** One message of the conversation. */
export interface Turn {
  id: string;
  role: 'user' | 'assistant';
  /** As it was typed or generated, thinking included. */
  text: string;
  /** Milliseconds since the epoch. */
  atMs: number;
  /** True for the first question, which the page asks by itself. */
  byPage: boolean;
  /** The model that answered. */
  modelName: string | null;
  finish: Finish | null;
  /** What was shown under the answer. */
  tokens: number | null;
  decodeTps: number | null;
  /** Null where it did not think, or where that is not known. */
  thought: ThoughtCost | null;
  failure: TurnFailure | null;
  /** The page was closed or killed while the answer was written; this is how far it had come. */
  interrupted: boolean;
}

export const turns = signal<readonly Turn[]>([]);

let told = false;

export function makeTurn(role: Turn['role'], text: string, rest: Partial<Turn> = {}): Turn {
  return {
    id: crypto.randomUUID(),
    role,
    text,
    atMs: Date.now(),
    byPage: false,
    modelName: null,
    finish: null,
    tokens: null,
    decodeTps: null,
    thought: null,
    failure: null,
    interrupted: false,
    ...rest,
  };
}

/** Add a message and keep it. */
export function addTurn(turn: Turn): void {
  replaceTurns([...turns.value, turn]);
}

export function replaceTurns(next: readonly Turn[]): void {
  turns.value = next;
  void keep(next);
}

/** Keep an answer that is still being written, so that a page that is killed meanwhile loses little of it. */
export function keepUnfinished(turn: Turn): void {
  void keep([...turns.value, { ...turn, interrupted: true }]);
}

async function keep(next: readonly Turn[]): Promise<void> {
  const kept = await write('conversation', next);
  if (kept || told) return;
  told = true;
  notify('This browser does not keep the conversation here; it lasts until the tab is closed.');
}

/** Begin a new chat; the old one can be had back for a while. */
export function clearTurns(): void {
  const before = turns.value;
  if (before.length === 0) return;
  replaceTurns([]);
  const undo = () => replaceTurns([...before, ...turns.value]);
  notify('A new chat. The old one is gone in a moment.', { action: { label: 'Undo', run: undo } });
}

/** The conversation as the model gets it: without failed answers, and without the thinking of earlier ones. */
export function toMessages(all: readonly Turn[], systemPrompt: string): Message[] {
  const messages: Message[] = systemPrompt.trim() ? [{ role: 'system', content: systemPrompt.trim() }] : [];
  for (const [index, turn] of all.entries()) {
    const content = turn.role === 'user' ? turn.text : takeApart(turn.text).answer;
    const unanswered = turn.role === 'user' && all[index + 1]?.failure && !all[index + 1]?.text;
    if (content !== '' && !unanswered) messages.push({ role: turn.role, content });
  }
  return messages;
}

export async function restoreConversation(): Promise<void> {
  const kept = await read('conversation', parseTurns);
  if (kept && turns.value.length === 0) turns.value = kept;
}

/** Accept a stored conversation; a message that makes no sense is left out. */
export function parseTurns(kept: unknown): Turn[] | null {
  if (!Array.isArray(kept)) return null;
  return kept.map(parseTurn).filter((turn) => turn !== null);
}

function parseTurn(kept: unknown): Turn | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const found = kept as Record<string, unknown>;
  const { id, role, text } = found;
  if (typeof id !== 'string' || typeof text !== 'string') return null;
  if (role !== 'user' && role !== 'assistant') return null;
  return {
    id,
    role,
    text,
    atMs: finite(found['atMs']) ?? 0,
    byPage: found['byPage'] === true,
    modelName: typeof found['modelName'] === 'string' ? found['modelName'] : null,
    finish: FINISHES.includes(found['finish']) ? (found['finish'] as Finish) : null,
    tokens: finite(found['tokens']),
    decodeTps: finite(found['decodeTps']),
    thought: parseThought(found['thought']),
    failure: parseFailure(found['failure']),
    interrupted: found['interrupted'] === true,
  };
}

const FINISHES: readonly unknown[] = ['stop', 'length', 'aborted'] satisfies Finish[];

function parseThought(kept: unknown): ThoughtCost | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const found = kept as Record<string, unknown>;
  const [ms, tokens] = [finite(found['ms']), finite(found['tokens'])];
  return ms === null || tokens === null ? null : { ms, tokens };
}

function parseFailure(kept: unknown): TurnFailure | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { code, message, hint, detail } = kept as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string' || typeof hint !== 'string') return null;
  return { code: code as ErrorCode, message, hint, detail: typeof detail === 'string' ? detail : null };
}

function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
