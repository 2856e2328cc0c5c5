// oxlint-disable-next-line typescript/triple-slash-reference -- tests are checked without the page's own list of files
/// <reference path="../build.d.ts" />
import { readLimits } from '../gpu/limits.ts';
import type { Probe } from '../gpu/probe.ts';
import { isShellKept } from '../offline.ts';
import { recentFaults, type Fault } from './faults.ts';
import { gpu } from './gpu.ts';
import { isOnline } from './network.ts';
import { failure, loaded, session, target } from './session.ts';
import { settings } from './settings.ts';
import { isKept, storedModels } from './stored.ts';

/**
 * What a bug report tells. Every field is named here one by one: no prompt, no conversation, no system prompt and no
 * model output has a place in it.
 */
export interface Facts {
  atUtc: string;
  app: { version: string; commit: string; engine: string };
  browser: Record<string, string | number | boolean | null>;
  probe: Probe | null;
  limits: Record<string, number> | null;
  session: Record<string, string | number | boolean | null>;
  storage: Record<string, string | number | boolean | null>;
  models: { id: string; state: string; storedBytes: number; totalBytes: number | null }[];
  worker: Record<string, string | boolean | null>;
  faults: readonly Fault[];
}

export async function collectFacts(): Promise<Facts> {
  return {
    atUtc: new Date().toISOString(),
    app: { version: APP_VERSION, commit: APP_COMMIT, engine: ENGINE_VERSION },
    browser: browserFacts(),
    probe: gpu.value,
    limits: await readLimits(),
    session: sessionFacts(),
    storage: await storageFacts(),
    models: storedModels.value.map(({ id, state, storedBytes, totalBytes }) => {
      return { id, state, storedBytes, totalBytes };
    }),
    worker: await workerFacts(),
    faults: await recentFaults(),
  };
}

function browserFacts(): Facts['browser'] {
  const { userAgent, hardwareConcurrency } = navigator;
  return {
    userAgent,
    cores: hardwareConcurrency,
    memoryGb: gpu.value?.deviceMemoryGb ?? null,
    secure: globalThis.isSecureContext ?? false,
    crossOriginIsolated: globalThis.crossOriginIsolated ?? false,
    timerStepMs: gpu.value?.timerStepMs ?? null,
    online: isOnline.value,
  };
}

function sessionFacts(): Facts['session'] {
  const { temperature, topP, maxTokens, systemPrompt } = settings.value;
  return {
    state: session.value,
    code: failure.value?.code ?? null,
    model: target.value?.variant.id ?? null,
    contextTokens: loaded.value?.contextTokens ?? null,
    temperature,
    topP,
    maxTokens,
    hasSystemPrompt: systemPrompt !== '',
  };
}

async function storageFacts(): Promise<Facts['storage']> {
  const storage = globalThis.navigator?.storage;
  const estimate = await storage?.estimate?.().catch(() => null);
  return {
    kept: isKept.value,
    persisted: (await storage?.persisted?.().catch(() => null)) ?? null,
    usageBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
  };
}

async function workerFacts(): Promise<Facts['worker']> {
  const container = globalThis.navigator?.serviceWorker;
  const registration = await container?.getRegistration().catch(() => undefined);
  return {
    supported: container !== undefined,
    controls: Boolean(container?.controller),
    active: registration?.active?.state ?? null,
    waiting: registration?.waiting?.state ?? null,
    shellKept: await isShellKept(),
  };
}

/** The report as text for an issue. */
export function writeReport({ app, atUtc, probe, ...facts }: Facts): string {
  const { version, commit, engine } = app;
  return [
    `Runs Here ${version} (${commit}), web-llm ${engine}, ${atUtc}`,
    section('Browser', pairs(facts.browser)),
    section('GPU', gpuLines(probe)),
    section('Limits', facts.limits ? pairs(facts.limits) : ['no adapter']),
    section('Session', pairs(facts.session)),
    section('Storage', [...pairs(facts.storage), ...facts.models.map(modelLine)]),
    section('Service worker', pairs(facts.worker)),
    section('Latest faults', facts.faults.length > 0 ? facts.faults.map(faultLine) : ['none']),
  ].join('\n\n');
}

function section(title: string, lines: string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function pairs(record: Record<string, unknown>): string[] {
  return Object.entries(record).map(([key, value]) => `${key}: ${value ?? 'not known'}`);
}

function gpuLines(probe: Probe | null): string[] {
  if (!probe) return ['not looked at yet'];
  const { adapter, state } = probe;
  if (!adapter) return [`state: ${state}`];
  const { vendor, architecture, device, description, software, features } = adapter;
  return [
    `state: ${state}`,
    ...pairs({ vendor, architecture, device, description, software }),
    `features: ${features.join(' ')}`,
  ];
}

function modelLine({ id, state, storedBytes, totalBytes }: Facts['models'][number]): string {
  return `${id}: ${state}, ${storedBytes} of ${totalBytes ?? 'unknown'} bytes`;
}

function faultLine({ atMs, where, code, detail }: Fault): string {
  return `${new Date(atMs).toISOString()} ${where}: ${code}${detail ? `; ${detail}` : ''}`;
}
