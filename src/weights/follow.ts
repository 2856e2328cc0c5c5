import { withFreeLock, withLock } from '../locks.ts';
import { writeLock } from './locks.ts';
import type { DownloadProgress } from './weights.ts';

/** Downloads of the same model in several tabs: one tab works and tells how far it is, the others follow. */

const CHANNEL = 'runs-here-weights';
const FOLLOWING: Record<DownloadProgress['phase'], string> = {
  listing: 'Another tab is fetching this model; this one follows.',
  downloading: 'Another tab is fetching this model; this one follows.',
  checking: 'Another tab is checking this model; this one waits for it.',
};

/** How far the tab is that works. */
interface News {
  id: string;
  progress: DownloadProgress;
}

/** A tab begins to follow, and wants the latest news now: those that work may have none for a while. */
interface Question {
  asks: string;
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
    const { tell, close } = broadcast(id);
    try {
      return {
        value: await work((progress) => {
          onProgress(progress);
          tell(progress);
        }),
      };
    } finally {
      close();
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

/** Tells those that follow how far this tab is, and again whoever asks. */
function broadcast(id: string): { tell: (progress: DownloadProgress) => void; close: () => void } {
  const channel = new BroadcastChannel(CHANNEL);
  let latest: News | null = null;
  channel.addEventListener('message', ({ data }: MessageEvent<News | Question>) => {
    if ('asks' in data && data.asks === id && latest) channel.postMessage(latest);
  });
  const tell = (progress: DownloadProgress) => {
    latest = { id, progress };
    channel.postMessage(latest);
  };
  return { tell, close: () => channel.close() };
}

function follow(id: string, onProgress: (progress: DownloadProgress) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<News | Question>) => {
    if ('id' in data && data.id === id)
      onProgress({ ...data.progress, note: data.progress.note ?? FOLLOWING[data.progress.phase] });
  });
  channel.postMessage({ asks: id } satisfies Question);
  return () => channel.close();
}
