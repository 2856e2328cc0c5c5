import { withFreeLock, withLock } from '../locks.ts';
import { writeLock } from './locks.ts';
import type { DownloadProgress } from './weights.ts';

/** Downloads of the same model in several tabs: one tab works and tells how far it is, the others follow. */

const CHANNEL = 'runs-here-weights';
const FOLLOWING = 'Another tab is fetching this model; this one follows.';

interface News {
  id: string;
  progress: DownloadProgress;
}

/**
 * Runs `work` under the model's lock. While another tab has the lock, its progress is passed on; when that tab is done
 * or dies, `work` goes on from what is stored.
 */
export async function inTurn<T>(
  id: string,
  signal: AbortSignal,
  onProgress: (progress: DownloadProgress) => void,
  work: (onProgress: (progress: DownloadProgress) => void) => Promise<T>,
): Promise<T> {
  const lead = async () => {
    const channel = new BroadcastChannel(CHANNEL);
    try {
      return {
        value: await work((progress) => {
          onProgress(progress);
          channel.postMessage({ id, progress } satisfies News);
        }),
      };
    } finally {
      channel.close();
    }
  };
  const led = await withFreeLock(writeLock(id), lead);
  if (led) return led.value;
  const stopFollowing = follow(id, onProgress);
  const { value } = await withLock(writeLock(id), signal, () => {
    stopFollowing();
    return lead();
  }).finally(stopFollowing);
  return value;
}

function follow(id: string, onProgress: (progress: DownloadProgress) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', (event: MessageEvent<News>) => {
    if (event.data.id === id)
      onProgress({ ...event.data.progress, note: event.data.progress.note ?? FOLLOWING });
  });
  return () => channel.close();
}
