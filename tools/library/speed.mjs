#!/usr/bin/env node
/**
 * Prints how fast the committed library is in the unmodified engine, in headless Chromium on this machine:
 * tokens per second of prefill and decode, sampling included. Medians of five runs after one that is not counted.
 *
 *   node tools/library/speed.mjs
 */
import { chromium } from '@playwright/test';
import { browserFlags, needBrowser } from '../browser.mjs';
import { DEMO_LIBRARY } from './build.mjs';
import { buildHarness, serveHarness } from './harness.mjs';

const PORT = 4219;
const RUNS = 5;
const CASES = [
  { prompt: 32, decode: 64 },
  { prompt: 512, decode: 64 },
];

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Runs in the page. */
const bench = ({ prompt, decode }) =>
  globalThis.window.lab.bench(
    Array.from({ length: prompt }, (_, i) => (i * 37) % 2048),
    decode,
  );

async function main() {
  await buildHarness();
  const server = await serveHarness(PORT);
  const browser = await chromium.launch({
    executablePath: await needBrowser(),
    args: browserFlags('software'),
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/`);
    const model = `http://127.0.0.1:${PORT}/demo/resolve/main/`;
    const library = `${model}${DEMO_LIBRARY.split('/').at(-1)}`;
    const ms = await page.evaluate(
      ([m, l]) => globalThis.window.lab.load(m, l, { temperature: 0 }),
      [model, library],
    );
    console.log(`load ${Math.round(ms)} ms, shaders included`);
    for (const one of CASES) {
      const runs = [];
      for (let i = 0; i <= RUNS; i++) runs.push(await page.evaluate(bench, one));
      const rate = (name) => median(runs.slice(1).map((run) => run[name])).toFixed(0);
      console.log(
        `prompt of ${one.prompt}: prefill ${rate('prefillTps')} tok/s, decode of ${one.decode} ${rate('decodeTps')} tok/s`,
      );
    }
  } finally {
    await browser.close();
    server.close();
  }
}

await main();
