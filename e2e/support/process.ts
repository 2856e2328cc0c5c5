import type { BrowserContext } from '@playwright/test';
import { provoke } from './fault.ts';

type Kind = 'GPU' | 'renderer' | 'browser';

/** Kills processes of the test's own browser, as the system does when memory runs out, or a driver when it fails. */
export async function kill(context: BrowserContext, kind: Kind): Promise<void> {
  provoke(`${kind} process killed`);
  process.kill(await pidOf(context, kind), 'SIGKILL');
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
