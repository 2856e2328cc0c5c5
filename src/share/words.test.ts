import { describe, expect, it } from 'vitest';
import { PRESETS, presetPlan } from '../bench/plan.ts';
import { REASON_CODES } from '../bench/result.ts';
import { CATALOG } from '../engine/catalog.ts';
import { ERROR_CODES } from '../engine/engine.ts';
import { CASES, PLAN_NAMES, QUANTIZATIONS, REASONS, VARIANTS } from './words.ts';

describe('the words of links', () => {
  it('hold all variants and quantizations of the catalogue', () => {
    const variants = CATALOG.flatMap((model) => model.variants);
    for (const { id, quantization } of variants) {
      expect(VARIANTS).toContain(id);
      expect(QUANTIZATIONS).toContain(quantization);
    }
  });

  it('hold all reasons, presets and their cases', () => {
    for (const code of [...ERROR_CODES, ...REASON_CODES]) expect(REASONS).toContain(code);
    for (const name of PRESETS) {
      expect(PLAN_NAMES).toContain(name);
      for (const c of presetPlan(name, true).cases) expect(CASES).toContain(c.name);
    }
  });
});
