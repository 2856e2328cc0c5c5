import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { prebuiltAppConfig, type ModelRecord } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { CATALOG, modelOf, type CatalogVariant } from './catalog.ts';

const prebuilt = new Map(prebuiltAppConfig.model_list.map((record) => [record.model_id, record]));
const published = CATALOG.filter(({ family }) => family !== 'Demo');

/** A variant in the words of web-llm's list. */
function toRecord(variant: CatalogVariant): Partial<ModelRecord> {
  return {
    model_id: variant.id,
    model: variant.modelUrl.replace(/\/resolve\/main\/$/, ''),
    model_lib: variant.libUrl,
    vram_required_MB: Math.round(((variant.memoryBytes ?? 0) / 2 ** 20) * 100) / 100,
    overrides: variant.overrides,
    buffer_size_required_bytes: variant.bufferBytes ?? undefined,
    model_manifest: variant.manifest,
  };
}

it.each(published.flatMap(({ variants }) => variants).map((variant) => [variant.id, variant] as const))(
  '%s is what web-llm lists',
  (id, variant) => {
    const record = prebuilt.get(id);
    expect(record).toBeDefined();
    expect(toRecord(variant)).toEqual({
      model_id: record?.model_id,
      model: record?.model,
      model_lib: record?.model_lib,
      vram_required_MB: record?.vram_required_MB,
      overrides: record?.overrides,
      buffer_size_required_bytes: record?.buffer_size_required_bytes,
      model_manifest: record?.model_manifest,
    });
    expect(variant.features).toEqual(expect.arrayContaining(record?.required_features ?? []));
    expect(variant.contextTokens).toBe(record?.overrides?.context_window_size);
  },
);

it.each(published)('$name has every 4-bit variant that web-llm lists, and says so of f16', ({ variants }) => {
  const base = variants[0]?.id.replace(/-q4f\d+_1-MLC$/, '');
  const listed = [...prebuilt.keys()].filter(
    (id) => /-q4f(16|32)_1-MLC$/.test(id) && id.startsWith(`${base}-q4f`),
  );
  expect(variants.map(({ id }) => id).sort()).toEqual(listed.sort());
  for (const { quantization, features } of variants) {
    expect(features.includes('shader-f16')).toBe(quantization.includes('f16'));
  }
});

it('has unique ids, and finds a model by its variant', () => {
  const ids = CATALOG.flatMap(({ variants }) => variants.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(CATALOG.map(({ id }) => id)).size).toBe(CATALOG.length);
  expect(modelOf('Qwen3.5-2B-q4f32_1-MLC')?.name).toBe('Qwen 3.5 2B');
  expect(modelOf('nothing')).toBeNull();
});

it('estimates a download below the memory it needs', () => {
  for (const { variants } of CATALOG) {
    for (const { id, estimatedBytes, memoryBytes } of variants) {
      expect(estimatedBytes, id).toBeGreaterThan(1_000_000);
      expect(estimatedBytes, id).toBeLessThan(memoryBytes ?? 0);
    }
  }
});

describe.each(CATALOG.filter(({ family }) => family === 'Demo'))('$name', ({ variants }) => {
  const demo = variants[0]!;
  const read = (path: string) => {
    const from = path === '@library.wasm' ? demo.libUrl : demo.modelUrl + path;
    return readFileSync(new URL(`../../public/${from}`, import.meta.url));
  };
  const { records } = JSON.parse(read('tensor-cache.json').toString()) as { records: { nbytes: number }[] };
  const shardBytes = records.reduce((sum, { nbytes }) => sum + nbytes, 0);

  it('is estimated about right', () => {
    expect(Math.abs(demo.estimatedBytes / shardBytes - 1)).toBeLessThan(0.05);
  });

  it('is pinned to the files that are shipped', () => {
    const paths = Object.keys(demo.sha256!);
    const hashes = paths.map((path) => [path, createHash('sha256').update(read(path)).digest('hex')]);
    expect(demo.sha256).toEqual(Object.fromEntries(hashes));
    const others = paths.reduce((sum, path) => sum + read(path).length, 0);
    expect(demo.sizeBytes).toBe(shardBytes + others);
  });

  it('has golden answers of its own', () => {
    expect(JSON.parse(read('golden.json').toString())).toMatchObject({ model: demo.id });
  });
});
