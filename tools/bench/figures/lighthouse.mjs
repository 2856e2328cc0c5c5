import { audit, CATEGORIES } from '../../lighthouse.mjs';
import { openSite } from '../site.mjs';
import { describe } from '../stats.mjs';

const RUNS = 3;

/** What Lighthouse gives the first page, on a desktop and on a telephone as it simulates them. */
export const lighthouse = {
  name: 'lighthouse',
  title: 'Lighthouse on the first page, of 100',
  async run() {
    const site = await openSite();
    const audits = { desktop: [], phone: [] };
    for (let run = 0; run < RUNS; run++)
      for (const device of ['desktop', 'phone']) audits[device].push(await audit(site.url, device));
    await site.close();
    return { rows: Object.entries(audits).flatMap(rowsOf), data: audits };
  },
};

function rowsOf([device, audits]) {
  return CATEGORIES.map((category) => ({
    what: `${category}, ${device}`,
    unit: '',
    ...describe(audits.map(({ scores }) => scores[category])),
  }));
}
