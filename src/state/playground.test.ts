import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { failure } from '../engine/failures.ts';
import { TINY, type Scripts } from './scripted.ts';
import type { Target } from './session.ts';

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => setTimeout(frame, 0));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});

/** Tokens come one by one, so that their text has arrived before anything else happens. */
const SLOW = { sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)), tokenMs: 20 };
const PIECES = ['Once ', 'upon ', 'a ', 'time.'];

/** A model that thinks; the script says what. */
const THINKER: Target = { ...TINY, model: { ...TINY.model, thinks: true } };

async function ready(engine: Scripts['engine'] = {}, model = TINY) {
  const { script } = await import('./scripted.ts');
  const seen = script({ stored: [TINY.variant.id], engine: { pieces: PIECES, ...engine } });
  const session = await import('./session.ts');
  const playground = await import('./playground.ts');
  const conversation = await import('./conversation.ts');
  const live = await import('./live.ts');
  await session.openModel(model);
  return { ...session, ...playground, ...conversation, ...live, seen };
}

test('a question is answered, with its figures', async () => {
  const page = await ready();
  await page.send('  A story?  ');
  expect(page.turns.value.map(({ role, text }) => [role, text])).toEqual([
    ['user', 'A story?'],
    ['assistant', 'Once upon a time.'],
  ]);
  expect(page.turns.value[1]).toMatchObject({ modelName: 'Tiny', finish: 'stop', tokens: 4 });
  expect(page.lastTokens.value).toBe(4);
  expect(page.contextUse.value).toEqual({ used: 4, total: 128 });
  expect(page.session.value).toBe('ready');
  expect(page.liveText.value).toBeNull();
});

test('nothing is sent while the model is busy, or without words', async () => {
  const page = await ready();
  await page.send('   ');
  const first = page.send('One');
  await page.send('Two');
  await first;
  expect(page.turns.value.map(({ text }) => text)).toEqual(['One', 'Once upon a time.']);
});

test('Stop keeps what was written', async () => {
  const long = Array.from({ length: 200 }, () => 'more ');
  const page = await ready({ ...SLOW, pieces: long });
  const sent = page.send('A story?');
  await vi.waitFor(() => expect(page.liveSpeed.value?.tokens).toBeGreaterThan(0));
  page.stop();
  await sent;
  const answer = page.turns.value.at(-1);
  expect(answer?.finish).toBe('aborted');
  expect(long.join('').startsWith(answer?.text ?? 'nothing')).toBe(true);
});

test('an answer that breaks off is kept with its reason, and can be asked for again', async () => {
  const page = await ready({ ...SLOW, failGenerate: failure('device-lost'), failAt: 2 });
  const broken = page.seen.host();
  await page.send('A story?');
  expect(page.turns.value.at(-1)).toMatchObject({ text: 'Once upon ', failure: { code: 'device-lost' } });
  await vi.waitFor(() => expect(page.session.value).toBe('ready'));
  expect(page.seen.host(), 'a fresh worker').not.toBe(broken);

  page.seen.host().script.failGenerate = undefined;
  await page.askAgain();
  expect(page.turns.value.map(({ text }) => text)).toEqual(['A story?', 'Once upon a time.']);
});

test('an answer that broke off can be gone on with; what was written stays', async () => {
  const page = await ready({ ...SLOW, failGenerate: failure('worker-died'), failAt: 2 });
  await page.send('A story?');
  await vi.waitFor(() => expect(page.session.value).toBe('ready'));
  page.seen.host().script.failGenerate = undefined;
  await page.goOn();
  expect(page.turns.value.map(({ text }) => text)).toEqual([
    'A story?',
    'Once upon ',
    expect.stringContaining('Go on'),
    'Once upon a time.',
  ]);
});

test('the conversation is there again after a reload, and a new chat can be undone', async () => {
  const page = await ready();
  await page.send('A story?');
  await vi.waitFor(async () => {
    vi.resetModules();
    const again = await import('./conversation.ts');
    await again.restoreConversation();
    expect(again.turns.value).toHaveLength(2);
  });
  const notices = await import('./notices.ts');
  const conversation = await import('./conversation.ts');
  await conversation.restoreConversation();
  conversation.clearTurns();
  expect(conversation.turns.value).toEqual([]);
  notices.act(notices.notices.value.at(-1)!.id);
  expect(conversation.turns.value).toHaveLength(2);
});

test('an answer that a killed page broke off is there again, as far as it had come', async () => {
  const page = await ready({ ...SLOW, pieces: Array.from({ length: 400 }, () => 'more ') });
  const sent = page.send('A story?');
  let restored: (typeof page.turns.value)[number] | undefined;
  await vi.waitFor(async () => {
    vi.resetModules(); // as a reload that happens in the middle
    const again = await import('./conversation.ts');
    await again.restoreConversation();
    restored = again.turns.value.at(-1);
    expect(restored?.role).toBe('assistant');
  });
  expect(restored).toMatchObject({
    interrupted: true,
    text: expect.stringMatching(/^more /),
    modelName: 'Tiny',
  });
  page.stop();
  await sent;
  expect(page.turns.value.at(-1)).toMatchObject({ interrupted: false, finish: 'aborted' });
});

test.each([
  ['a model that thinks, told not to', THINKER, false, false, 512],
  ['a model that thinks, left alone', THINKER, true, undefined, 2560],
  ['a model that does not think', TINY, false, undefined, 512],
  [
    'a model of which nothing is known',
    { ...TINY, model: { ...TINY.model, thinks: null } },
    false,
    undefined,
    512,
  ],
])('what is asked of %s', async (_what, model, thinkFirst, thinking, maxTokens) => {
  const page = await ready({}, model);
  const { change } = await import('./settings.ts');
  change({ thinkFirst });
  const asked = vi.spyOn(page.seen.host(), 'generate');
  await page.send('Well?');
  expect(asked.mock.calls[0]?.[0]).toMatchObject({ maxTokens });
  expect(asked.mock.calls[0]?.[0].thinking).toBe(thinking);
  expect(page.canThink.value).toBe(model.model.thinks ?? false);
});

test('how long it thought is kept with the answer, and told while it lasts', async () => {
  const pieces = ['<think>', 'Let ', 'me ', 'see.', '</think>', 'Yes.'];
  const thought = { tokens: 5, answerMs: 1500 };
  let ms = 0;
  const now = () => 1000 + 100 * ms++;
  const page = await ready({ pieces, ...SLOW, tokenMs: 120, thought, now }, THINKER);
  const sent = page.send('Well?');
  await vi.waitFor(() => expect(page.liveThought.value?.tokens).toBeGreaterThan(1));
  expect(page.isThinking.value).toBe(true);
  await sent;
  expect(page.liveThought.value).toBeNull();
  expect(page.turns.value.at(-1)?.thought).toEqual({ ms: 400, tokens: 5 });
});
