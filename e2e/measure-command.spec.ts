import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from './support/test.ts';

const SITE = 'https://runs-here.example/app/';

test('a measurement without hands prints the link of its result, and it opens as that result', async ({
  app,
  page,
}, info) => {
  const asked = ['--preset', 'pp16_tg8_w0_r1-1', '--link', '--site', SITE];
  const { out, code } = await measure([...asked, '--profile', info.outputPath('profile')]);
  expect(code).toBe(0);
  expect(out).toMatch(/^https:\/\/runs-here\.example\/app\/#r=\d\.[\w-]{80,450}\n$/);

  await page.goto(app.url + new URL(out.trim()).hash);
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(/Demo model ran at.*tok\/s/);
  await expect(page.getByRole('article')).toContainText('tg8');
});

test('a model that does not exist is named, and nothing is printed as a result', async ({
  browserName,
}, info) => {
  expect(browserName).toBe('chromium');
  const { out, errors, code } = await measure([
    '--model',
    'no-such',
    '--profile',
    info.outputPath('profile'),
  ]);
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(errors).toContain('This page knows no model no-such');
});

/** Runs the command as a shell would. */
function measure(parameters: string[]): Promise<{ out: string; errors: string; code: number | null }> {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '../tools/measure/main.mjs'),
    ...parameters,
  ]);
  let out = '';
  let errors = '';
  child.stdout.on('data', (data) => (out += String(data)));
  child.stderr.on('data', (data) => (errors += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ out, errors, code })));
}
