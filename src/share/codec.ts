import { Damaged, type Reader, type Writer } from './bytes.ts';

/** One way of writing a value and of reading it back. Composed, so that both directions cannot drift apart. */
export interface Codec<T> {
  write(to: Writer, value: T): void;
  read(from: Reader): T;
}

/** Unsigned, in steps of `unit`: 1234 ms with unit 10 is 123. */
export function steps(unit: number, most = Number.MAX_SAFE_INTEGER): Codec<number> {
  return {
    write: (to, value) => to.count(value / unit),
    read: (from) => tidy(from.count(most) * unit),
  };
}

export const whole = steps(1);

export const flag: Codec<boolean> = {
  write: (to, value) => to.byte(value ? 1 : 0),
  read: (from) => {
    const byte = from.byte();
    if (byte > 1) throw new Damaged('a yes or no is neither');
    return byte === 1;
  },
};

/** 0 for null, else the codec's own number plus one. */
export function maybe(unit: number): Codec<number | null> {
  return {
    write: (to, value) => to.count(value === null ? 0 : Math.round(value / unit) + 1),
    read: (from) => {
      const count = from.count();
      return count === 0 ? null : tidy((count - 1) * unit);
    },
  };
}

export function nullable<T>(inner: Codec<T>): Codec<T | null> {
  return {
    write: (to, value) => {
      flag.write(to, value !== null);
      if (value !== null) inner.write(to, value);
    },
    read: (from) => (flag.read(from) ? inner.read(from) : null),
  };
}

/** Fields one after another, in the order given. */
export function record<T extends object>(fields: { [K in keyof T]: Codec<T[K]> }): Codec<T> {
  const keys = Object.keys(fields) as (keyof T)[];
  return {
    write: (to, value) => {
      for (const key of keys) fields[key].write(to, value[key]);
    },
    read: (from) => Object.fromEntries(keys.map((key) => [key, fields[key].read(from)])) as T,
  };
}

export function list<T>(inner: Codec<T>, most: number): Codec<T[]> {
  return {
    write: (to, values) => {
      to.count(Math.min(most, values.length));
      for (const value of values.slice(0, most)) inner.write(to, value);
    },
    read: (from) => Array.from({ length: from.count(most) }, () => inner.read(from)),
  };
}

/** One of a closed list of words, by its place. Lists only ever grow at their end. */
export function word<T extends string>(words: readonly T[]): Codec<T> {
  return {
    write: (to, value) => to.count(words.indexOf(value)),
    read: (from) => words[from.count(words.length - 1)]!,
  };
}

/** Signs that a name may have; others are left out, so that no link carries free text, markup or direction marks. */
const FOREIGN = /[^A-Za-z0-9 ._+()@:,/-]/g;

function clean(text: string): string {
  return text.replace(FOREIGN, '');
}

/** A known word by twice its place, or a name of at most `most` signs: twice its length plus one, then its signs. */
export function name(known: readonly string[], most: number): Codec<string> {
  return {
    write: (to, value) => {
      const signs = clean(value).slice(0, most);
      const place = known.indexOf(signs);
      if (place >= 0) return to.count(2 * place);
      to.count(2 * signs.length + 1);
      for (const sign of signs) to.byte(sign.charCodeAt(0));
    },
    read: (from) => {
      const head = from.count(2 * Math.max(known.length, most) + 1);
      if (head % 2 === 0) return known[head / 2] ?? fail('a word is unknown');
      if (head > 2 * most + 1) fail('a name is too long');
      const signs = Array.from({ length: (head - 1) / 2 }, () => String.fromCharCode(from.byte())).join('');
      return clean(signs) === signs ? signs : fail('a name has signs that no name has');
    },
  };
}

/** `0.2.86` as the number of its parts and the parts; any other text as 0 and a name. */
export const version: Codec<string> = {
  write: (to, value) => {
    const text = clean(value);
    const parts = /^(0|[1-9]\d{0,6})(\.(0|[1-9]\d{0,6})){0,4}$/.test(text) ? text.split('.') : [];
    to.count(parts.length);
    if (parts.length === 0) return name([], 24).write(to, value);
    for (const part of parts) to.count(Number(part));
  },
  read: (from) => {
    const parts = from.count(5);
    if (parts === 0) return name([], 24).read(from);
    return Array.from({ length: parts }, () => from.count(9_999_999)).join('.');
  },
};

/** A commit: the number of its hex digits and these, two a byte; any other text as 0 and a name. */
export const commit: Codec<string> = {
  write: (to, value) => {
    const digits = /^([0-9a-f]{2}){1,20}$/.test(clean(value)) ? clean(value) : '';
    to.count(digits.length / 2);
    if (digits === '') return name(['dev'], 12).write(to, value);
    for (let at = 0; at < digits.length; at += 2) to.byte(Number.parseInt(digits.slice(at, at + 2), 16));
  },
  read: (from) => {
    const bytes = from.count(20);
    if (bytes === 0) return name(['dev'], 12).read(from);
    return Array.from({ length: bytes }, () => from.byte().toString(16).padStart(2, '0')).join('');
  },
};

/** Which of the known words are in a list, a bit each; others are left out. */
export function set(known: readonly string[]): Codec<string[]> {
  return {
    write: (to, values) =>
      to.count(known.reduce((bits, one, at) => bits + (values.includes(one) ? 2 ** at : 0), 0)),
    read: (from) => {
      const bits = from.count(2 ** known.length - 1);
      return known.filter((_, at) => Math.floor(bits / 2 ** at) % 2 === 1).sort();
    },
  };
}

function fail(why: string): never {
  throw new Damaged(why);
}

/** 3 steps of 0.1 are 0.3, which they are not in binary. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
