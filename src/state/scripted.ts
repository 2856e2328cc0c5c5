import type { CatalogModel } from '../engine/catalog.ts';
import { createEngine, type EngineClient } from '../engine/client.ts';
import type { Variant } from '../engine/engine.ts';
import { engineError } from '../engine/failures.ts';
import { ScriptedHost, scriptedWorker, type Script } from '../engine/scripted.ts';
import type {
  DownloadOptions,
  Holder,
  GivenFile,
  Persistence,
  Readiness,
  Space,
  StoredModel,
  Verification,
  Weights,
} from '../weights/weights.ts';
import { doors } from './doors.ts';
import type { Target } from './session.ts';

/** Doors for tests: an engine that follows a script, and a store that holds what it was told to. */
export interface Scripts {
  engine?: Script;
  /** Ids of models that are stored already. */
  stored?: string[];
  /** The hashes that the stored models were fetched by. */
  storedSha256?: Record<string, string>;
  /** Takes the place of a download that succeeds at once. */
  download?: (options: DownloadOptions) => Promise<void>;
  /** Paths that the next check finds damaged. */
  damaged?: string[];
  space?: Partial<Space>;
  persistence?: Persistence;
  /** What uses every model, in another tab. */
  heldBy?: Holder;
  /** Thrown instead of deleting. */
  failRemove?: Error;
}

export interface Scripted {
  /** The latest worker's host. */
  host: () => ScriptedHost;
  downloads: string[];
  removed: string[];
}

/** Put scripted doors in the place of the real ones. */
export function script({ engine = {}, stored = [], download, ...rest }: Scripts = {}): Scripted {
  const hosts: ScriptedHost[] = [];
  let client: EngineClient | null = null;
  const createWorker = () => {
    const host = new ScriptedHost(engine);
    hosts.push(host);
    return scriptedWorker(host);
  };
  doors.engine = (onDeath) => (client ??= createEngine({ createWorker, onDeath }));
  const seen: Scripted = { host: () => hosts.at(-1)!, downloads: [], removed: [] };
  const weights = new ScriptedWeights(seen, { stored, download, ...rest });
  doors.weights = () => weights;
  return seen;
}

/** A store that holds no bytes, only what it was told. */
class ScriptedWeights implements Weights {
  readonly #seen: Scripted;
  readonly #stored: Set<string>;
  readonly #script: Scripts;
  /** Models of which damaged files were deleted. */
  readonly #partial = new Set<string>();

  constructor(seen: Scripted, scripts: Scripts) {
    this.#seen = seen;
    this.#stored = new Set(scripts.stored);
    this.#script = scripts;
  }

  async list(): Promise<StoredModel[]> {
    const { storedSha256: sha256 } = this.#script;
    return [...this.#stored].map((id) => this.#model({ ...TINY.variant, id, sha256 }));
  }

  async download(variant: Variant, options: DownloadOptions = {}): Promise<StoredModel> {
    this.#seen.downloads.push(variant.id);
    await this.#script.download?.(options);
    this.#stored.add(variant.id);
    this.#partial.delete(variant.id);
    return this.#model(variant);
  }

  async readText(): Promise<string | null> {
    return null;
  }

  async heldBy(): Promise<Holder | null> {
    return this.#script.heldBy ?? null;
  }

  async remove(id: string): Promise<void> {
    if (this.#script.failRemove) throw this.#script.failRemove;
    this.#seen.removed.push(id);
    this.#stored.delete(id);
  }

  async verify(id: string): Promise<Verification> {
    const { damaged = [] } = this.#script;
    if (damaged.length > 0) this.#partial.add(id);
    this.#script.damaged = [];
    return { model: this.#model({ ...TINY.variant, id }), dropped: damaged };
  }

  async ready(id: string): Promise<Readiness> {
    const isReady = !this.#partial.has(id);
    const persistence = this.#script.persistence ?? 'denied';
    const shards = { shardsVerified: isReady ? 4 : 3, shardsTotal: 4 };
    return { isReady, config: true, tokenizer: true, library: true, ...shards, persistence };
  }

  async space(): Promise<Space> {
    return { usedBytes: 1000, freeBytes: 5000, isKept: true, ...this.#script.space };
  }

  async askPersist(): Promise<Persistence> {
    return this.#script.persistence ?? 'denied';
  }

  async export(id: string): Promise<Blob> {
    return new Blob([id]);
  }

  async import(files: GivenFile[], variant: Variant | null): Promise<StoredModel> {
    if (files.length > 1 && !variant) throw engineError('not-a-model');
    return this.download(variant ?? { ...TINY.variant, id: 'imported' });
  }

  #model(variant: Variant): StoredModel {
    const model = storedModel(variant);
    return this.#partial.has(variant.id) ? { ...model, state: 'partial', storedBytes: 750 } : model;
  }
}

function storedModel(variant: Variant): StoredModel {
  return {
    id: variant.id,
    variant,
    modelUrl: variant.modelUrl,
    libUrl: variant.libUrl,
    state: 'verified',
    storedBytes: 1000,
    totalBytes: 1000,
    files: [],
    addedMs: 0,
    usedMs: 0,
    isKept: true,
  };
}

const MODEL: CatalogModel = {
  id: 'tiny',
  name: 'Tiny',
  family: 'Tiny',
  parameters: 1,
  licence: { name: 'MIT', url: 'https://example.org' },
  summary: 'A model for tests.',
  thinks: false,
  variants: [
    {
      id: 'tiny-q4f32_1',
      quantization: 'q4f32_1',
      modelUrl: 'https://models.example/tiny/',
      libUrl: 'https://models.example/tiny.wasm',
      sizeBytes: 1000,
      estimatedBytes: 1000,
      memoryBytes: 1000,
      bufferBytes: null,
      features: [],
      contextTokens: 128,
    },
  ],
};

export const TINY: Target = { model: MODEL, variant: MODEL.variants[0]! };
