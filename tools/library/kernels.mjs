/**
 * The list of kernels: which WGSL file, compiled with which constants, under which name.
 * The host launches them by name (`Kernel.<name>` in `model-library/generated/model.ts`).
 */
import { GROUP } from './config.mjs';

const groups = (inputs) => Math.ceil(inputs / GROUP);

/** Largest power of two that is at most `n`. */
const floorPow2 = (n) => 2 ** Math.floor(Math.log2(n));

/**
 * Threads that share one row of a matrix-vector product: one per quantization group, within 8 to 32, so that
 * neighbouring threads read neighbouring 16-byte words and short rows do not leave threads idle.
 */
const lanesFor = (inputs) => Math.min(32, Math.max(8, floorPow2(groups(inputs))));

/** 64 threads: 64 / lanes groups of four rows. */
const matvec = (name, inputs, outputs, flags) => ({
  name,
  file: 'matvec.wgsl',
  consts: { IN: inputs, OUT: outputs, LANES: lanesFor(inputs), WG: 64, ...flags },
  columnGroups: Math.ceil(outputs / ((64 / lanesFor(inputs)) * 4)),
});

const matmul = (name, inputs, outputs, flags) => ({
  name,
  file: 'matmul.wgsl',
  consts: { IN: inputs, OUT: outputs, ...flags },
  columnGroups: Math.ceil(outputs / 64),
});

/**
 * @param {import('./config.mjs').Dims} d
 * @returns {{name: string, file: string, consts: Record<string, number | boolean>, columnGroups?: number}[]}
 * `columnGroups`: workgroups that cover the outputs of a matrix
 */
export function kernelsOf(d) {
  const attn = d.heads * d.headDim;
  const qkv = attn + 2 * d.kvHeads * d.headDim;
  const heads = { HEADS: d.heads, KV_HEADS: d.kvHeads, HEAD_DIM: d.headDim };
  return [
    { name: 'embed', file: 'embed.wgsl', consts: { HIDDEN: d.hidden, VOCAB: d.vocab } },
    { name: 'norm', file: 'norm.wgsl', consts: { HIDDEN: d.hidden, EPS: d.eps } },
    matmul('qkv_many', d.hidden, qkv, { RESIDUAL: false }),
    { name: 'rope_many', file: 'rope_many.wgsl', consts: heads },
    { name: 'attend_many', file: 'attend_many.wgsl', consts: { ...heads, KEYS: d.headDim > 192 ? 8 : 16 } },
    matmul('output_many', attn, d.hidden, { RESIDUAL: true }),
    matmul('gate_up_many', d.hidden, 2 * d.ffn, { RESIDUAL: false }),
    { name: 'swiglu', file: 'swiglu.wgsl', consts: { FFN: d.ffn } },
    matmul('down_many', d.ffn, d.hidden, { RESIDUAL: true }),
    matvec('qkv_one', d.hidden, qkv, { NORM: true, SWIGLU: false, RESIDUAL: false, EPS: d.eps }),
    { name: 'attend_one', file: 'attend_one.wgsl', consts: heads },
    matvec('output_one', attn, d.hidden, { NORM: false, SWIGLU: false, RESIDUAL: true, EPS: d.eps }),
    matvec('gate_up_one', d.hidden, d.ffn, { NORM: true, SWIGLU: true, RESIDUAL: false, EPS: d.eps }),
    matvec('down_one', d.ffn, d.hidden, { NORM: false, SWIGLU: false, RESIDUAL: true, EPS: d.eps }),
    matvec('head', d.hidden, d.vocab, { NORM: true, SWIGLU: false, RESIDUAL: false, EPS: d.eps }),
    { name: 'bitmask', file: 'bitmask.wgsl', consts: { VOCAB: d.vocab } },
    { name: 'penalty', file: 'penalty.wgsl', consts: { VOCAB: d.vocab } },
    { name: 'logit_bias', file: 'logit_bias.wgsl', consts: { VOCAB: d.vocab } },
    { name: 'softmax', file: 'softmax.wgsl', consts: { VOCAB: d.vocab } },
    ...sorting(d.vocab),
    { name: 'sample', file: 'sample.wgsl', consts: { VOCAB: d.vocab } },
  ];
}

/** Elements that one workgroup sorts in 16 KB of its memory. */
export const SORT_BLOCK = 2048;

/** Power of two that the sort works on: at least one block, at least the vocabulary. */
export const sortSize = (vocab) => Math.max(SORT_BLOCK, 2 ** Math.ceil(Math.log2(vocab)));

/** A vocabulary of one block needs one kernel; a longer one is merged across blocks by two more. */
function sorting(vocab) {
  const consts = { VOCAB: vocab, BLOCK: SORT_BLOCK };
  return [
    { name: 'sort_block', file: 'sort_block.wgsl', consts },
    { name: 'sort_step', file: 'sort_step.wgsl', consts },
    { name: 'sort_merge', file: 'sort_merge.wgsl', consts },
  ];
}
