// The weights room alone in a page, to measure the store without the app and the engine around it.
import { LIBRARY, PATHS } from './site.mjs';

/** A model whose files lie in one folder, as the store is asked for it. */
export function variantAt(id, modelUrl, library = LIBRARY) {
  const unknown = { sizeBytes: null, memoryBytes: null, bufferBytes: null };
  const libUrl = modelUrl + library;
  return { id, quantization: 'q4f32_1', modelUrl, libUrl, ...unknown, features: [], contextTokens: 512 };
}

/** The ballast model of a site. */
export function ballastOf(site) {
  return variantAt('ballast', site.url + PATHS.ballast);
}

/** @param {import('@playwright/test').Page} page */
export async function openRoom(page, site) {
  await page.goto(site.url + PATHS.room);
  await page.waitForFunction(() => 'room' in window);
}

/**
 * Downloads a model.
 * @returns {Promise<{ bytes: number, ms: number }>} from the call until all is verified and committed
 */
export function download(page, variant) {
  return page.evaluate(async (wanted) => {
    const start = performance.now();
    const { storedBytes } = await window.room.weights.download(wanted);
    return { bytes: storedBytes, ms: performance.now() - start };
  }, variant);
}

/** Opens the room and downloads the ballast model of a site. */
export async function storeBallast(page, site) {
  await openRoom(page, site);
  return download(page, ballastOf(site));
}
