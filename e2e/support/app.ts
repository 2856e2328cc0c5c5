import { expect, type Locator, type Page } from '@playwright/test';

export type Session = 'absent' | 'downloading' | 'loading' | 'ready' | 'busy' | 'failed';

/** Loading the demo model on a software GPU of a busy machine. */
const LOAD_MS = 150_000;
/** Its longest answer. */
const ANSWER_MS = 120_000;

/** The app as a visitor knows it: by the names of its controls. */
export class App {
  readonly page: Page;
  readonly url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
  }

  /** @param address query and hash, e.g. `?model=...` */
  async open(address = ''): Promise<void> {
    await this.page.goto(this.url + address);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  root(): Locator {
    return this.page.locator('html');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  message(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  log(): Locator {
    return this.page.getByRole('log');
  }

  /** One of the live figures, by its term. */
  figure(term: 'TTFT' | 'Prefill' | 'Decode' | 'Tokens'): Locator {
    const speed = this.page.getByRole('region', { name: 'Speed' });
    return speed.locator('dt', { hasText: new RegExp(`^${term}`) }).locator('xpath=following-sibling::dd[1]');
  }

  /** The first number in a figure; NaN while there is none. */
  async number(term: Parameters<App['figure']>[0]): Promise<number> {
    return parseFloat(/[\d.]+/.exec((await this.figure(term).innerText()).replace(/,/g, ''))?.[0] ?? '');
  }

  async expectSession(state: Session, timeout = LOAD_MS): Promise<void> {
    await expect(this.root()).toHaveAttribute('data-session', state, { timeout });
  }

  /** Runs the demo model and waits until its first answer, which the page asks for by itself, is complete. */
  async runDemo(): Promise<void> {
    await this.button('Run the demo model').click();
    await this.expectAnswer();
  }

  /** On a page whose address asks for a model: agrees to load it. */
  async loadAsked(): Promise<void> {
    await this.button('Download and load it').click();
  }

  /** Waits for the text of the latest answer, and for its end. */
  async expectAnswer(): Promise<void> {
    await expect(this.log()).toHaveText(/\S/, { timeout: LOAD_MS });
    await this.expectSession('ready', ANSWER_MS);
  }

  async ask(text: string): Promise<void> {
    await this.message().fill(text);
    await this.button('Send').click();
  }

  /** Failed, with this code, in words that a person can act on. */
  async expectFailure(code: string): Promise<void> {
    await this.expectSession('failed');
    await expect(this.root()).toHaveAttribute('data-code', code);
    await expect(this.page.getByRole('alert').first()).toHaveText(/\w+.*\./);
  }
}
