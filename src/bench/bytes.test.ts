import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesPerToken, kvBytesPerToken } from './bytes.ts';

function demo(name: string): unknown {
  return JSON.parse(
    readFileSync(new URL(`../../public/models/demo/resolve/main/${name}`, import.meta.url), 'utf8'),
  );
}

function cache(...tensors: [name: string, nbytes: number][]): unknown {
  return { records: [{ records: tensors.map(([name, nbytes]) => ({ name, nbytes })) }] };
}

test('the demo model ties its table to its head, so it reads everything', () => {
  const all = demo('tensor-cache.json') as { metadata: { ParamBytes: number } };
  expect(bytesPerToken(all)).toBe(all.metadata.ParamBytes);
  expect(kvBytesPerToken(demo('mlc-chat-config.json'))).toBe(2 * 5 * 2 * 32 * 4);
});

test('a table beside a head is only looked up in, and so are tables per layer; other senses rest', () => {
  const layers: [string, number][] = [
    ['model.embed_tokens.q_weight', 1000],
    ['model.layers.0.mlp.q_weight', 10],
    ['model.embed_tokens_per_layer.q_weight', 5000],
    ['vision_tower.patch.weight', 7000],
  ];
  expect(bytesPerToken(cache(...layers))).toBe(1010);
  expect(bytesPerToken(cache(...layers, ['lm_head.q_weight', 900]))).toBe(910);
});

test.each([
  ['experts', cache(['model.embed_tokens.w', 1], ['model.layers.0.experts.1.w', 1])],
  ['another layout', cache(['transformer.wte', 1])],
  ['a broken size', { records: [{ records: [{ name: 'model.embed_tokens.w', nbytes: 'x' }] }] }],
  ['no list', { records: [null] }],
  ['nothing', null],
])('%s: not known', (_, given) => expect(bytesPerToken(given)).toBeNull());

test.each([
  ['no sizes', { model_config: {} }],
  [
    'a window',
    { model_config: { num_hidden_layers: 2, num_key_value_heads: 1, head_dim: 8, sliding_window: 512 } },
  ],
  ['recurrent layers', { model_config: { num_hidden_layers: 2, layer_types: ['linear'] } }],
  ['nothing', undefined],
])('%s: KV bytes are not known', (_, given) => expect(kvBytesPerToken(given)).toBeNull());

test('a window of null or -1 is none, and f16 halves the cache', () => {
  const model = { num_hidden_layers: 2, num_key_value_heads: 1, head_dim: 8, sliding_window: null };
  const config = { quantization: 'q4f16_1', sliding_window_size: -1, model_config: model };
  expect(kvBytesPerToken(config)).toBe(64);
});
