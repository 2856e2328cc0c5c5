// oxlint-disable-next-line typescript/triple-slash-reference -- tests are checked without the page's own list of files
/// <reference path="../build.d.ts" />
import type { Place } from '../bench/result.ts';
import { browserOf } from './browser.ts';
import { gpu } from './gpu.ts';

/** Where a benchmark runs, as far as only the page can know. */
export function placeOf(bandwidth: Place['bandwidth'], userAgent = navigator.userAgent): Place {
  return {
    app: { version: APP_VERSION, commit: APP_COMMIT },
    browser: browserOf(userAgent),
    timerStepMs: gpu.value?.timerStepMs ?? null,
    bandwidth,
  };
}
