import type { Place } from '../bench/result.ts';

// The first that matches counts: Edge and Opera call themselves Chrome as well, and Chrome calls itself Safari.
const BROWSERS: [name: string, mark: RegExp][] = [
  ['Edge', /Edg(?:A|iOS)?\/([\d.]+)/],
  ['Opera', /OPR\/([\d.]+)/],
  ['Samsung Internet', /SamsungBrowser\/([\d.]+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /(?:HeadlessChrome|Chrome|CriOS)\/([\d.]+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
];

const SYSTEMS: [name: string, mark: RegExp][] = [
  ['Windows', /Windows/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Android', /Android/],
  ['ChromeOS', /CrOS/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux|X11/],
];

/** Browser and system, as far as the user agent says; empty where it does not. */
export function browserOf(userAgent: string): Place['browser'] {
  const found = BROWSERS.find(([, mark]) => mark.test(userAgent));
  const os = SYSTEMS.find(([, mark]) => mark.test(userAgent))?.[0] ?? '';
  return { name: found?.[0] ?? '', version: found?.[1].exec(userAgent)?.[1] ?? '', os };
}
