import { expect, test } from 'vitest';
import type { Readiness } from '../weights/weights.ts';
import { planeLine, type Conditions } from './plane.ts';

const WHOLE: Readiness = {
  isReady: true,
  config: true,
  tokenizer: true,
  library: true,
  shardsVerified: 4,
  shardsTotal: 4,
  persistence: 'denied',
};
const HERE: Conditions = {
  shellKept: true,
  canKeepShell: true,
  isKept: true,
  isStored: true,
  persistence: 'granted',
};

test('it says ready only when all of it is there, and what the browser promised', () => {
  expect(planeLine(WHOLE, HERE)).toEqual({
    ready: true,
    text: 'Ready for the plane. The browser promised to keep it.',
  });
  expect(planeLine(WHOLE, { ...HERE, persistence: 'denied' }).text).toContain('may delete it');
  expect(planeLine(WHOLE, { ...HERE, persistence: null }).text).toContain('no promise');
});

test.each<[Partial<Readiness>, Partial<Conditions>, string]>([
  [{ shardsVerified: 3, isReady: false }, {}, '1 of its 4 shards'],
  [{ library: false, tokenizer: false, isReady: false }, {}, 'its tokenizer, its library'],
  [{ shardsVerified: 0, shardsTotal: null, isReady: false }, {}, 'the list of its weights'],
  [{ isReady: false }, {}, 'One of its files'],
  [{}, { shellKept: false }, 'app itself is not kept'],
  [{}, { shellKept: null }, 'still being looked at'],
  [{}, { canKeepShell: false }, 'does not keep the page'],
  [{}, { isKept: false }, 'keeps nothing'],
  [{}, { isStored: false }, 'only in memory'],
])('what is missing is named: %o %o', (readiness, conditions, words) => {
  const line = planeLine({ ...WHOLE, ...readiness }, { ...HERE, ...conditions });
  expect(line.ready).toBe(false);
  expect(line.text).toContain(words);
});
