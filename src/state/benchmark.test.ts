import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Script } from '../bench/scripted.ts';
import type { EngineClient } from '../engine/client.ts';
import { TINY } from './scripted.ts';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0' });
  vi.stubGlobal('document', {
    visibilityState: 'visible',
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });
});

async function ready(behaviour: Partial<Script> = {}) {
  const { script } = await import('./scripted.ts');
  const { doors } = await import('./doors.ts');
  const { openModel, session } = await import('./session.ts');
  const benchmark = { ...(await import('./benchmark.ts')), ...(await import('./measuring.ts')) };
  const { history } = await import('./history.ts');
  const { ScriptedEngine } = await import('../bench/scripted.ts');
  script({ stored: [TINY.variant.id] });
  const engine = Object.assign(new ScriptedEngine(behaviour), { preload: () => undefined });
  doors.engine = () => engine as EngineClient;
  await openModel(TINY);
  return { ...benchmark, session, history };
}

test('a measurement ends with a result that is kept, and read again after a reload', async () => {
  const page = await ready();
  const steps: string[] = [];
  page.benchStep.subscribe(
    (step) => void (step?.case && steps.push(`${step.case.name} ${step.warmup ? 'w' : ''}${step.number}`)),
  );
  const done: string[] = [];
  page.benchStep.subscribe((step) => void (step?.case && done.push(step.done.join())));
  await page.measureModel();
  expect(page.bench.value).toBe('done');
  expect(page.session.value).toBe('ready');
  expect(steps).toEqual(
    ['w1', '1', '2', '3'].flatMap((run) => ['pp128', 'tg64'].map((name) => `${name} ${run}`)),
  );
  expect(done).toEqual(['', '', '', '', '', '', '', 'pp128']);
  expect(page.history.value[0]?.result).toMatchObject({ check: { verdict: 'pass' }, aborted: false });

  vi.resetModules();
  const again = await import('./history.ts');
  await again.restoreHistory();
  expect(again.history.value).toEqual(page.history.value);
});

test('a model that contradicts itself gets no speed, and the page says wrong-output', async () => {
  let answers = 0;
  const page = await ready({
    spoil: (generation) => ({
      ...generation,
      text: `${generation.text}${(answers += 1)}`,
      tokens: generation.tokens && [answers],
    }),
  });
  await page.measureModel();
  expect(page.bench.value).toBe('failed');
  expect(page.benchFailure.value?.code).toBe('wrong-output');
  expect(page.history.value[0]?.result.cases.every(({ runs }) => runs.length === 0)).toBe(true);
});

test('a measurement cancelled at once leaves nothing, and the model ready', async () => {
  const page = await ready();
  page.session.subscribe((word) => word === 'busy' && page.cancelMeasuring());
  await page.measureModel();
  expect(page.bench.value).toBe('idle');
  expect(page.session.value).toBe('ready');
  expect(page.history.value).toEqual([]);
});

test('a measurement cancelled on its way keeps what is finished, by the plan that was chosen', async () => {
  const page = await ready();
  const { QUICK } = await import('../bench/plan.ts');
  page.benchStep.subscribe((step) => {
    if (step?.case?.kind === 'tg' && step.number === 3) page.cancelMeasuring();
  });
  await page.measureModel({ ...QUICK, cases: QUICK.cases.slice(0, 2), preset: 'custom' });
  expect(page.bench.value).toBe('done');
  const [kept] = page.history.value;
  expect(kept?.result.aborted).toBe(true);
  expect(kept?.result.cases.map(({ runs }) => runs.filter((run) => !run.invalid).length)).toEqual([4, 3]);
});

test('a long plan measures the memory before its first run, and a short one takes what is known', async () => {
  const page = await ready();
  const { doors } = await import('./doors.ts');
  const { STANDARD } = await import('../bench/plan.ts');
  const given = { bytesPerS: 1e11, samplesBytesPerS: [], bufferBytes: 1, submitMs: 0.1 };
  let asked = 0;
  doors.bandwidth = async () => {
    asked += 1;
    return given;
  };
  await page.measureModel();
  expect(page.history.value[0]?.result.bandwidth).toBeNull();
  await page.measureModel(STANDARD);
  await page.measureModel();
  expect(asked).toBe(1);
  expect(page.history.value[0]?.result.bandwidth).toEqual({ bytesPerS: 1e11, submitMs: 0.1 });
});

test('a device lost on the way is made up for in a fresh worker, and the plan is measured to its end', async () => {
  const page = await ready({ fail: (run) => (run === 10 ? 'device-lost' : null) });
  await page.measureModel();
  expect(page.bench.value).toBe('done');
  expect(page.session.value).toBe('ready');
  const runs = page.history.value[0]!.result.cases.flatMap((c) => c.runs);
  expect(runs.filter((run) => run.invalid?.code === 'device-lost')).toHaveLength(1);
  expect(page.history.value[0]!.result.cases.map((c) => c.stopped)).toEqual([null, null]);
});

test('a device that is lost again and again ends the plan, keeps what is finished, and the session says so', async () => {
  const page = await ready({ fail: (run) => (run >= 14 ? 'device-lost' : null) });
  await page.measureModel();
  expect(page.bench.value).toBe('done');
  expect(page.session.value).toBe('failed');
  const [pp, tg] = page.history.value[0]!.result.cases;
  expect(pp!.stopped).toBeNull();
  expect(tg!.stopped?.code).toBe('device-lost');
});
