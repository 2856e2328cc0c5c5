import type { BrowserContext } from '@playwright/test';
import { provoke } from './fault.ts';

type Kind = 'GPU' | 'renderer' | 'browser';

/** Kills processes of the test's own browser, as the system does when memory runs out, or a driver when it fails. */
export async function kill(context: BrowserContext, kind: Kind): Promise<void> {
  provoke(`${kind} process killed`);
  for (const pid of await pidsOf(context, kind)) process.kill(pid, 'SIGKILL');
}

async function pidsOf(context: BrowserContext, kind: Kind): Promise<number[]> {
  const browser = context.browser();
  if (!browser) throw new Error('This context has no browser of its own.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => type === kind).map(({ id }) => id);
  if (pids.length === 0) throw new Error(`There is no ${kind} process.`);
  return pids;
}
