import { expect, type BrowserContext } from '@playwright/test';

/**
 * Everything that pages and workers complain about. A journey fails on any complaint that it did not announce: an
 * error on the console is a defect even where the page looks right.
 */
export class Complaints {
  readonly #seen: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on('console', (message) => {
      if (message.type() === 'error')
        this.#seen.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#seen.push(`uncaught: ${error.error().stack ?? error.error()}`));
    context.on('page', (page) => page.on('crash', () => this.#seen.push(`crashed: ${page.url()}`)));
  }

  /** Says that a complaint is part of the journey. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  /** @throws when there were others than the expected ones */
  check(): void {
    const others = this.#seen.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
    expect(others, 'errors on the console').toEqual([]);
  }
}
