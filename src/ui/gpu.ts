import type { AdapterFacts } from '../engine/engine.ts';

/** The adapter as the browser names it, in few words. */
export function adapterName({ vendor, architecture, device, description }: AdapterFacts): string {
  if (description) return description;
  const told = [vendor, architecture, device].filter((part) => part !== '').map(capital);
  return told.join(' · ') || 'A GPU that the browser does not name';
}

function capital(word: string): string {
  if (word.length <= 3) return word.toUpperCase();
  return word
    .split('-')
    .map((part) => (/\d/.test(part) ? part : part.charAt(0).toUpperCase() + part.slice(1)))
    .join(' ');
}
