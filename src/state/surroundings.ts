import type { Circumstances } from '../bench/result.ts';
import type { Watch } from '../bench/run.ts';
import { isWriting } from '../weights/client.ts';

/** A page that is late by this much was frozen, or the machine slept. */
const FROZEN_MS = 5_000;
const BEAT_MS = 1_000;

/** The part of a battery that is looked at; only Chromium has one (https://developer.mozilla.org/docs/Web/API/Battery_Status_API). */
interface Battery extends EventTarget {
  charging: boolean;
}

/**
 * What goes on around a benchmark: whether the page can be seen, the machine sleeps, runs on its battery, or fetches files.
 * Meanwhile it keeps the screen on, where the browser allows that.
 */
export class Surroundings implements Watch {
  #seen: Circumstances = { onBattery: null, downloading: null };
  #hidden = false;
  #lateMs = 0;
  #beatMs = 0;
  #heart: ReturnType<typeof setInterval> | undefined;
  #battery: Battery | null = null;
  #lock: WakeLockSentinel | null = null;
  #over = false;

  /** Look, until `stop`. */
  static async start(): Promise<Surroundings> {
    const made = new Surroundings();
    document.addEventListener('visibilitychange', made.#noteVisibility);
    made.#battery = await battery();
    made.#noteBattery();
    made.#battery?.addEventListener('chargingchange', made.#noteBattery);
    await Promise.all([made.look(), made.#keepAwake()]);
    return made;
  }

  stop(): void {
    this.#over = true;
    clearInterval(this.#heart);
    document.removeEventListener('visibilitychange', this.#noteVisibility);
    this.#battery?.removeEventListener('chargingchange', this.#noteBattery);
    void this.#lock?.release().catch(() => undefined); // the browser may have taken it back
  }

  /** Whether files are being fetched or checked now, here or in another tab. Costs a message, so call it between runs. */
  async look(): Promise<void> {
    const busy = await isWriting();
    if (busy !== null) this.#seen = { ...this.#seen, downloading: busy || this.#seen.downloading === true };
  }

  circumstances(): Circumstances {
    return this.#seen;
  }

  async ready(signal?: AbortSignal): Promise<void> {
    if (isVisible() || signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!isVisible() && !signal?.aborted) return;
        document.removeEventListener('visibilitychange', look);
        resolve();
      };
      document.addEventListener('visibilitychange', look);
      signal?.addEventListener('abort', look, { once: true });
    });
  }

  begin(): void {
    this.#hidden = !isVisible();
    this.#lateMs = 0;
    this.#beatMs = performance.now();
    this.#heart = setInterval(this.#beat, BEAT_MS);
  }

  end(): 'hidden' | 'stalled' | null {
    clearInterval(this.#heart);
    this.#beat();
    if (this.#hidden) return 'hidden';
    return this.#lateMs > FROZEN_MS ? 'stalled' : null;
  }

  readonly #beat = (): void => {
    const nowMs = performance.now();
    this.#lateMs = Math.max(this.#lateMs, nowMs - this.#beatMs - BEAT_MS);
    this.#beatMs = nowMs;
  };

  /** A run in a tab that nobody sees is slowed down by the browser; and the lock of the screen is gone with the sight. */
  readonly #noteVisibility = (): void => {
    if (isVisible()) void this.#keepAwake();
    else this.#hidden = true;
  };

  readonly #noteBattery = (): void => {
    if (!this.#battery) return;
    const onBattery = !this.#battery.charging || this.#seen.onBattery === true;
    this.#seen = { ...this.#seen, onBattery };
  };

  async #keepAwake(): Promise<void> {
    try {
      const lock = await navigator.wakeLock.request('screen');
      this.#lock = lock;
      if (this.#over) await lock.release();
    } catch {
      // Not here, or not now: the machine is then as awake as its settings say.
    }
  }
}

function isVisible(): boolean {
  return document.visibilityState !== 'hidden';
}

async function battery(): Promise<Battery | null> {
  const { getBattery } = navigator as Navigator & { getBattery?: () => Promise<Battery> };
  return (await getBattery?.call(navigator).catch(() => null)) ?? null;
}
