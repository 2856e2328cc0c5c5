import { askApp, askFor, loadAsked, PROMPT } from '../app.mjs';
import { openSite, PATHS } from '../site.mjs';
import { describe } from '../stats.mjs';
import { visit } from '../visit.mjs';

const RUNS = 3;
/** Made in the page, to know its thread by. */
const MARK = 'runs-here-bench';
/** What the W3C calls a long task: https://www.w3.org/TR/longtasks-1/ */
const LONG_MS = 50;

/** What the page's main thread is busy with, in one piece, while an answer of 512 tokens is written. */
export const longTask = {
  name: 'long-task',
  title: 'Longest main-thread task while 512 tokens stream into the page',
  async run() {
    const site = await openSite();
    const runs = await visit(async ({ page }) => {
      await page.goto(askFor(site, PATHS.endless));
      await loadAsked(page);
      await askApp(page, PROMPT);
      return watchAnswers(page);
    });
    await site.close();
    return {
      rows: [
        { what: 'tokens streamed', unit: '', ...describe(runs.map(({ tokens }) => tokens)) },
        { what: 'longest task', unit: 'ms', ...describe(runs.map(({ longestMs }) => longestMs)) },
        { what: 'most processor time of a task', unit: 'ms', ...describe(runs.map(({ cpuMs }) => cpuMs)) },
        { what: `tasks over ${LONG_MS} ms`, unit: '', ...describe(runs.map(({ long }) => long)) },
      ],
      data: runs,
    };
  },
};

async function watchAnswers(page) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const trace = await startTrace(page);
    const { tokens } = await askApp(page, PROMPT);
    runs.push({ tokens, ...summarise(await trace.stop()) });
  }
  return runs;
}

/** A task's time on the clock holds what it waited for a processor; on a busy machine that is most of it. */
function summarise(tasks) {
  const spans = tasks.map(({ ms }) => ms);
  return {
    longestMs: Math.max(...spans),
    cpuMs: Math.max(...tasks.map(({ cpuMs }) => cpuMs)),
    long: spans.filter((ms) => ms > LONG_MS).length,
  };
}

/** Chromium's own record of every task. Tracing adds to each, so true tasks are shorter rather than longer. */
async function startTrace(page) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const categories = 'disabled-by-default-devtools.timeline,devtools.timeline,blink.user_timing';
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: categories.split(',') },
    transferMode: 'ReportEvents',
  });
  await page.evaluate((mark) => performance.mark(mark), MARK);
  return {
    /** @returns {Promise<{ ms: number, cpuMs: number }[]>} each task of the page's main thread */
    stop: async () => {
      const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
      await session.send('Tracing.end');
      await done;
      await session.detach();
      return mainThreadTasks(events);
    },
  };
}

/** The page's main thread is the one that made the mark. */
function mainThreadTasks(events) {
  const made = events.find(({ name }) => name === MARK);
  if (!made) throw new Error('The trace does not hold the mark that the page made.');
  return events
    .filter(({ name, pid, tid, dur }) => name === 'RunTask' && pid === made.pid && tid === made.tid && dur)
    .map(({ dur, tdur = 0 }) => ({ ms: dur / 1000, cpuMs: tdur / 1000 }));
}
