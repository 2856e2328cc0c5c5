import { signal } from '@preact/signals';

/** A quiet line at the edge of the page: something happened, and sometimes it can be undone. Nothing ever alerts. */
export interface Notice {
  id: number;
  text: string;
  /** What a click on its button does, with the button's words; null when there is nothing to do. */
  action: { label: string; run: () => void } | null;
}

export interface NoticeOptions {
  action?: Notice['action'];
  /** How long it stays, in ms; null: until it is dismissed. */
  stayMs?: number | null;
  /** Called when it goes away without its action having been used. */
  onLapse?: () => void;
}

const STAY_MS = 9000;
const LIMIT = 4;

export const notices = signal<readonly Notice[]>([]);

const lapses = new Map<number, () => void>();
let lastId = 0;

/** Show a notice; its id takes it away again. */
export function notify(
  text: string,
  { action = null, stayMs = STAY_MS, onLapse }: NoticeOptions = {},
): number {
  const id = (lastId += 1);
  if (onLapse) lapses.set(id, onLapse);
  for (const notice of notices.value) if (notice.text === text) dismiss(notice.id);
  for (const notice of notices.value.slice(0, 1 - LIMIT)) dismiss(notice.id);
  notices.value = [...notices.value, { id, text, action }];
  if (stayMs !== null) setTimeout(() => dismiss(id), stayMs);
  return id;
}

/** Take a notice away; what it stood for becomes final. */
export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
  const lapse = lapses.get(id);
  lapses.delete(id);
  lapse?.();
}

/** Do what the notice offers, and take it away. */
export function act(id: number): void {
  const notice = notices.value.find((candidate) => candidate.id === id);
  lapses.delete(id);
  dismiss(id);
  notice?.action?.run();
}

/** Every notice away now, and what they stood for final: the page is being closed. */
export function settle(): void {
  for (const { id } of notices.value) dismiss(id);
}
