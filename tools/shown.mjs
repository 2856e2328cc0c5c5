// When something comes to be seen on a page, and what was asked for until then. Both functions run in the page.

/**
 * From the start of the page on: leaves a mark when the selector first finds something.
 * @param {string} selector
 */
export function noteShown(selector) {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)) return;
    performance.mark('shown');
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** @returns {{ ms: number, asked: string[] } | null} time since the navigation began; null until it is shown */
export function whenShown() {
  const [mark] = performance.getEntriesByName('shown');
  if (!mark) return null;
  const earlier = performance
    .getEntriesByType('resource')
    .filter(({ startTime }) => startTime < mark.startTime);
  return { ms: mark.startTime, asked: earlier.map(({ name }) => name) };
}

/**
 * The scripts of the page; workers and what registers the service worker start by themselves, and nothing waits for them.
 * @param {string[]} asked
 * @returns {string[]}
 */
export function pageScripts(asked) {
  return asked.filter((url) => url.endsWith('.js') && !/worker|sw\.js|\/(update|offline)-/.test(url));
}
