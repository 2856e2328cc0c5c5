import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { failure } from '../engine/failures.ts';
import { SCRIPTED_ADAPTER } from '../engine/scripted.ts';
import { TINY } from './scripted.ts';

const SECRET = 'my-secret-words';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', { userAgent: 'Browser/1', hardwareConcurrency: 8, onLine: true });
  for (const name of ['APP_VERSION', 'APP_COMMIT', 'ENGINE_VERSION']) vi.stubGlobal(name, name);
});

/** A page on which the secret was typed, generated, and repeated by every error that can repeat it. */
async function leakyPage() {
  const { script } = await import('./scripted.ts');
  const failGenerate = failure('bad-request', { detail: `unsupported content: ${SECRET}` });
  script({ stored: [TINY.variant.id], engine: { pieces: [SECRET, SECRET], failGenerate, failAt: 1 } });
  const { change } = await import('./settings.ts');
  change({ systemPrompt: SECRET });
  const { openModel } = await import('./session.ts');
  await openModel(TINY);
  const { send } = await import('./playground.ts');
  const { setDraft } = await import('./draft.ts');
  await send(SECRET);
  setDraft(SECRET);
  const faults = await import('./faults.ts');
  faults.noteStray(new TypeError(`cannot read ${SECRET}`));
  faults.noteStray(SECRET);
  faults.noteFault('benchmark', { code: 'unknown', detail: SECRET });
  const { turns } = await import('./conversation.ts');
  expect(JSON.stringify(turns.value)).toContain(SECRET);
  return faults;
}

async function report() {
  const { collectFacts, writeReport } = await import('./diagnostics.ts');
  return writeReport(await collectFacts());
}

test('nothing that was typed or generated gets into the report', async () => {
  await leakyPage();
  const text = await report();
  expect(text).not.toContain(SECRET);
  expect(text).toContain('answer: bad-request');
  expect(text).toContain('page: TypeError');
  expect(text).toContain('page: string');
  expect(text).toContain('hasSystemPrompt: true');
});

test('the report tells versions, adapter, session, storage and the errors of loads in the words of the machine', async () => {
  const { script } = await import('./scripted.ts');
  script({ engine: { failLoad: failure('out-of-memory', { detail: 'createBuffer failed' }) } });
  const { gpu } = await import('./gpu.ts');
  gpu.value = {
    state: 'no-f16',
    usable: true,
    notes: [],
    adapter: SCRIPTED_ADAPTER,
    deviceMemoryGb: 8,
    timerStepMs: 0.1,
  };
  const { openModel } = await import('./session.ts');
  await openModel(TINY);
  const text = await report();
  for (const part of [
    'Runs Here APP_VERSION (APP_COMMIT), web-llm ENGINE_VERSION',
    'vendor: scripted',
    'state: failed',
    'code: out-of-memory',
    'model: tiny-q4f32_1',
    'memoryGb: 8',
    'load: out-of-memory; createBuffer failed',
  ])
    expect(text).toContain(part);
});

test('faults are kept from visit to visit, the latest twenty', async () => {
  const first = await import('./faults.ts');
  for (let n = 0; n < 25; n++) first.noteFault('load', { code: 'unknown', detail: `number ${n}` });
  first.noteFault('load', { code: 'aborted', detail: undefined });
  await vi.waitFor(async () => {
    vi.resetModules();
    const next = await import('./faults.ts');
    const details = (await next.recentFaults()).map(({ detail }) => detail);
    expect(details).toHaveLength(20);
    expect(details.at(-1)).toBe('number 24');
  });
});

test.each([null, {}, [{ atMs: 'x' }], [{ atMs: 1, where: 'moon', code: 'unknown' }]])(
  'kept faults that make no sense are left out: %j',
  async (kept) => expect((await import('./faults.ts')).parseFaults(kept) ?? []).toEqual([]),
);
