import { afterEach, expect, test, vi } from 'vitest';
import { browserFlags, findBrowser } from './browser.mjs';

afterEach(() => vi.unstubAllEnvs());

test('CHROMIUM names the browser', async () => {
  vi.stubEnv('CHROMIUM', process.execPath);
  expect(await findBrowser()).toBe(process.execPath);
});

test('a CHROMIUM that cannot be run is an error, not a search for another one', async () => {
  vi.stubEnv('CHROMIUM', '/nowhere/chromium');
  await expect(findBrowser()).rejects.toThrow('/nowhere/chromium');
});

test('only the software GPU is asked for WebGPU', () => {
  expect(browserFlags('software')).toContain('--enable-unsafe-webgpu');
  expect(browserFlags('no-adapter')).not.toContain('--enable-unsafe-webgpu');
});
