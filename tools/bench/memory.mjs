// Memory of a browser as the system counts it: PSS, which shares a page out among the processes that share it, summed
// over the whole tree of processes. Linux only.
import { readFileSync, readdirSync } from 'node:fs';

const SAMPLE_MS = 150;

/** The process that was started with this profile. */
function findRoot(profile) {
  const all = listProcesses().filter(({ command }) => command.includes(`--user-data-dir=${profile}`));
  const pids = new Set(all.map(({ pid }) => pid));
  return all.find(({ parent }) => !pids.has(parent))?.pid ?? null;
}

function listProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
}

/** A process may be gone before its files are read. */
function readProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return [{ pid, parent, command }];
  } catch {
    return [];
  }
}

function tree(root) {
  const all = listProcesses();
  const pids = [root];
  for (const pid of pids) pids.push(...all.filter(({ parent }) => parent === pid).map((child) => child.pid));
  return pids;
}

function pssBytes(pid) {
  try {
    const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** @returns {number} PSS of the browser with this profile, all its processes together, in bytes */
export function browserBytes(profile) {
  const root = findRoot(profile);
  if (root === null) throw new Error(`No browser runs with the profile ${profile}.`);
  return tree(root).reduce((sum, pid) => sum + pssBytes(pid), 0);
}

/**
 * Watches the memory of a browser.
 * @param {string} profile
 * @returns {{ stop: () => { idleBytes: number, peakBytes: number } }} `idle` is what it was at the start
 */
export function watchMemory(profile) {
  const idleBytes = browserBytes(profile);
  let peakBytes = idleBytes;
  const timer = setInterval(() => (peakBytes = Math.max(peakBytes, browserBytes(profile))), SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return { idleBytes, peakBytes };
    },
  };
}
