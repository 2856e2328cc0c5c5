import { createEngine, type EngineClient } from '../engine/client.ts';
import type { EngineError } from '../engine/engine.ts';
import type { measureBandwidthHere } from '../gpu/bandwidth-here.ts';
import { probe } from '../gpu/probe.ts';
import { createWeights } from '../weights/client.ts';
import type { Weights } from '../weights/weights.ts';

/** What the page acts through. The real ones are made when first asked for; tests put scripted ones in their place. */
export interface Doors {
  /** `onDeath` is told when the model is lost while nothing is asked of it. */
  engine(onDeath: (error: EngineError) => void): EngineClient;
  weights(): Weights;
  probe: typeof probe;
  /** Fetched when it is asked for. */
  bandwidth: typeof measureBandwidthHere;
}

let engine: EngineClient | null = null;
let weights: Weights | null = null;

export const doors: Doors = {
  engine: (onDeath) => (engine ??= createEngine({ onDeath })),
  weights: () => (weights ??= createWeights()),
  probe,
  bandwidth: async (options) => (await import('../gpu/bandwidth-here.ts')).measureBandwidthHere(options),
};
