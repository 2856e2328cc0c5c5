import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Prints, after the last test, how many faults were provoked, survived, and cost somebody data. */
export default class FaultFigure implements Reporter {
  #provoked = 0;
  #survived = 0;
  #lost: string[] = [];

  onTestEnd({ annotations }: TestCase, { status }: TestResult): void {
    const faults = annotations.filter(({ type }) => type === 'fault').length;
    this.#provoked += faults;
    if (status === 'passed') this.#survived += faults;
    for (const { type, description = '' } of annotations) if (type === 'lost') this.#lost.push(description);
  }

  onEnd(): void {
    if (this.#provoked === 0) return;
    const lost = this.#lost.length > 0 ? ` (${this.#lost.join(', ')})` : '';
    console.log(
      `\nFaults provoked ${this.#provoked} / survived ${this.#survived} / data lost ${this.#lost.length}${lost}`,
    );
  }

  printsToStdio(): boolean {
    return false;
  }
}
