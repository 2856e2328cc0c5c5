import type { BrowserContext } from '@playwright/test';
import { provoke } from './fault.ts';

/** Short beside what is measured, and long beside the precision of timers. */
const TURN_MS = 4;

type Kind = 'GPU' | 'renderer' | 'browser';

/** Kills processes of the test's own browser, as the system does when memory runs out, or a driver when it fails. */
export async function kill(context: BrowserContext, kind: Kind): Promise<void> {
  provoke(`${kind} process killed`);
  process.kill(await pidOf(context, kind), 'SIGKILL');
}

/**
 * Lets the page's process, with all its threads, run for a quarter of the time at most, as on a machine that is four times as slow.
 * Chromium's own throttling slows the page's thread down, and refuses workers.
 * @returns what lets it run freely again
 */
export async function slowDown(context: BrowserContext): Promise<() => Promise<void>> {
  const pid = await pidOf(context, 'renderer');
  const over = new AbortController();
  const turns = (async () => {
    while (!over.signal.aborted) {
      const ranMs = await wait(TURN_MS);
      process.kill(pid, 'SIGSTOP');
      await wait(3 * ranMs);
      process.kill(pid, 'SIGCONT');
    }
  })();
  return () => {
    over.abort();
    return turns;
  };
}

/** @returns how long it was in truth, in ms */
async function wait(ms: number): Promise<number> {
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, ms));
  return performance.now() - start;
}

async function pidOf(context: BrowserContext, kind: Kind): Promise<number> {
  const browser = context.browser();
  if (!browser) throw new Error('This context has no browser of its own.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  // Of several renderers, the page's is the one that has worked; the browser keeps an idle one in reserve.
  const [found] = processInfo.filter(({ type }) => type === kind).sort((a, b) => b.cpuTime - a.cpuTime);
  if (!found) throw new Error(`There is no ${kind} process.`);
  return found.id;
}
