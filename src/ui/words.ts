/** Numbers as people read them: files in decimal units, as browsers show downloads, memory in binary ones, as it is sold. */
export interface Quantity {
  value: string;
  unit: string;
}

const SIZES = ['bytes', 'kB', 'MB', 'GB', 'TB'];

export const UNKNOWN = '–';

/** 3_141_592 bytes of a file are 3.1 MB; three digits at most. */
export function size(bytes: number): Quantity {
  return scaled(bytes, 1000);
}

/** 2 ** 31 bytes of memory are 2.0 GB. */
export function memory(bytes: number): Quantity {
  return scaled(bytes, 1024);
}

function scaled(bytes: number, base: number): Quantity {
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < SIZES.length - 1) {
    value /= base;
    step += 1;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : 1;
  return { value: value.toFixed(digits), unit: SIZES[step] ?? '' };
}

export function sizeText(bytes: number | null): string {
  if (bytes === null) return 'size not known';
  const { value, unit } = size(bytes);
  return `${value} ${unit}`;
}

/** A part of a whole, in the unit of the whole: 1.1 of 1.9 GB. */
export function share(bytes: number, total: number): string {
  const whole = size(total);
  const part = size(bytes);
  return part.unit === whole.unit
    ? `${part.value} of ${whole.value} ${whole.unit}`
    : `${sizeText(bytes)} of ${sizeText(total)}`;
}

/** How far a transfer is: 1.1 of 1.9 GB · 12 MB/s · 2 min left. */
export function progressWords({ doneBytes, totalBytes, rateBytesPerS, leftMs }: Transfer): string {
  const parts = [totalBytes === null ? sizeText(doneBytes) : share(doneBytes, totalBytes)];
  if (rateBytesPerS !== null) parts.push(`${sizeText(rateBytesPerS)}/s`);
  if (leftMs !== null && doneBytes !== totalBytes) parts.push(left(leftMs));
  return parts.join(' · ');
}

interface Transfer {
  doneBytes: number;
  totalBytes: number | null;
  rateBytesPerS: number | null;
  leftMs: number | null;
}

/** When something was, from a little distance: just now, 5 min ago, 3 h ago, 4 days ago. */
export function ago(thenMs: number, nowMs = Date.now()): string {
  const minutes = Math.floor((nowMs - thenMs) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** A rate of tokens: 412, 41.2 or 4.12 tok/s. */
export function rate(tps: number | null): string {
  if (tps === null || !Number.isFinite(tps)) return UNKNOWN;
  return tps.toFixed(tps >= 99.95 ? 0 : tps >= 9.995 ? 1 : 2);
}

/** From one rate of tokens to another, no finer than it can be known: 14–36, 0.8–2.1; one number where they agree. */
export function rateRange(lowTps: number, highTps: number): string {
  const digits = highTps > 0 ? Math.min(3, Math.max(0, 1 - Math.floor(Math.log10(highTps)))) : 0;
  const [low, high] = [lowTps.toFixed(digits), highTps.toFixed(digits)];
  return low === high ? high : `${low}–${high}`;
}

/** A time: 38 ms, 4.12 s, 2 min 5 s. */
export function span(ms: number | null): Quantity {
  if (ms === null || !Number.isFinite(ms)) return { value: UNKNOWN, unit: 'ms' };
  if (ms < 10) return { value: ms.toFixed(1), unit: 'ms' };
  if (ms < 999.5) return { value: ms.toFixed(0), unit: 'ms' };
  if (ms < 59_950) return { value: (ms / 1000).toFixed(ms < 9995 ? 2 : 1), unit: 's' };
  return {
    value: `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`,
    unit: 'min',
  };
}

/** How long something will still take, roughly. */
export function left(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min left` : `${(minutes / 60).toFixed(1)} h left`;
}

/** 1234567 as 1,234,567. */
export function count(value: number): string {
  return value.toLocaleString('en');
}

/** A day and time as the visitor's system writes it. */
export function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
