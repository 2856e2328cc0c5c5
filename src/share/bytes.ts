/** Thrown when bytes make no sense; `link.ts` alone catches it. */
export class Damaged extends Error {}

/** Appends numbers and bytes. */
export class Writer {
  private readonly bytes: number[] = [];

  /** An unsigned integer below 2^53: seven bits a byte, low ones first, the top bit says that more follow (LEB128). */
  count(value: number): void {
    let rest = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(value)));
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
  }

  /** A signed integer, small ones short: 0, -1, 1, -2 … become 0, 1, 2, 3 … (zigzag). */
  signed(value: number): void {
    const whole = Math.round(value);
    this.count(whole < 0 ? -2 * whole - 1 : 2 * whole);
  }

  byte(value: number): void {
    this.bytes.push(value & 255);
  }

  done(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** Reads them back, and refuses to read past the end. */
export class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  count(most = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.byte();
      value += (byte % 128) * scale;
      if (byte < 128) return check(value, most);
    }
    throw new Damaged('a number is too long');
  }

  signed(): number {
    const value = this.count();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Damaged('it ends too early');
    return byte;
  }

  /** Everything must have been read. */
  end(): void {
    if (this.at !== this.bytes.length) throw new Damaged('something is left over');
  }
}

function check(value: number, most: number): number {
  if (value > most) throw new Damaged('a number is too large');
  return value;
}

/** CRC-16/CCITT-FALSE: finds what copying and wrapping of text breaks. It is no protection against forgery. */
export function checksum(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...ALPHABET].map((sign, value) => [sign, value]));

/** base64url without padding (RFC 4648, section 5). */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const signs = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    const used = Math.min(3, bytes.length - at) + 1;
    for (const value of signs.slice(0, used)) text += ALPHABET[value];
  }
  return text;
}

/** Strict: other signs, padding and left-over bits are refused, so that one result has one link. */
export function fromBase64url(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const sign of text) {
    const value = VALUES.get(sign);
    if (value === undefined) throw new Damaged('a sign does not belong here');
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  if (bits >= 6 || held !== 0) throw new Damaged('a sign is missing');
  return Uint8Array.from(bytes);
}
