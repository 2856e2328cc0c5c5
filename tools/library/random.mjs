#!/usr/bin/env node
/**
 * Writes a llama-style `q4f32_1` model with random weights and any dimensions, for tests and for trying out speeds.
 * It says nothing sensible, but every logit is determined by its seed.
 *
 *   node tools/library/random.mjs --out DIR [--hidden 96 --heads 3 --kvHeads 1 --ffn 160 --vocab 300 …] [--seed 1]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GROUP, dimsOf, paramsOf } from './config.mjs';

/** Small, and awkward on purpose: no dimension is a multiple of a tile, the head is not tied. */
export const ODD = {
  hidden: 96,
  ffn: 160,
  layers: 2,
  heads: 3,
  kvHeads: 1,
  headDim: 32,
  vocab: 300,
  context: 256,
  chunk: 32,
  tied: false,
  theta: 10000,
  eps: 1e-5,
};

/** Uniform numbers in [0, 1) from a 32-bit state (mulberry32, public domain). */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Contents of one parameter: nibbles and scales that give weights of about 1 / sqrt(inputs), gains of about 1. */
function contents({ name, shape, dtype }, random) {
  const length = shape.reduce((a, b) => a * b);
  if (dtype === 'uint32')
    return Uint32Array.from({ length }, () => Math.floor(random() * 2 ** 32) & 0xeeeeeeee);
  if (!name.endsWith('q_scale')) return Float32Array.from({ length }, () => 0.75 + random() / 2);
  const inputs = shape[1] * GROUP;
  return Float32Array.from({ length }, () => (0.5 + random()) / (4.3 * Math.sqrt(inputs)));
}

/** The chat config of a model with these dimensions; the engine reads the outer part, the builder `model_config`. */
export function chatConfig(d) {
  return {
    model_type: 'llama',
    quantization: 'q4f32_1',
    model_config: {
      hidden_size: d.hidden,
      intermediate_size: d.ffn,
      num_hidden_layers: d.layers,
      num_attention_heads: d.heads,
      num_key_value_heads: d.kvHeads,
      head_dim: d.headDim,
      vocab_size: d.vocab,
      context_window_size: d.context,
      prefill_chunk_size: d.chunk,
      tie_word_embeddings: d.tied,
      position_embedding_base: d.theta,
      rms_norm_eps: d.eps,
    },
    vocab_size: d.vocab,
    context_window_size: d.context,
    prefill_chunk_size: d.chunk,
    sliding_window_size: -1,
    attention_sink_size: -1,
    temperature: 0,
    top_p: 1,
    repetition_penalty: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    bos_token_id: 0,
    eos_token_id: [1],
    pad_token_id: 1,
    tokenizer_files: ['tokenizer.json'],
    tokenizer_info: {
      token_postproc_method: 'raw',
      prepend_space_in_encode: false,
      strip_space_in_decode: false,
    },
    conv_template: {
      name: 'random',
      system_template: '{system_message}',
      system_message: '',
      roles: { user: 'u', assistant: 'a', tool: 'u' },
      role_templates: { user: '{user_message}', assistant: '{assistant_message}', tool: '{tool_message}' },
      messages: [],
      seps: [';'],
      role_content_sep: '',
      role_empty_sep: '',
      stop_str: [],
      stop_token_ids: [1],
      function_string: '',
      use_function_calling: false,
    },
  };
}

/** One token a character, so that any text can be encoded; the rest are names nobody types. */
const tokenName = (i) => (i < 2 || i >= 97 ? `<${i}>` : String.fromCharCode(i + 30));

function tokenizer(vocab) {
  const tokens = Object.fromEntries(Array.from({ length: vocab }, (_, i) => [tokenName(i), i]));
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      vocab: tokens,
      merges: [],
    },
  };
}

/** Writes the model's files except the library to `folder`. */
export async function writeRandomModel(folder, dims, seed = 1) {
  const random = generator(seed);
  const params = paramsOf(dims);
  const tensors = params.map((param) => new Uint8Array(contents(param, random).buffer));
  let byteOffset = 0;
  const records = params.map((param, i) => {
    const nbytes = tensors[i].length;
    byteOffset += nbytes;
    return { ...param, format: 'raw', nbytes, byteOffset: byteOffset - nbytes };
  });
  const shard = { dataPath: 'params_shard_0.bin', format: 'raw-shard', nbytes: byteOffset, records };
  const config = chatConfig(dims);
  dimsOf(config);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, shard.dataPath), Buffer.concat(tensors));
  await writeFile(join(folder, 'tensor-cache.json'), JSON.stringify({ metadata: {}, records: [shard] }));
  await writeFile(join(folder, 'mlc-chat-config.json'), JSON.stringify(config));
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer(dims.vocab)));
}

async function main() {
  const names = Object.keys(ODD).filter((name) => name !== 'tied');
  const numbers = Object.fromEntries([...names, 'seed', 'out'].map((name) => [name, { type: 'string' }]));
  const { values } = parseArgs({ options: { ...numbers, tied: { type: 'boolean' } } });
  const { out, seed, ...given } = values;
  if (!out) throw new Error('--out DIR is missing');
  const parsed = Object.entries(given).map(([k, v]) => [k, k === 'tied' ? v : Number(v)]);
  await writeRandomModel(out, { ...ODD, ...Object.fromEntries(parsed) }, Number(seed ?? 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
