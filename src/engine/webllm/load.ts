import type { AppConfig, MLCEngine, MLCEngineConfig } from '@mlc-ai/web-llm';
import { LIBRARY_PATH, storedFolder, storedUrl } from '../../weights/address.ts';
import type { LoadProgress, Variant } from '../engine.ts';
import { engineError } from '../failures.ts';
import { readConfig, type ModelConfig } from './config.ts';
import type { DeviceWatch } from './device.ts';
import { LoadClock } from './progress.ts';
import { watchReading } from './reading.ts';
import type { Session } from './session.ts';
import { tapPipeline } from './tap.ts';
import { OPEN } from './thought.ts';

export interface LoadJob {
  createEngine: (config: MLCEngineConfig) => MLCEngine;
  watch: DeviceWatch;
  variant: Variant;
  importMs: number;
  onProgress: (progress: LoadProgress) => void;
}

/** Loads a stored variant. Throws whatever web-llm throws; `explain` knows what to make of it. */
export async function loadModel(job: LoadJob): Promise<Session> {
  const { createEngine, watch, variant, importMs, onProgress } = job;
  const clock = new LoadClock(onProgress);
  const config = await readConfig(variant);
  const engine = createEngine({
    appConfig: appConfig(variant, config),
    initProgressCallback: (report) => clock.report(report),
    logLevel: 'SILENT', // every failure is reported by us, once
  });
  const stop = await watchReading((ms) => clock.waited(ms));
  await watch
    .race(engine.reload(variant.id))
    .catch((error: unknown) => blameLibrary(error, variant.id))
    .finally(stop);
  const { facts } = watch;
  // A reload can resolve though it was cut short, so ask something that only a loaded model answers.
  await engine.getMessage(variant.id);
  if (!facts) throw engineError('engine-crashed', { detail: 'a model was loaded without a GPU device' });
  const tap = tapPipeline(engine, variant.id);
  return {
    engine,
    config,
    variant,
    tap,
    cacheForeign: false,
    loaded: {
      variant: variant.id,
      adapter: facts,
      engine: { name: 'web-llm', version: ENGINE_VERSION.replace(/^\D+/, '') },
      loadMs: clock.finish(importMs),
      firstTokenMs: null,
      contextTokens: config.contextTokens,
      vocabularySize: config.vocabularySize,
      canThink: tap && tap.lengthOf(OPEN) === 1,
    },
  };
}

/**
 * Given a module that is no model library, web-llm fails with a TypeError about something undefined, as it does for
 * other mistakes in a model. Whether the library is to blame can be seen from what it exports.
 */
async function blameLibrary(error: unknown, id: string): Promise<never> {
  if (error instanceof TypeError && !(await isLibrary(id))) {
    throw engineError('library-invalid', { detail: String(error) });
  }
  throw error;
}

async function isLibrary(id: string): Promise<boolean> {
  const cache = await caches.open('webllm/wasm');
  const stored = await cache.match(storedUrl(id, LIBRARY_PATH));
  if (!stored) return true;
  const module = await WebAssembly.compile(await stored.arrayBuffer());
  return WebAssembly.Module.exports(module).some(({ name }) => name === 'TVMWasmAllocSpace');
}

/** One record, with addresses that only the store can answer. */
function appConfig(variant: Variant, config: ModelConfig): AppConfig {
  return {
    cacheBackend: 'cache',
    model_list: [
      {
        model_id: variant.id,
        model: storedFolder(variant.id),
        model_lib: storedUrl(variant.id, LIBRARY_PATH),
        overrides: config.overrides,
        required_features: variant.features,
        ...(variant.manifest !== undefined && { model_manifest: variant.manifest }),
      },
    ],
  };
}
