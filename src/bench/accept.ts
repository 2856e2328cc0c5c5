/** Readers of single values from outside: each gives back what it accepts, and throws `Refused` for anything else. */

/** Thrown by the readers, and caught by `parse` alone. */
export class Refused extends Error {}

export type Fields = Record<string, unknown>;

export function object(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused('object');
  return value as Fields;
}

export function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new Refused('list');
  return value;
}

export function number(value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) throw new Refused('number');
  return value;
}

export function integer(value: unknown, least: number, most: number): number {
  if (!Number.isInteger(value)) throw new Refused('integer');
  return number(value, least, most);
}

export const MOST_MS = 1e9;

export function milliseconds(value: unknown): number {
  return number(value, 0, MOST_MS);
}

export function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Refused('boolean');
  return value;
}

export function text(value: unknown, most: number): string {
  if (typeof value !== 'string') throw new Refused('text');
  return value
    .slice(0, 4 * most)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .slice(0, most);
}

export function oneOf<T extends string>(value: unknown, known: readonly T[]): T {
  const found = known.find((word) => word === value);
  if (found === undefined) throw new Refused('word');
  return found;
}

export function nullable<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

/** As `nullable`, for what earlier versions do not have. */
export function optional<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === undefined ? null : nullable(value, read);
}
