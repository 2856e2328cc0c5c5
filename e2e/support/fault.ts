import { expect, test } from '@playwright/test';

/** Says that a fault was provoked for real. The reporter counts them; a test that passes has survived its faults. */
export function provoke(fault: string): void {
  test.info().annotations.push({ type: 'fault', description: fault });
}

/** Compares what was kept with what there was before a fault; what is missing is counted as lost. */
export function expectKept(what: string, now: unknown, before: unknown): void {
  try {
    expect(now, what).toEqual(before);
  } catch (error) {
    test.info().annotations.push({ type: 'lost', description: what });
    throw error;
  }
}
