import { beforeEach, expect, test, vi } from 'vitest';
import { addCases, changeSetting, editedCases, editRefusal, linkOfPlan, removeCase } from './plan-editor.ts';
import { chosenKey, chosenPlan } from './plans.ts';
import { route } from './route.ts';

beforeEach(() => {
  vi.stubGlobal('location', { hash: '', href: 'https://host.example/app/?x=1#/measure' });
  route.value = { page: 'measure', result: null, plan: 'quick' };
  editRefusal.value = null;
});

const names = () => editedCases.value.map(({ name }) => name);

test('a change makes a preset an own plan, which stands in the address', () => {
  removeCase('chat64');
  expect(names()).toEqual(['pp512', 'tg128']);
  expect(chosenKey.value).toBe('pp512_tg128_w1_r5-10');
});

test('a case that is added back makes it the preset again', () => {
  removeCase('chat64');
  addCases('chat', 64, '');
  expect(chosenKey.value).toBe('quick');
});

test('several depths are a sweep; what is there already comes once', () => {
  addCases('tg', 128, '0, 512 2048');
  expect(names()).toEqual(['pp512', 'tg128', 'chat64', 'tg128@d512', 'tg128@d2048']);
});

test('runs stay in order: one bound takes the other along', () => {
  changeSetting('minRuns', 12);
  expect(chosenPlan.value).toMatchObject({ minRuns: 12, maxRuns: 12 });
  changeSetting('maxRuns', 2);
  expect(chosenPlan.value).toMatchObject({ minRuns: 2, maxRuns: 2 });
});

test('what makes no plan is refused in words, and changes nothing', () => {
  addCases('pp', 1.5, '0');
  expect(editRefusal.value).toContain('whole numbers');
  addCases('tg', 128, 'deep');
  expect(editRefusal.value).toContain('whole numbers');
  changeSetting('warmups', 9);
  expect(editRefusal.value).toContain('at most 5 warm-ups');
  for (const name of names()) removeCase(name);
  expect(editRefusal.value).toContain('1 to 16');
  expect(names()).toEqual(['chat64']);
  changeSetting('warmups', 2);
  expect(editRefusal.value).toBeNull();
});

test('a plan has a link of its own', () => {
  changeSetting('warmups', 2);
  expect(linkOfPlan()).toBe('https://host.example/app/#/measure?plan=pp512_tg128_chat64_w2_r5-10');
});
