import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TINY } from './scripted.ts';

const offline = {
  isUpdateWaiting: vi.fn(() => true),
  keepEngineOffline: vi.fn(async () => undefined),
  onUpdate: vi.fn<(listener: () => void) => void>(),
  registerOffline: vi.fn(async () => true),
  takeOver: vi.fn(async () => true),
};
vi.mock('../offline.ts', () => offline);

const NOTE = 'A new version of this page is ready.';
const LATER = expect.stringContaining('The new version comes when this page is opened next.');

let reload: ReturnType<typeof vi.fn>;
/** Work in other tabs, as the locks tell. */
let others: number;
/** Work of this tab, as the locks tell. */
let held: number;

beforeEach(() => {
  vi.resetModules();
  vi.clearAllMocks();
  offline.isUpdateWaiting.mockReturnValue(true);
  reload = vi.fn();
  others = 0;
  held = 0;
  vi.stubGlobal('location', { reload });
  touch(false);
});
afterEach(() => void vi.unstubAllGlobals());

function touch(hasBeenActive: boolean): void {
  vi.stubGlobal('navigator', {
    locks: { query: async () => ({}), request },
    userActivation: { hasBeenActive },
  });
}

/** A lock that tabs share while they work, and that is had alone only if nobody does. */
async function request(
  _name: string,
  { mode }: LockOptions,
  work: (lock: object | null) => Promise<unknown>,
) {
  if (mode !== 'shared') return work(others + held > 0 ? null : {});
  held += 1;
  await work({});
  held -= 1;
}

async function page() {
  const { script } = await import('./scripted.ts');
  script({ stored: [TINY.variant.id] });
  const { notices } = await import('./notices.ts');
  const told = () => notices.value.map(({ text }) => text);
  return { ...(await import('./session.ts')), ...(await import('./update.ts')), told };
}

test('a page that nobody has touched begins with the new version', async () => {
  const { followUpdates, told } = await page();
  await followUpdates();
  expect(offline.takeOver).toHaveBeenCalledOnce();
  expect(reload).toHaveBeenCalledOnce();
  expect(told()).toEqual([]);
});

test('a page that was touched is asked first', async () => {
  touch(true);
  const { followUpdates, useNewVersion, told } = await page();
  await followUpdates();
  expect(told()).toEqual([NOTE]);
  expect(reload).not.toHaveBeenCalled();
  await useNewVersion();
  expect(reload).toHaveBeenCalledOnce();
});

test('a draft counts as touched', async () => {
  const { setDraft } = await import('./draft.ts');
  const { followUpdates, told } = await page();
  setDraft('Half a sen');
  await followUpdates();
  expect(reload).not.toHaveBeenCalled();
  expect(told()).toEqual([NOTE]);
});

test('a version that comes while the page is open is offered, and engine files are kept', async () => {
  offline.isUpdateWaiting.mockReturnValue(false);
  const { followUpdates, told } = await page();
  await followUpdates();
  expect(told()).toEqual([]);
  expect(offline.keepEngineOffline).toHaveBeenCalledOnce();
  offline.onUpdate.mock.lastCall?.[0]();
  expect(told()).toEqual([NOTE]);
});

test('while another tab is at work the new version waits, and that is said', async () => {
  others = 1;
  const { useNewVersion, told } = await page();
  await useNewVersion();
  expect(offline.takeOver).not.toHaveBeenCalled();
  expect(reload).not.toHaveBeenCalled();
  expect(told()).toEqual([LATER]);
});

test('the work of this tab holds the lock, from its beginning to its end', async () => {
  const { holdWhileWorking, useNewVersion, openModel, useEngine, told } = await page();
  holdWhileWorking();
  await openModel(TINY);
  await vi.waitFor(() => expect(held).toBe(0));
  await useEngine(async () => {
    await vi.waitFor(() => expect(held).toBe(1));
    await useNewVersion();
  });
  expect(told()).toEqual([LATER]);
  expect(reload).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(held).toBe(0));
  await useNewVersion();
  expect(reload).toHaveBeenCalledOnce();
});

test('a new version that does not take over reloads nothing', async () => {
  offline.takeOver.mockResolvedValueOnce(false);
  const { useNewVersion } = await page();
  await useNewVersion();
  expect(reload).not.toHaveBeenCalled();
});

test('another tab had it take over before: only the reload is left', async () => {
  offline.isUpdateWaiting.mockReturnValue(false);
  const { useNewVersion } = await page();
  await useNewVersion();
  expect(offline.takeOver).not.toHaveBeenCalled();
  expect(reload).toHaveBeenCalledOnce();
});
