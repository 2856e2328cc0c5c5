import * as fc from 'fast-check';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { storedBytes } from './journal.ts';
import { Keeper } from './keeper.ts';
import { ScriptedServer, tiny, tinyFiles, type Fault } from './scripted.ts';
import { IdbStore, wholeChunks } from './store.ts';

vi.stubGlobal('IDBKeyRange', IDBKeyRange);

const SIZES = [5000, 20_000, 4096];
const SHARDS = SIZES.map((_, index) => `params_shard_${index}.bin`);
const FILES = await tinyFiles(SIZES);

const after = fc.nat(20_000);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ does: fc.constant('refuse' as const), status: fc.constantFrom(403, 404, 408, 429, 500, 503) }),
  fc.record({ does: fc.constant('cut' as const), after }),
  fc.record({ does: fc.constant('end' as const), after }),
  fc.record({ does: fc.constant('stall' as const), after }),
  fc.constantFrom<Fault>(
    { does: 'offline' },
    { does: 'page' },
    { does: 'pad' },
    { does: 'ignoreRange' },
    { does: 'retag' },
  ),
);

/** What happens to the store between two visits. */
const accident = fc.constantFrom('none', 'lose a chunk', 'spoil a chunk', 'close');

/** Nobody publishes a hash of the lists and the tokenizer, so one wrong bit in them cannot be noticed. */
const flip: fc.Arbitrary<Fault> = fc.record({ does: fc.constant('flip' as const), at: after });

interface Visit {
  faults: [path: string, fault: Fault][];
  /** The visitor cancels when so many bytes were sent. */
  cancelAt: number | null;
  pieceBytes: number;
  accident: string;
}

const visit: fc.Arbitrary<Visit> = fc.record({
  faults: fc.array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...SHARDS, 'tokenizer.json', 'tensor-cache.json'), fault),
      fc.tuple(fc.constantFrom(...SHARDS), flip),
    ),
    { maxLength: 8 },
  ),
  cancelAt: fc.option(fc.nat(30_000)),
  pieceBytes: fc.integer({ min: 100, max: 9000 }),
  accident,
});

/** Two accidents to the same file, with a visit between them that is over before it looks at that file. */
const twice: Visit[] = [null, 0].map((cancelAt) => ({
  faults: [],
  cancelAt,
  pieceBytes: 100,
  accident: 'lose a chunk',
}));

/** Short, because a scripted stall takes as long. */
const STALL_MS = 20;
/** The last visit meets no stall, and a busy machine must not look like one. */
const PATIENT_MS = 20_000;

/** A store and a server, watched: no request may ask for a byte that is stored, or leave one out. */
function stage() {
  vi.stubGlobal('indexedDB', new IDBFactory());
  const store = new IdbStore();
  const server = new ScriptedServer(FILES);
  const wrong: string[] = [];
  const watched: typeof fetch = async (input, init) => {
    const entry = (await store.entries('tiny')).find((candidate) => candidate.url === String(input));
    const from = Number(/\d+/.exec(new Headers(init?.headers).get('range') ?? '0')?.[0]);
    const stored = entry ? storedBytes(entry) : 0;
    if (from !== stored) wrong.push(`${String(input)} asked from ${from} with ${stored} stored`);
    return server.fetch(input, init);
  };
  const keeper = (stallMs: number) =>
    new Keeper(store, {
      fetch: watched,
      sleep: () => Promise.resolve(),
      stallMs,
      chunkBytes: 4096,
      makeRoom: () => Promise.resolve(),
    });
  return { store, server, wrong, hasty: keeper(STALL_MS), patient: keeper(PATIENT_MS) };
}

async function spoil(store: IdbStore, how: string): Promise<void> {
  if (how === 'close') await store.close();
  const entry = (await store.entries('tiny')).find(
    (candidate) => candidate.chunks.length > 0 && candidate.kind === 'shard',
  );
  if (!entry || how === 'none' || how === 'close') return;
  const [first, ...rest] = await store.chunks(entry); // an earlier accident may have left others than the journal says
  const chunks =
    how === 'lose a chunk' ? rest : [new Blob([new Uint8Array(first?.size ?? 1).fill(9)]), ...rest];
  let spoilt = await store.drop(entry, true);
  for (const chunk of chunks) spoilt = await store.append(spoilt, chunk);
  await store.mark({ ...entry, state: how === 'lose a chunk' ? entry.state : 'partial' });
}

async function expectVerifiedIsRight(store: IdbStore): Promise<void> {
  for (const entry of await store.entries('tiny')) {
    if (entry.state !== 'verified') continue;
    const bytes = await new Blob(await wholeChunks(store, entry)).arrayBuffer();
    const name = entry.path === '@library.wasm' ? 'tiny.wasm' : entry.path;
    expect(new Uint8Array(bytes)).toEqual(FILES.get(name));
  }
}

test('whatever happens in whatever order: verified bytes are right, and no stored byte is fetched again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 3 }), async (visits) => {
      const { store, server, wrong, hasty, patient } = stage();
      for (const { faults, cancelAt, pieceBytes, accident: how } of visits) {
        for (const [path, one] of faults) server.faults.set(path, [...(server.faults.get(path) ?? []), one]);
        server.pieceBytes = pieceBytes;
        const stop = new AbortController();
        const bytesBefore = server.log.reduce((sum, sent) => sum + sent.bytes, 0);
        const onProgress = () => {
          const bytes = server.log.reduce((sum, sent) => sum + sent.bytes, 0) - bytesBefore;
          if (cancelAt !== null && bytes >= cancelAt) stop.abort();
        };
        await hasty.download(tiny, { signal: stop.signal, onProgress }).catch(() => undefined);
        await expectVerifiedIsRight(store);
        await spoil(store, how);
      }
      server.faults.clear();
      await patient.verify('tiny').catch(() => undefined);
      const model = await patient.download(tiny);
      expect(model).toMatchObject({ state: 'verified', storedBytes: model.totalBytes });
      await expectVerifiedIsRight(store);
      expect(wrong).toEqual([]);
    }),
    { numRuns: 25, timeout: 60_000, examples: [[twice]] },
  );
}, 240_000);
