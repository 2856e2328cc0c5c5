import { join } from 'node:path';
import { firstView, gzipTotal } from '../../page-size.mjs';
import { HOME } from '../../setup.mjs';
import { openSite } from '../site.mjs';
import { visit } from '../visit.mjs';

/** Longer than idle callbacks wait. */
const QUIET_MS = 3000;

/** What a first visit costs before a model is asked for, and whether the engine is part of it. */
export const page = {
  name: 'page',
  title: 'First view: scripts of the page (gzip), requests, and whether the engine is fetched',
  async run() {
    const site = await openSite();
    const byPage = await visit(({ page: tab }) => watchFirstView(tab, site.url));
    await site.close();
    const { scripts } = firstView(join(HOME, 'dist'));
    return {
      rows: [
        { what: 'scripts of the page', unit: 'B gzip', value: gzipTotal(scripts) },
        { what: 'requests by the page', unit: '', value: byPage.length },
        { what: 'requests, service worker included', unit: '', value: site.sent.length },
        {
          what: 'bytes sent in all, compressed',
          unit: 'B',
          value: site.sent.reduce((sum, { bytes }) => sum + bytes, 0),
        },
        { what: 'engine chunk fetched', unit: '', value: isEngineIn(site.sent) ? 'yes' : 'no' },
      ],
      data: { scripts, byPage, sent: site.sent },
    };
  },
};

async function watchFirstView(tab, url) {
  const byPage = [];
  tab.context().on('request', (request) => {
    if (!request.serviceWorker()) byPage.push(request.url().replace(url, ''));
  });
  await tab.goto(url);
  await tab.waitForLoadState('networkidle');
  await tab.waitForTimeout(QUIET_MS);
  return byPage;
}

function isEngineIn(sent) {
  return sent.some(({ path }) => path.includes('web-llm'));
}
