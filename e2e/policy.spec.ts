import type { Page, Worker } from '@playwright/test';
import { listen } from '../tools/serve/static.mjs';
import { countVisits, expect, test } from './support/published.ts';

test.use({ trace: 'off' }); // see `countVisits`

/**
 * What the policy must refuse, tried from inside the page and its workers. Another origin is a real server on this
 * machine, at an address that the policy does not name: it counts who came.
 */
for (const headers of ['sent', 'none'] as const) {
  test.describe(headers === 'sent' ? 'the headers of the host' : 'the headers of the service worker', () => {
    test.use({ headers });

    test('page and workers reach no other origin and run no string', async ({
      app,
      page,
      site,
      complaints,
    }) => {
      complaints.expect(/Content Security Policy|requires 'Trusted\w+' assignment/);
      const other = await startOther();
      const visits = countVisits(page);
      await page.goto(site.url);
      await expect.poll(visits).toBe(headers === 'sent' ? 1 : 2);
      await app.runDemo();
      const workers = page.workers();
      expect(workers, 'the engine and the weights').toHaveLength(2);
      for (const place of [page, ...workers]) {
        expect(await tryAll(place, other.url)).toEqual({
          fetch: 'refused: connect-src',
          eval: 'refused',
          function: 'refused',
          timeout: 'refused',
          importScripts: 'refused',
          import: 'refused',
        });
      }
      expect(await tryPage(page)).toEqual({ inline: 'refused', innerHTML: 'refused', image: 'refused' });
      expect(other.visits()).toBe(0);
      await other.close();
    });
  });
}

async function startOther(): Promise<{ url: string; visits: () => number; close: () => Promise<void> }> {
  let visits = 0;
  const { url, close } = await listen(
    (_request, response) => {
      visits += 1;
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' });
      response.end('');
    },
    { host: '127.0.0.2' },
  );
  return { url, visits: () => visits, close };
}

/** Each attempt, and whether it was refused. In a turn of its own: the debugger lifts the policy during its own call. */
function tryAll(place: Page | Worker, url: string): Promise<Record<string, string>> {
  return (place as Page).evaluate(async (target) => {
    const scope = globalThis as unknown as { importScripts?: (url: string) => void; ran?: boolean };
    await new Promise((resolve) => setTimeout(resolve));
    const attempts: Record<string, () => unknown> = {
      // oxlint-disable-next-line no-eval -- whether it is refused is what is asked
      eval: () => (0, eval)('1'),
      function: () => new Function('return 1')(),
      importScripts: () => (scope.importScripts ? scope.importScripts(target) : Promise.reject(new Error())),
      import: () => import(/* @vite-ignore */ target),
    };
    const seen: Record<string, string> = { fetch: await tryFetch(), timeout: await tryTimeout() };
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        await attempt();
        seen[name] = 'let through';
      } catch {
        seen[name] = 'refused';
      }
    }
    return seen;

    /** With the directive that refused it, so that a network failure does not pass for a refusal. */
    async function tryFetch(): Promise<string> {
      const violation = new Promise<string>((resolve) => {
        const note = (event: Event) => resolve((event as SecurityPolicyViolationEvent).effectiveDirective);
        globalThis.addEventListener('securitypolicyviolation', note, { once: true });
      });
      try {
        await fetch(target);
        return 'let through';
      } catch {
        return `refused: ${await violation}`;
      }
    }

    async function tryTimeout(): Promise<string> {
      try {
        setTimeout('globalThis.ran = true' as unknown as () => void);
      } catch {
        return 'refused';
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      return scope.ran ? 'let through' : 'refused';
    }
  }, url);
}

/** What only a page can try. */
function tryPage(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve));
    const scope = globalThis as unknown as { inlineRan?: boolean };
    const seen: Record<string, string> = {};
    const script = document.createElement('script');
    try {
      script.append('globalThis.inlineRan = true');
      document.head.append(script);
    } catch {
      // refused before it could be tried
    }
    seen['inline'] = scope.inlineRan ? 'let through' : 'refused';
    try {
      document.createElement('div').innerHTML = '<img src="x" onerror="globalThis.inlineRan = true">';
      seen['innerHTML'] = 'let through';
    } catch {
      seen['innerHTML'] = 'refused';
    }
    const image = new Image();
    image.src = 'http://127.0.0.2:9/pixel.png';
    seen['image'] = await image.decode().then(
      () => 'let through',
      () => 'refused',
    );
    return seen;
  });
}
