import { signal } from '@preact/signals';

const KEY = 'runs-here-draft';

/**
 * What is being typed. It outlives a change of page and a reload: a new version of the app must not cost a sentence.
 * Each tab has its own, so it is kept where each tab has its own.
 */
export const draft = signal(restored());

export function setDraft(text: string): void {
  draft.value = text;
  try {
    if (text === '') sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, text);
  } catch {
    // Site data is blocked here, or the text is larger than what fits: it lasts as long as the page.
  }
}

function restored(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
