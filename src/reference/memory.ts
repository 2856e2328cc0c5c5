import { formatNumber } from '../bench/number.ts';

/** Memory in binary gigabytes, as it is sold: 24 GB, 14.7 GB. Files and bandwidths are told in decimal ones. */
export function formatMemory(bytes: number): string {
  const value = bytes / 2 ** 30;
  return `${Number.isInteger(value) ? value : formatNumber(value)} GB`;
}
