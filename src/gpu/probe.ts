import type { AdapterFacts } from '../engine/engine.ts';
import { adapterFacts } from './adapter.ts';
import { adviseAdapter, adviseBrowser, adviseF16, platformOf, type Platform } from './advice.ts';
import { measureTimerStep } from './timer.ts';

/** What can be the matter, the worst first. With the last two, models still run. */
export const PROBE_STATES = [
  'no-webgpu',
  'no-adapter',
  'limits-too-small',
  'software',
  'no-f16',
  'ready',
] as const;
export type ProbeState = (typeof PROBE_STATES)[number];

/** One thing that is the matter, and what would work instead. */
export interface ProbeNote {
  state: Exclude<ProbeState, 'ready'>;
  message: string;
  hint: string;
}

export interface Probe {
  /** The worst of `notes`, or `ready`. */
  state: ProbeState;
  /** True when models can run at all. */
  usable: boolean;
  notes: ProbeNote[];
  /** Null without an adapter. */
  adapter: AdapterFacts | null;
  /** GB of memory of the whole device, rounded and capped by the browser; null where it does not tell. */
  deviceMemoryGb: number | null;
  /** Smallest step of `performance.now()` that was seen, in milliseconds; null if it stood still. */
  timerStepMs: number | null;
}

/** The parts of the browser that are looked at; tests put their own in its place. */
export interface Surroundings {
  userAgent: string;
  touch: boolean;
  secure: boolean;
  deviceMemoryGb: number | null;
  now: () => number;
}

/** What the engine asks of every adapter, whatever the model. web-llm 0.2.86, `detectGPUDevice`. */
const NEEDED = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxComputeWorkgroupStorageSize: 32_768,
  maxStorageBuffersPerShaderStage: 10,
} as const;

/** A browser that does not answer within this time has no adapter to give. */
const PATIENCE_MS = 10_000;

/** Looks at the GPU without creating a device. Never throws: whatever is the matter is in the result. */
export async function probe(
  gpu: GPU | undefined = globalThis.navigator?.gpu,
  around: Surroundings = surroundings(),
): Promise<Probe> {
  const platform = platformOf(around.userAgent, around.touch);
  const adapter = gpu ? await requestAdapter(gpu) : null;
  const facts = adapter && adapterFacts(adapter);
  const notes =
    facts && adapter ? adapterNotes(adapter, facts, platform) : [missingNote(gpu, platform, around.secure)];
  return {
    state: notes[0]?.state ?? 'ready',
    usable: notes.every(({ state }) => state === 'software' || state === 'no-f16'),
    notes,
    adapter: facts,
    deviceMemoryGb: around.deviceMemoryGb,
    timerStepMs: measureTimerStep(around.now),
  };
}

/** The same adapter that the engine will ask for; null also where asking fails or never ends. */
async function requestAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = new Promise<null>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, null)));
  try {
    return await Promise.race([gpu.requestAdapter({ powerPreference: 'high-performance' }), never]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function missingNote(gpu: GPU | undefined, platform: Platform, secure: boolean): ProbeNote {
  if (!gpu) {
    return {
      state: 'no-webgpu',
      message: 'This browser has no WebGPU.',
      hint: adviseBrowser(platform, secure),
    };
  }
  const message = 'This browser has WebGPU, but finds no GPU that it may use.';
  return { state: 'no-adapter', message, hint: adviseAdapter(platform) };
}

function adapterNotes(adapter: GPUAdapter, facts: AdapterFacts, platform: Platform): ProbeNote[] {
  const notes: ProbeNote[] = [];
  const small = smallLimit(adapter);
  if (small) notes.push({ state: 'limits-too-small', message: small, hint: adviseAdapter(platform) });
  if (facts.software) {
    const message = 'Graphics run in software on the CPU here: models work, but very slowly.';
    notes.push({ state: 'software', message, hint: adviseAdapter(platform) });
  }
  if (!facts.features.includes('shader-f16')) {
    const message = 'This GPU, or this browser, does not compute in 16-bit floats.';
    notes.push({ state: 'no-f16', message, hint: adviseF16(platform) });
  }
  return notes;
}

function smallLimit(adapter: GPUAdapter): string | null {
  for (const [name, needed] of Object.entries(NEEDED)) {
    const offered = adapter.limits[name as keyof typeof NEEDED];
    if (offered < needed) return `This GPU's ${name} is ${offered}, and the engine needs ${needed}.`;
  }
  return null;
}

function surroundings(): Surroundings {
  const { userAgent, maxTouchPoints, deviceMemory } = navigator as Navigator & { deviceMemory?: number };
  return {
    userAgent,
    touch: maxTouchPoints > 1,
    secure: isSecureContext,
    deviceMemoryGb: deviceMemory ?? null,
    now: () => performance.now(),
  };
}
