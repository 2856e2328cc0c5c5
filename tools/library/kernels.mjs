/**
 * The list of kernels: which WGSL file, compiled with which constants, under which name.
 * The host launches them by name (`Kernel.<name>` in `model-library/generated/model.ts`).
 */
import { groupsOf } from './config.mjs';

/** Largest power of two that is at most `n`. */
const floorPow2 = (n) => 2 ** Math.floor(Math.log2(n));

/**
 * A small model is a matter of launches and latency: its kernels work in registers and hardly touch workgroup memory,
 * which software GPUs clear at great cost before every workgroup. A large one is a matter of bandwidth and arithmetic:
 * threads share rows, and tiles are staged in workgroup memory.
 */
export const isSmall = (d) => Math.max(d.hidden, d.heads * d.headDim) <= 512 && d.ffn <= 2048;

/**
 * Threads that share a row of a matrix-vector product: one if the model is small, else one per quantization group within
 * 8 to 32, so that neighbouring threads read neighbouring 16-byte words.
 */
const lanesFor = (small, inputs) => (small ? 1 : Math.min(32, Math.max(8, floorPow2(groupsOf(inputs)))));

/** Small: 16 threads, each 8 rows alone. Large: 64 threads, whose lanes share 4 rows. */
function matvec(small, name, inputs, outputs, flags) {
  const lanes = lanesFor(small, inputs);
  const threads = small ? 16 : 64;
  const quads = small ? 2 : 1;
  const ups = flags.SWIGLU ? quads : 0;
  return {
    name,
    file: 'matvec.wgsl',
    consts: {
      IN: inputs,
      OUT: outputs,
      LANES: lanes,
      WG: threads,
      ROW_QUADS: quads,
      UP_QUADS: ups,
      NORM_QUADS: flags.NORM ? quads : 0,
      SPLIT: lanes > 1,
      SPLIT_NORM: lanes > 1 && flags.NORM,
      SPLIT_QUADS: lanes > 1 ? quads : 0,
      SPLIT_UP_QUADS: lanes > 1 ? ups : 0,
      ...flags,
    },
    columnGroups: Math.ceil(outputs / ((threads / lanes) * 4 * quads)),
  };
}

/** Tokens that a workgroup of `matmul` covers in y. */
export const tokensPerGroup = (small) => (small ? 16 : 32);

/** Small: 16 threads, each 8 outputs x 16 tokens. Large: 64 threads on a tile of 64 outputs x 32 tokens. */
const matmul = (small, name, inputs, outputs, flags) => ({
  name,
  file: small ? 'matmul_small.wgsl' : 'matmul.wgsl',
  consts: { IN: inputs, OUT: outputs, WG: 16, TOKENS: tokensPerGroup(small), ...flags },
  columnGroups: Math.ceil(outputs / (small ? 128 : 64)),
});

/**
 * @param {import('./config.mjs').Dims} d
 * @returns {{name: string, file: string, consts: Record<string, number | boolean>, columnGroups?: number}[]}
 * `columnGroups`: workgroups that cover the outputs of a matrix; for attention, queries a
 * workgroup takes; for the sort, workgroups of one step
 */
export function kernelsOf(d) {
  const small = isSmall(d);
  const attn = d.heads * d.headDim;
  const qkv = attn + 2 * d.kvHeads * d.headDim;
  const heads = { HEADS: d.heads, KV_HEADS: d.kvHeads, HEAD_DIM: d.headDim };
  const normed = { NORM: true, SWIGLU: false, RESIDUAL: false, EPS: d.eps };
  const added = { NORM: false, SWIGLU: false, RESIDUAL: true };
  return [
    { name: 'embed', file: 'embed.wgsl', consts: { HIDDEN: d.hidden, VOCAB: d.vocab } },
    { name: 'norm', file: 'norm.wgsl', consts: { HIDDEN: d.hidden, EPS: d.eps, WG: small ? 16 : 64 } },
    matmul(small, 'qkv_many', d.hidden, qkv, { RESIDUAL: false }),
    { name: 'rope_many', file: 'rope_many.wgsl', consts: heads },
    attendMany(d, heads),
    matmul(small, 'output_many', attn, d.hidden, { RESIDUAL: true }),
    matmul(small, 'gate_up_many', d.hidden, 2 * d.ffn, { RESIDUAL: false }),
    { name: 'swiglu', file: 'swiglu.wgsl', consts: { FFN: d.ffn } },
    matmul(small, 'down_many', d.ffn, d.hidden, { RESIDUAL: true }),
    matvec(small, 'qkv_one', d.hidden, qkv, normed),
    {
      name: 'attend_one',
      file: 'attend_one.wgsl',
      consts: { ...heads, WG: small ? 32 : 64, TILE: small ? 64 : 256 },
    },
    matvec(small, 'output_one', attn, d.hidden, added),
    matvec(small, 'gate_up_one', d.hidden, d.ffn, { ...normed, SWIGLU: true }),
    matvec(small, 'down_one', d.ffn, d.hidden, added),
    matvec(small, 'head', d.hidden, d.vocab, normed),
    ...samplingKernels(d.vocab),
  ];
}

/** Narrow heads fit into a thread's registers; wide ones need tiles. */
function attendMany(d, heads) {
  if (d.headDim <= 64) {
    return {
      name: 'attend_many',
      file: 'attend_small.wgsl',
      consts: { ...heads, QUADS: d.headDim / 4, WG: 32 },
      columnGroups: 32,
    };
  }
  const consts = { ...heads, KEYS: d.headDim > 192 ? 8 : 16 };
  return { name: 'attend_many', file: 'attend_many.wgsl', consts, columnGroups: 16 };
}

function samplingKernels(vocab) {
  const sizes = { VOCAB: vocab, WG: vocab <= SORT_SMALL ? 32 : 256 };
  return [
    { name: 'bitmask', file: 'bitmask.wgsl', consts: { VOCAB: vocab } },
    { name: 'penalty', file: 'penalty.wgsl', consts: { VOCAB: vocab } },
    { name: 'logit_bias', file: 'logit_bias.wgsl', consts: { VOCAB: vocab } },
    { name: 'softmax', file: 'softmax.wgsl', consts: sizes },
    ...sortKernels(vocab),
    { name: 'sample', file: 'sample.wgsl', consts: sizes },
  ];
}

/** Up to this vocabulary, one workgroup sorts everything. */
export const SORT_SMALL = 4096;

/** Items of a larger vocabulary that one workgroup sorts in 8 KB of its memory. */
export const SORT_BLOCK = 1024;

/** Power of two that the sort works on. */
export const sortSize = (vocab) => Math.max(16, 2 ** Math.ceil(Math.log2(vocab)));

function sortKernels(vocab) {
  if (vocab <= SORT_SMALL) {
    return [
      {
        name: 'sort_small',
        file: 'sort_small.wgsl',
        consts: { VOCAB: vocab, SIZE: sortSize(vocab), WG: 32 },
      },
    ];
  }
  const consts = { VOCAB: vocab, BLOCK: SORT_BLOCK, WG: 128 };
  const columnGroups = sortSize(vocab) / 2 / consts.WG;
  return ['sort_block', 'sort_step', 'sort_merge'].map((name) => ({
    name,
    file: `${name}.wgsl`,
    consts,
    columnGroups,
  }));
}

/** Kernels that the host names although a library has only one of the two ways to sort. */
export const SORT_NAMES = ['sort_small', 'sort_block', 'sort_step', 'sort_merge'];
