import { signal } from '@preact/signals';
import { read, write } from '../store.ts';
import { notify } from './notices.ts';

export type Theme = 'system' | 'light' | 'dark';

/** What the visitor may set. Null is "the model's own default". */
export interface Settings {
  theme: Theme;
  /** 0 is greedy; up to 2. */
  temperature: number | null;
  /** Above 0, up to 1. */
  topP: number | null;
  /** Tokens of one answer. */
  maxTokens: number;
  systemPrompt: string;
  /** False: models that think answer at once. They think first by themselves. */
  thinkFirst: boolean;
}

export const DEFAULTS: Settings = {
  theme: 'system',
  temperature: null,
  topP: null,
  maxTokens: 512,
  systemPrompt: '',
  thinkFirst: true,
};

const THEMES: readonly unknown[] = ['system', 'light', 'dark'] satisfies Theme[];
// The theme is kept here as well, because IndexedDB answers only after the first paint.
const THEME_KEY = 'runs-here-theme';

export const settings = signal<Settings>(DEFAULTS);

/** Accept what was stored, field by field; a field that makes no sense gets its default. */
export function parseSettings(kept: unknown): Settings | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const found = kept as Record<string, unknown>;
  return {
    theme: parseTheme(found['theme']),
    temperature: within(found['temperature'], 0, 2),
    topP: within(found['topP'], 0.01, 1),
    maxTokens: Math.round(within(found['maxTokens'], 1, 32_768) ?? DEFAULTS.maxTokens),
    systemPrompt: typeof found['systemPrompt'] === 'string' ? found['systemPrompt'].slice(0, 20_000) : '',
    thinkFirst: found['thinkFirst'] !== false,
  };
}

/** Change some settings: at once here, and in the store. */
export function change(part: Partial<Settings>): void {
  settings.value = parseSettings({ ...settings.value, ...part }) ?? DEFAULTS;
  showTheme(settings.value.theme);
  void keep();
}

async function keep(): Promise<void> {
  const kept = await write('settings', settings.value);
  if (!kept) notify('This browser does not keep settings here; they last until the tab is closed.');
}

/** Back to the defaults, with a way back. */
export function resetSettings(): void {
  const before = settings.value;
  change({ ...DEFAULTS, theme: before.theme });
  notify('Settings are back to their defaults.', {
    action: { label: 'Undo', run: () => change(before) },
  });
}

export async function restoreSettings(): Promise<void> {
  const kept = await read('settings', parseSettings);
  if (kept) settings.value = kept;
  showTheme(settings.value.theme);
}

/** The theme of the last visit, before anything is painted. */
export function showEarlyTheme(): void {
  try {
    showTheme(parseTheme(localStorage.getItem(THEME_KEY)));
  } catch {
    // Storage is blocked here; the system's theme is shown.
  }
}

function showTheme(theme: Theme): void {
  if (typeof document === 'undefined') return;
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // As above.
  }
}

function parseTheme(value: unknown): Theme {
  return THEMES.includes(value) ? (value as Theme) : 'system';
}

function within(value: unknown, least: number, most: number): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return Math.min(most, Math.max(least, value));
}
