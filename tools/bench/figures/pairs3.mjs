import { askFor, loadAsked, measureWith } from '../app.mjs';
import { openSite, PATHS } from '../site.mjs';
import { visit } from '../visit.mjs';

const PAIRS = 3;
/** The preset Quick, which takes about a minute with the demo model where the GPU is software. */
const PLAN = 'quick';

/**
 * Whether a result can be had again: the same preset twice in a row on the demo model, pair after pair. Two results agree
 * in a case when the intervals that they print (95 %, of the median) have something in common.
 */
export const pairs = {
  name: 'pairs',
  title: `The preset ${PLAN} twice on the demo model: do the printed intervals agree?`,
  async run() {
    const site = await openSite();
    const made = await visit(async ({ page }) => {
      await page.goto(askFor(site, PATHS.demo));
      await loadAsked(page);
      const found = [];
      for (let at = 0; at < PAIRS; at++)
        found.push([await measureWith(page, PLAN), await measureWith(page, PLAN)]);
      return found;
    });
    await site.close();
    return { rows: rowsOf(made), data: made };
  },
};

function rowsOf(made) {
  const cases = made[0][0].map((line) => line.case);
  return cases.flatMap((name, at) => {
    const both = made.map(([one, other]) => [one[at], other[at]]);
    const agreed = both.filter(([one, other]) => agree(one, other)).length;
    const rows = both.map((pair, index) => ({
      what: `${name}, pair ${index + 1}: ${agree(...pair) ? 'agree' : 'differ'}`,
      unit: 'tok/s',
      value: pair.map(tell).join('  '),
    }));
    return [...rows, { what: `${name}: pairs that agree`, unit: `of ${both.length}`, value: agreed }];
  });
}

function agree(one, other) {
  return one.low_ts <= other.high_ts && other.low_ts <= one.high_ts;
}

function tell({ median_ts: median, low_ts: low, high_ts: high }) {
  return `${median.toFixed(1)} (${low.toFixed(1)}-${high.toFixed(1)})`;
}
