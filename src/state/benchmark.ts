import type { Plan } from '../bench/plan.ts';
import type { Check, ModelFacts, Result } from '../bench/result.ts';
import type { Observer } from '../bench/run.ts';
import { modelOf } from '../engine/catalog.ts';
import type { Engine } from '../engine/engine.ts';
import { engineError } from '../engine/failures.ts';
import { during } from './crash.ts';
import { doors } from './doors.ts';
import { noteFault } from './faults.ts';
import { keepResult, type Entry } from './history.ts';
import { bench, benchFailure, benchStep, isMeasuring } from './measuring.ts';
import { notify } from './notices.ts';
import { placeOf } from './place.ts';
import { go, route, type MeasureRoute, type Route } from './route.ts';
import { fetchedMs, loaded, session, stopWork, target, useEngine, type Target } from './session.ts';
import { storedModels } from './stored.ts';
import { Surroundings } from './surroundings.ts';
import { toEngineError } from './thrown.ts';

/**
 * Run a plan, or else the fixed short one, on the model that is loaded, and show its report. Resolves to what was kept, null when
 * nothing was; a failure is told by the signals and never thrown.
 */
export async function measureModel(chosen: Plan | null = null): Promise<Entry | null> {
  const wanted = target.value;
  if (session.value !== 'ready' || !wanted) return null;
  bench.value = 'running';
  benchFailure.value = null;
  benchStep.value = null;
  go({ page: 'measure', result: null, ...wishOf(route.value) });
  try {
    const plan = chosen ?? (await import('../bench/plan.ts')).MEASURE;
    const measure = () =>
      useEngine((engine, stopped, recover) => runMeasure(engine, { wanted, plan, stopped, recover }));
    return await finish(await during('benchmark', wanted, measure));
  } catch (error) {
    benchFailure.value = toEngineError(error);
    noteFault('benchmark', benchFailure.value);
    bench.value = 'failed';
    return null;
  } finally {
    benchStep.value = null;
  }
}

/** End the benchmark early. */
export function cancelMeasuring(): void {
  if (isMeasuring.value) stopWork();
}

/** The plan stays in the address, for the next measurement and for a reload. */
function wishOf(here: Route): Pick<MeasureRoute, 'plan'> {
  return here.page === 'measure' && here.plan ? { plan: here.plan } : {};
}

interface Job {
  wanted: Target;
  plan: Plan;
  stopped: AbortSignal;
  recover: () => Promise<void>;
}

async function runMeasure(engine: Engine, job: Job): Promise<Result> {
  const around = await Surroundings.start();
  try {
    return await runPlan(engine, job, around);
  } finally {
    around.stop();
  }
}

async function runPlan(engine: Engine, { wanted, plan, stopped, recover }: Job, around: Surroundings) {
  const [{ run }, { bytesOf, memoryOf }] = await Promise.all([
    import('../bench/run.ts'),
    import('./roofline.ts'),
  ]);
  const adapter = engine.describe()?.adapter;
  const bandwidth = adapter ? await memoryOf(adapter, isLong(plan), stopped) : null;
  return run(engine, plan, {
    model: { ...factsOf(wanted), ...(await bytesOf(wanted.variant.id)) },
    place: placeOf(bandwidth),
    downloadMs: fetchedMs.value && Math.round(fetchedMs.value),
    startedUtc: new Date().toISOString(),
    observer: { ...follow(plan), runFinished: () => void around.look() },
    signal: stopped,
    watch: around,
    circumstances: () => around.circumstances(),
    timer,
    recover,
    check: (checked, stop) => checkAnswers(checked, wanted, stop),
  });
}

/** A plan that takes minutes has the seconds that it takes to measure the memory too. */
function isLong({ preset }: Plan): boolean {
  return preset === 'standard' || preset === 'thorough';
}

async function finish(result: Result): Promise<Entry | null> {
  const measured = result.cases.some(({ runs }) => runs.some((run) => !run.warmup && !run.invalid));
  if (result.aborted && !measured) {
    bench.value = 'idle';
    notify('The measurement was cancelled before its first run was over.');
    return null;
  }
  const entry = await keepResult(result);
  const wrong = result.check?.verdict === 'fail';
  if (wrong) benchFailure.value = engineError('wrong-output');
  bench.value = wrong ? 'failed' : 'done';
  go({ page: 'measure', result: entry.id, ...wishOf(route.value) });
  return entry;
}

/** Against the golden answers where the model carries them, else against itself. */
async function checkAnswers(engine: Engine, wanted: Target, stopped?: AbortSignal): Promise<Check> {
  const [{ check }, { selfConsistency }] = await Promise.all([
    import('../bench/check.ts'),
    import('../bench/consistency.ts'),
  ]);
  const { readGolden } = await import('../bench/golden.ts');
  const { id, golden: path } = wanted.variant;
  const golden = path === undefined ? null : await readGolden(() => doors.weights().readText(id, path));
  if (golden) return check(engine, golden, { signal: stopped });
  const known = modelOf(id);
  return selfConsistency(engine, { knows: known !== null, thinks: known?.thinks ?? false, signal: stopped });
}

function follow(plan: Plan): Observer {
  const done: string[] = [];
  return {
    planStarted: () => (benchStep.value = { plan, case: null, warmup: false, number: 0, done: [] }),
    runStarted: (c, { warmup, number }) =>
      (benchStep.value = { plan, case: c, warmup, number, done: [...done] }),
    caseFinished: ({ case: { name } }) => void done.push(name),
  };
}

function factsOf({ variant }: Target): Omit<ModelFacts, 'bytesPerToken' | 'kvBytesPerToken'> {
  return {
    variant: variant.id,
    quantization: variant.quantization,
    sizeBytes: storedModels.value.find(({ id }) => id === variant.id)?.totalBytes ?? variant.sizeBytes,
    contextTokens: loaded.value?.contextTokens ?? variant.contextTokens,
  };
}

function timer(ms: number, call: () => void): () => void {
  const running = setTimeout(call, ms);
  return () => clearTimeout(running);
}
