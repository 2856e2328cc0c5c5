import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { storedUrl } from './address.ts';
import { installCaches } from './caches.ts';
import { Keeper } from './keeper.ts';
import { openStore } from './open.ts';
import { ScriptedServer, tiny, tinyFiles } from './scripted.ts';
import type { DownloadProgress } from './weights.ts';

const channels: BroadcastChannel[] = [];

beforeEach(() => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  vi.stubGlobal(
    'BroadcastChannel',
    class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        channels.push(this);
      }
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const channel of channels.splice(0)) channel.close();
});

test('where nothing can be stored a model runs from memory, and the page is told that nothing is kept', async () => {
  const server = new ScriptedServer(await tinyFiles([5000, 20_000, 3000]));
  server.faults.set('params_shard_1.bin', [
    { does: 'cut', after: 7000 },
    { does: 'flip', at: 9 },
  ]);
  const store = await openStore();
  const keeper = new Keeper(store, { fetch: server.fetch, sleep: () => Promise.resolve(), chunkBytes: 4096 });
  const seen: DownloadProgress[] = [];
  const model = await keeper.download(tiny, { onProgress: (progress) => seen.push(progress) });
  expect(model).toMatchObject({ state: 'verified', storedBytes: model.totalBytes });
  expect(seen.at(-1)?.note).toMatch(/kept in memory until this page is closed/);
  expect(await keeper.space()).toMatchObject({ isKept: false });

  const face = installCaches();
  const cache = await caches.open('webllm/model');
  for (const [path, bytes] of server.files) {
    if (path === 'tiny.wasm') continue;
    const found = await cache.match(storedUrl('tiny', path));
    expect(new Uint8Array((await found?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes);
  }
  face.close();
  expect(await keeper.verify('tiny')).toMatchObject({ dropped: [] });
  await keeper.remove('tiny');
  expect(await keeper.list()).toEqual([]);
});
