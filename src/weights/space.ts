import { EngineError } from '../engine/engine.ts';
import { storageFull } from './problems.ts';
import type { Persistence, Space } from './weights.ts';

/**
 * How much more can be stored. Chromium's `estimate().quota` is a constant above the usage nowadays, to keep private
 * windows from being recognised, so the browser is asked by growing a sparse file in the origin's private file system
 * and cutting it off again: a few milliseconds, nothing written. It tests the quota, not the free disk.
 *
 * Chromium reserves room for such a file in steps: powers of two up to 100 MiB, then hundreds of MiB
 * (`FileSystemAccessCapacityTracker`). A size between two steps would be refused although it fits, so the step below is
 * tried: better to run out near the end, which loses nothing, than to refuse what there is room for.
 */
const PROBE = 'runs-here-space-probe';
/** What the database itself needs beside the bytes. */
const OVERHEAD_BYTES = 2 ** 20;
const MAX_BYTES = 2 ** 42;
const PRECISION_BYTES = 2 ** 22;
const LARGE_STEP_BYTES = 100 * 2 ** 20;

/** As TypeScript's library for workers has it; the one for pages lacks it, because only workers may use it. */
interface SyncHandle {
  truncate(bytes: number): void;
  close(): void;
}

/** Throws `storage-full` with the missing amount if `bytes` more do not fit. Passes where it cannot be found out. */
export async function makeRoom(bytes: number): Promise<void> {
  const wanted = bytes + OVERHEAD_BYTES;
  await withProbe((fits) => {
    if (!fits(wanted)) throw storageFull(wanted - stepBelow(largest(fits, wanted)));
  });
}

export async function measureSpace(): Promise<Omit<Space, 'isKept'>> {
  const estimate = await globalThis.navigator?.storage?.estimate?.().catch(() => null);
  const freeBytes = await withProbe((fits) => stepBelow(largest(fits, MAX_BYTES)));
  return { usedBytes: estimate?.usage ?? null, freeBytes };
}

/** Whether storage was promised to last, without asking for it. */
export async function persistence(): Promise<Persistence> {
  if (!globalThis.navigator?.storage?.persisted) return 'unsupported';
  return (await navigator.storage.persisted()) ? 'granted' : 'denied';
}

/** Asks for lasting storage. Pages only: workers may not. */
export async function askPersist(): Promise<Persistence> {
  const storage = globalThis.navigator?.storage as { persist?(): Promise<boolean> } | undefined;
  if (!storage?.persist) return 'unsupported';
  return (await storage.persist()) ? 'granted' : 'denied';
}

/** The largest size below `limit` that fits, to a few megabytes. */
export function largest(fits: (bytes: number) => boolean, limit: number): number {
  if (fits(limit)) return limit;
  let low = 0;
  let high = limit;
  while (high - low > PRECISION_BYTES) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Gives `work` a test for sizes; null where the browser has no such files, or the file cannot be used: another tab is
 * probing just now, or the site's data was deleted with the file in it.
 */
async function withProbe<T>(work: (fits: (bytes: number) => boolean) => T): Promise<T | null> {
  const opened = await openProbe().catch(() => null);
  if (!opened) return null;
  const { folder, handle } = opened;
  try {
    return work((bytes) => accepts(handle, bytes));
  } catch (error) {
    if (error instanceof EngineError) throw error;
    return null;
  } finally {
    handle.close();
    await folder.removeEntry(PROBE).catch(() => undefined);
  }
}

/** The largest size not above `bytes` that Chromium reserves exactly. */
export function stepBelow(bytes: number): number {
  if (bytes >= LARGE_STEP_BYTES) return Math.floor(bytes / LARGE_STEP_BYTES) * LARGE_STEP_BYTES;
  return 2 ** Math.floor(Math.log2(Math.max(bytes, 1)));
}

function accepts(handle: SyncHandle, bytes: number): boolean {
  try {
    handle.truncate(stepBelow(bytes));
    handle.truncate(0);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') return false;
    throw error;
  }
}

async function openProbe(): Promise<{ folder: FileSystemDirectoryHandle; handle: SyncHandle }> {
  const folder = await navigator.storage.getDirectory();
  const file = await folder.getFileHandle(PROBE, { create: true });
  const withSync = file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> };
  return { folder, handle: await withSync.createSyncAccessHandle() };
}
