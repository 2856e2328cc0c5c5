import { beforeEach, expect, test, vi } from 'vitest';
import { STANDARD } from '../bench/plan.ts';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('location', { hash: '' });
});

async function at(address: string) {
  const { parseRoute, route } = await import('./route.ts');
  route.value = parseRoute(address);
  return { route, ...(await import('./plans.ts')) };
}

test('without a wish the short plan is chosen, and a choice stands in the address', async () => {
  const page = await at('#/measure/abc');
  expect([page.chosenKey.value, page.chosenPlan.value.preset]).toEqual(['measure', 'measure']);
  page.choosePlan('standard');
  expect(page.chosenPlan.value).toEqual(STANDARD);
  expect(location.hash).toBe('#/measure/abc?plan=standard');
});

test('an own plan of the address is offered beside the presets', async () => {
  const page = await at('#/measure?plan=pp128_tg64-d512_w1_r2-4');
  expect(page.offers.value.map(({ label }) => label)).toEqual([
    'Short',
    'Quick',
    'Standard',
    'Thorough',
    'Own plan',
  ]);
  expect(page.chosenPlan.value.cases.map(({ name }) => name)).toEqual(['pp128', 'tg64@d512']);
});

test('a plan that is none is told, and the short one stands in', async () => {
  const page = await at('#/measure?plan=pp0_<img>');
  expect(page.isPlanBroken.value).toBe(true);
  expect(page.chosenPlan.value.preset).toBe('measure');
});

test('a model of the catalogue is prepared, and nothing is fetched for it', async () => {
  const { script } = await import('./scripted.ts');
  const seen = script();
  const page = await at('#/measure?plan=quick&variant=Qwen3-0.6B-q4f16_1-MLC');
  expect(page.wanted.value?.target?.variant.id).toBe('Qwen3-0.6B-q4f16_1-MLC');
  expect(page.wanted.value).toMatchObject({ instead: null, isStored: false });
  expect(page.wanted.value?.sizeBytes).toBeGreaterThan(3e8);
  expect(seen.downloads).toEqual([]);
  page.dismissWanted();
  expect(page.wanted.value).toBeNull();
  expect(location.hash).toBe('#/measure?plan=quick');
});

test('a GPU without f16 gets the f32 variant, and is told so', async () => {
  const { gpu } = await import('./gpu.ts');
  const { sampleResult } = await import('../bench/samples.ts');
  const { adapter } = await sampleResult();
  gpu.value = {
    state: 'no-f16',
    usable: true,
    notes: [],
    adapter,
    deviceMemoryGb: null,
    timerStepMs: null,
  };
  const page = await at('#/measure?variant=Qwen3-0.6B-q4f16_1-MLC');
  expect(page.wanted.value?.target?.variant.id).toBe('Qwen3-0.6B-q4f32_1-MLC');
  expect(page.wanted.value?.instead).toContain('Compare with care');
});

test('a model may be asked for by its own name, and comes in the variant that runs here', async () => {
  const page = await at('#/measure?variant=qwen3.5-2b');
  expect(page.wanted.value?.target?.variant.id).toMatch(/^Qwen3\.5-2B-/);
  expect(page.wanted.value?.instead).toBeNull();
});

test('a model that nobody knows here is no target', async () => {
  const page = await at('#/measure?variant=%3Cb%3E');
  expect(page.wanted.value).toMatchObject({ id: '<b>', target: null, isStored: false });
});

test('the time of a plan is told by a forecast of the decode speed, until a result tells better', async () => {
  const { gpu } = await import('./gpu.ts');
  const { sampleResult } = await import('../bench/samples.ts');
  const result = await sampleResult();
  const { adapter } = result;
  gpu.value = { state: 'ready', usable: true, notes: [], adapter, deviceMemoryGb: null, timerStepMs: null };
  const page = await at('#/measure?plan=quick&variant=Qwen3-0.6B-q4f32_1-MLC');
  expect(page.chosenTime.value).toBeNull();
  const { expectation } = await import('./expected.ts');
  const speed = { lowTps: 20, highTps: 40, isMeasured: false };
  expectation.value = { ...expectation.value, speeds: new Map([['Qwen3-0.6B-q4f32_1-MLC', speed]]) };
  expect(page.chosenTime.value).toEqual({
    text: expect.stringMatching(/^\d+ to \d+ (s|min)$/),
    isMeasured: false,
  });
  const { history } = await import('./history.ts');
  const model = { ...result.model, variant: 'Qwen3-0.6B-q4f32_1-MLC' };
  history.value = [{ id: 'x', result: { ...result, model } }];
  expect(page.chosenTime.value).toMatchObject({ isMeasured: true });
});

test('depths are offered as far as the model reaches, and chosen they are no plan of its own', async () => {
  const page = await at('#/measure?variant=Qwen3-0.6B-q4f16_1-MLC');
  const depths = page.offers.value.find(({ label }) => label === 'Depths')!;
  expect(depths.text).toContain('tg64@d3072');
  page.choosePlan(depths.key);
  expect(page.chosenKey.value).toBe(depths.key);
  expect(page.chosenPlan.value.cases.length).toBe(5);
  expect(page.offers.value.map(({ label }) => label)).not.toContain('Own plan');
});

test('a preset ends with a thought where the catalogue says that the model thinks', async () => {
  const page = await at('#/measure?plan=quick&variant=Qwen3-0.6B-q4f16_1-MLC');
  expect(page.chosenPlan.value.cases.at(-1)?.name).toBe('think1024');
  expect(page.chosenPlan.value.preset).toBe('quick');
  expect(page.offers.value.map(({ text }) => text).slice(0, 3)).toEqual([
    'pp128, tg64, 3 runs each',
    'pp512, tg128, chat64, 5 to 10 runs each; think1024, one run',
    'pp128, pp512, tg128, tg128@d2048, chat128, 5 to 10 runs each; think1024, 3 runs',
  ]);
  const { removeCase, addCases } = await import('./plan-editor.ts');
  removeCase('think1024');
  expect(page.chosenKey.value).toBe('pp512_tg128_chat64_w1_r5-10');
  expect(page.offers.value.at(-1)?.label).toBe('Own plan');
  addCases('think', 1024, '512');
  expect(page.chosenKey.value).toBe('quick');
});

test('a model that does not think is asked for no thought, unless an own plan has one', async () => {
  const page = await at('#/measure?plan=quick&variant=demo-q4f32_1');
  expect(page.chosenPlan.value.cases.map(({ name }) => name)).toEqual(['pp512', 'tg128', 'chat64']);
  const { addCases } = await import('./plan-editor.ts');
  addCases('think', 256, '');
  expect(page.chosenKey.value).toBe('pp512_tg128_chat64_think256_w1_r5-10');
});
