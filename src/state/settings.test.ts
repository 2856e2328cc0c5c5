import { expect, test } from 'vitest';
import { DEFAULTS, parseSettings, type Settings } from './settings.ts';

test('settings come back as they were', () => {
  const own: Settings = {
    theme: 'dark',
    temperature: 0,
    topP: 0.9,
    maxTokens: 64,
    systemPrompt: 'Be brief.',
    thinkFirst: false,
  };
  expect(parseSettings(structuredClone(own))).toEqual(own);
});

test('a field that makes no sense gets its default, or the nearest that does', () => {
  expect(parseSettings(null)).toBeNull();
  expect(parseSettings({})).toEqual(DEFAULTS);
  expect(
    parseSettings({ theme: 'pink', temperature: 9, topP: -1, maxTokens: Number.NaN, systemPrompt: 4 }),
  ).toEqual({
    ...DEFAULTS,
    temperature: 2,
    topP: 0.01,
  });
});
