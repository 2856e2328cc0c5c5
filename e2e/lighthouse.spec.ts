import { audit, CATEGORIES } from '../tools/lighthouse.mjs';
import { expect, test } from './support/test.ts';

const LEAST = 95;
/**
 * Whatever else a machine does makes a page slower and never faster, so the best of several visits tells most of the
 * page itself. More than one is only made when the first falls short.
 */
const MOST_VISITS = 5;

test('Lighthouse gives at least 95 for performance, accessibility and best practices', async ({ server }) => {
  const best: Record<string, number> = {};
  let last: Awaited<ReturnType<typeof audit>> | null = null;
  for (let visit = 0; visit < MOST_VISITS && !isGood(best); visit++) {
    last = await audit(server.url, 'desktop');
    expect(last.broken, 'audits that could not be made').toEqual([]);
    for (const name of CATEGORIES) best[name] = Math.max(best[name] ?? 0, last.scores[name] ?? 0);
    console.log(CATEGORIES.map((name) => `${name} ${last?.scores[name]}`).join(', '));
  }
  const short = last?.weak.join('; ');
  for (const name of CATEGORIES) expect.soft(best[name], `${name} (${short})`).toBeGreaterThanOrEqual(LEAST);
});

function isGood(scores: Record<string, number>): boolean {
  return CATEGORIES.every((name) => (scores[name] ?? 0) >= LEAST);
}
