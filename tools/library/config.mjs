/**
 * Reads an `mlc-chat-config.json` and says which dimensions the library is built for.
 * Only llama-style models with group-32 `q4f32_1` weights are understood; everything else is refused by name.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} Dims Dimensions of one model; counts, not bytes.
 * @property {number} hidden width of the residual stream
 * @property {number} ffn inner width of the feed-forward block
 * @property {number} layers
 * @property {number} heads query heads
 * @property {number} kvHeads key and value heads; divides `heads`
 * @property {number} headDim
 * @property {number} vocab rows of the embedding, and logits
 * @property {number} context default tokens in the KV cache; the engine may ask for another number when loading
 * @property {number} chunk most tokens in one prefill
 * @property {boolean} tied true if the head reuses the embedding
 * @property {number} theta base of the rotary frequencies
 * @property {number} eps epsilon of RMSNorm
 */

/** Weights in one group share a scale. Fixed by the `q4f32_1` format. */
export const GROUP = 32;

/** Groups that hold a row of `inputs` weights. */
export const groupsOf = (inputs) => Math.ceil(inputs / GROUP);

const need = (record, name) => {
  const value = record[name];
  if (typeof value !== 'number' || !(value > 0))
    throw new Error(`model_config.${name} must be a number above 0`);
  return value;
};

/** @returns {Dims} */
export function dimsOf(config) {
  if (config.model_type !== 'llama')
    throw new Error(`model_type "${config.model_type}" is not supported, only "llama"`);
  if (config.quantization !== 'q4f32_1') {
    throw new Error(`quantization "${config.quantization}" is not supported, only "q4f32_1"`);
  }
  const model = config.model_config ?? {};
  if (model.rope_scaling) throw new Error('model_config.rope_scaling is not supported');
  const heads = need(model, 'num_attention_heads');
  const hidden = need(model, 'hidden_size');
  return check({
    hidden,
    ffn: need(model, 'intermediate_size'),
    layers: need(model, 'num_hidden_layers'),
    heads,
    kvHeads: model.num_key_value_heads ?? heads,
    headDim: model.head_dim ?? hidden / heads,
    vocab: need(model, 'vocab_size'),
    context: need(model, 'context_window_size'),
    chunk: model.prefill_chunk_size ?? need(config, 'prefill_chunk_size'),
    tied: model.tie_word_embeddings === true,
    theta: model.position_embedding_base ?? 10000,
    eps: need(model, 'rms_norm_eps'),
  });
}

function refuse(reason) {
  throw new Error(`this model does not fit the kernels: ${reason}`);
}

/** Refuses what the kernels cannot do, so that a wrong library is never built. */
function check(dims) {
  for (const name of ['hidden', 'ffn', 'headDim']) {
    if (dims[name] % 4 !== 0) refuse(`${name} = ${dims[name]} is not a multiple of 4`);
  }
  if (dims.heads % dims.kvHeads !== 0)
    refuse(`${dims.heads} heads cannot share ${dims.kvHeads} key/value heads`);
  if (dims.headDim > 256) refuse(`head dimension ${dims.headDim} is above 256`);
  if (dims.vocab > 262144) refuse(`vocabulary of ${dims.vocab} is above 262144`);
  return dims;
}

/** Reads `mlc-chat-config.json` in `folder`. @returns {Promise<Dims>} */
export async function readDims(folder) {
  return dimsOf(JSON.parse(await readFile(join(folder, 'mlc-chat-config.json'), 'utf8')));
}

/** A quantized matrix: its words and its scales. */
const linear = (name, outputs, inputs) => [
  { name: `${name}.q_weight`, shape: [outputs, 4 * groupsOf(inputs)], dtype: 'uint32' },
  { name: `${name}.q_scale`, shape: [outputs, groupsOf(inputs)], dtype: 'float32' },
];

/**
 * Parameters in the order in which the library receives them, with MLC's names and shapes.
 * The host relies on this order: see `model-library/host/weights.ts`.
 * @param {Dims} d
 * @returns {{name: string, shape: number[], dtype: string}[]}
 */
export function paramsOf(d) {
  const norm = (name) => [{ name: `${name}.weight`, shape: [d.hidden], dtype: 'float32' }];
  const layer = (i) => [
    ...norm(`model.layers.${i}.input_layernorm`),
    ...linear(`model.layers.${i}.self_attn.qkv_proj`, (d.heads + 2 * d.kvHeads) * d.headDim, d.hidden),
    ...linear(`model.layers.${i}.self_attn.o_proj`, d.hidden, d.heads * d.headDim),
    ...norm(`model.layers.${i}.post_attention_layernorm`),
    ...linear(`model.layers.${i}.mlp.gate_up_proj`, 2 * d.ffn, d.hidden),
    ...linear(`model.layers.${i}.mlp.down_proj`, d.hidden, d.ffn),
  ];
  return [
    ...linear('model.embed_tokens', d.vocab, d.hidden),
    ...Array.from({ length: d.layers }, (_, i) => layer(i)).flat(),
    ...norm('model.norm'),
    ...(d.tied ? [] : linear('lm_head', d.vocab, d.hidden)),
  ];
}
