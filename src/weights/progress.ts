import type { DownloadProgress } from './weights.ts';

/** The rate is the mean over this long; shorter jumps about, longer lags behind a change of network. */
const WINDOW_MS = 5000;
const MIN_WINDOW_MS = 500;
const REPORT_MS = 100;

/** What one file contributes. */
interface Part {
  doneBytes: number;
  sizeBytes: number | null;
  isDone: boolean;
}

/** Adds up the bytes of all files of a download, exactly, and reports about ten times a second. */
export class Progress {
  readonly #report: (progress: DownloadProgress) => void;
  readonly #now: () => number;
  readonly #parts = new Map<string, Part>();
  #samples: { atMs: number; bytes: number }[] = [];
  #receivedBytes = 0;
  #reportedMs = -Infinity;
  #isListed = false;
  #phase: DownloadProgress['phase'] = 'listing';
  #note: string | null = null;
  #standing: string | null = null;

  constructor(report: (progress: DownloadProgress) => void, now: () => number = () => performance.now()) {
    this.#report = report;
    this.#now = now;
  }

  /** Sets what is known of a file; what is stored already counts as done but not towards the rate. */
  file(path: string, part: Part): void {
    this.#parts.set(path, part);
    this.#emit(part.isDone);
  }

  /** Bytes of a file that have just arrived. */
  received(path: string, bytes: number): void {
    const part = this.#parts.get(path);
    if (part) part.doneBytes += bytes;
    this.#receivedBytes += bytes;
    this.#emit(false);
  }

  /** From now on the set of files is complete, and `phase` is what happens to them. */
  listed(phase: DownloadProgress['phase']): void {
    this.#isListed = true;
    this.#phase = phase;
    this.#emit(true);
  }

  /** What to show whenever there is no other note. */
  standing(note: string | null): void {
    this.#standing = note;
    this.#emit(true);
  }

  note(note: string | null): void {
    this.#note = note;
    this.#emit(true);
  }

  #emit(isUrgent: boolean): void {
    const nowMs = this.#now();
    if (!isUrgent && nowMs - this.#reportedMs < REPORT_MS) return;
    this.#reportedMs = nowMs;
    this.#report(this.snapshot(nowMs));
  }

  snapshot(nowMs = this.#now()): DownloadProgress {
    const parts = [...this.#parts.values()];
    const doneBytes = sum(parts.map((part) => part.doneBytes));
    const totalBytes = this.#isListed
      ? sum(parts.map((part) => Math.max(part.sizeBytes ?? 0, part.doneBytes)))
      : null;
    const rate = this.#rate(nowMs);
    const isTimed = rate !== null && rate > 0 && totalBytes !== null;
    return {
      phase: this.#phase,
      doneBytes,
      totalBytes,
      rateBytesPerS: rate,
      leftMs: isTimed ? ((totalBytes - doneBytes) / rate) * 1000 : null,
      filesDone: parts.filter((part) => part.isDone).length,
      filesTotal: this.#isListed ? parts.length : null,
      note: this.#note ?? this.#standing,
    };
  }

  #rate(nowMs: number): number | null {
    this.#samples.push({ atMs: nowMs, bytes: this.#receivedBytes });
    this.#samples = this.#samples.filter((sample) => nowMs - sample.atMs <= WINDOW_MS);
    const first = this.#samples[0];
    if (!first || nowMs - first.atMs < MIN_WINDOW_MS) return null;
    return ((this.#receivedBytes - first.bytes) / (nowMs - first.atMs)) * 1000;
  }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
