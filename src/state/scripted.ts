import type { CatalogModel } from '../engine/catalog.ts';
import { createEngine, type EngineClient } from '../engine/client.ts';
import type { Variant } from '../engine/engine.ts';
import { ScriptedHost, scriptedWorker, type Script } from '../engine/scripted.ts';
import type { DownloadOptions, StoredModel, Weights } from '../weights/weights.ts';
import { doors } from './doors.ts';
import type { Target } from './session.ts';

/** Doors for tests: an engine that follows a script, and a store that holds what it was told to. */
export interface Scripts {
  engine?: Script;
  /** Ids of models that are stored already. */
  stored?: string[];
  /** Takes the place of a download that succeeds at once. */
  download?: (options: DownloadOptions) => Promise<void>;
}

export interface Scripted {
  /** The latest worker's host. */
  host: () => ScriptedHost;
  downloads: string[];
  removed: string[];
}

/** Put scripted doors in the place of the real ones. */
export function script({ engine = {}, stored = [], download }: Scripts = {}): Scripted {
  const hosts: ScriptedHost[] = [];
  let client: EngineClient | null = null;
  const createWorker = () => {
    const host = new ScriptedHost(engine);
    hosts.push(host);
    return scriptedWorker(host);
  };
  doors.engine = (onDeath) => (client ??= createEngine({ createWorker, onDeath }));
  const seen: Scripted = { host: () => hosts.at(-1)!, downloads: [], removed: [] };
  const weights = new ScriptedWeights(seen, stored, download);
  doors.weights = () => weights as Partial<Weights> as Weights;
  return seen;
}

/** As much of the store as the page's state asks for. */
class ScriptedWeights implements Pick<Weights, 'list' | 'download' | 'readText' | 'remove'> {
  readonly #seen: Scripted;
  readonly #stored: Set<string>;
  readonly #download: Scripts['download'];

  constructor(seen: Scripted, stored: string[], download: Scripts['download']) {
    this.#seen = seen;
    this.#stored = new Set(stored);
    this.#download = download;
  }

  async list(): Promise<StoredModel[]> {
    return [...this.#stored].map((id) => storedModel({ ...TINY.variant, id }));
  }

  async download(variant: Variant, options: DownloadOptions = {}): Promise<StoredModel> {
    this.#seen.downloads.push(variant.id);
    await this.#download?.(options);
    this.#stored.add(variant.id);
    return storedModel(variant);
  }

  async readText(): Promise<string | null> {
    return null;
  }

  async remove(id: string): Promise<void> {
    this.#seen.removed.push(id);
    this.#stored.delete(id);
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
