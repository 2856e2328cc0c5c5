/** From logits to a token: masks, penalties, softmax, sort and top-p, all on the GPU. One sequence, so row 0 only. */
import { Any, Type, at } from './any';
import { error } from './errors';
import { groupsOf, launch } from './kernels';
import { give, item, newArray, newShape, release, setDim } from './objects';
import { Dtype, Tensor, expectGpu, newGpuTensor, newView } from './tensor';
import { Kernel, SORT_AT_ONCE, SORT_BLOCK, SORT_SIZE, VOCAB, columnGroups } from '../generated/model';

/** apply_bitmask_inplace(logits[1, V], sequence ids[1], bitmask int32[1, ceil(V / 32)]) */
export function applyBitmask(args: Any, count: i32, _out: Any, _bound: usize): bool {
  if (count != 3) return error('apply_bitmask_inplace takes 3 tensors').raise();
  const logits = expectGpu(at(args, 0), Dtype.Float32, VOCAB, 'apply_bitmask_inplace, logits');
  const mask = expectGpu(at(args, 2), Dtype.Int32, (VOCAB + 31) / 32, 'apply_bitmask_inplace, bitmask');
  if (logits === null || mask === null) return false;
  return launch(Kernel.bitmask).tensor(logits).tensor(mask).run(groupsOf(VOCAB, 64));
}

/** apply_penalty_inplace(logits, sequence ids[1], position to sequence[n], token ids[n], counts[n], penalties[1, 3]) */
export function applyPenalty(args: Any, count: i32, _out: Any, _bound: usize): bool {
  if (count != 6) return error('apply_penalty_inplace takes 6 tensors').raise();
  const logits = expectGpu(at(args, 0), Dtype.Float32, VOCAB, 'apply_penalty_inplace, logits');
  const ids = expectGpu(at(args, 3), Dtype.Int32, -1, 'apply_penalty_inplace, token ids');
  if (logits === null || ids === null) return false;
  const times = expectGpu(at(args, 4), Dtype.Int32, ids.elements, 'apply_penalty_inplace, counts');
  const penalties = expectGpu(at(args, 5), Dtype.Float32, 3, 'apply_penalty_inplace, penalties');
  if (times === null || penalties === null) return false;
  return launch(Kernel.penalty)
    .tensor(logits)
    .tensor(ids)
    .tensor(times)
    .tensor(penalties)
    .value(u32(ids.elements))
    .run(groupsOf(u32(ids.elements), 64));
}

/** apply_logit_bias_inplace(logits, position to sequence[n], token ids[n], bias float32[n]) */
export function applyLogitBias(args: Any, count: i32, _out: Any, _bound: usize): bool {
  if (count != 4) return error('apply_logit_bias_inplace takes 4 tensors').raise();
  const logits = expectGpu(at(args, 0), Dtype.Float32, VOCAB, 'apply_logit_bias_inplace, logits');
  const ids = expectGpu(at(args, 2), Dtype.Int32, -1, 'apply_logit_bias_inplace, token ids');
  if (logits === null || ids === null) return false;
  const bias = expectGpu(at(args, 3), Dtype.Float32, ids.elements, 'apply_logit_bias_inplace, bias');
  if (bias === null) return false;
  return launch(Kernel.logit_bias)
    .tensor(logits)
    .tensor(ids)
    .tensor(bias)
    .value(u32(ids.elements))
    .run(groupsOf(u32(ids.elements), 64));
}

/** softmax_with_temperature(logits[1, 1, V], temperature[1]) -> probabilities[1, 1, V] */
export function softmax(args: Any, count: i32, out: Any, _bound: usize): bool {
  if (count != 2) return error('softmax_with_temperature takes 2 tensors').raise();
  const logits = expectGpu(at(args, 0), Dtype.Float32, VOCAB, 'softmax_with_temperature, logits');
  const temperature = expectGpu(at(args, 1), Dtype.Float32, 1, 'softmax_with_temperature, temperature');
  if (logits === null || temperature === null) return false;
  const probs = newGpuTensor(Dtype.Float32, 1, 1, VOCAB);
  if (probs === null) return false;
  give(out, Type.Tensor, changetype<usize>(probs));
  return launch(Kernel.softmax).tensor(logits).tensor(temperature).tensor(probs).run(1);
}

/** argsort_probs(probabilities[1, V]) -> [sorted probabilities[1, V], token ids int32[1, V]], descending */
export function argsort(args: Any, count: i32, out: Any, _bound: usize): bool {
  if (count != 1) return error('argsort_probs takes 1 tensor').raise();
  const probs = expectGpu(at(args, 0), Dtype.Float32, VOCAB, 'argsort_probs, probabilities');
  if (probs === null) return false;
  // The sort needs a power of two; the tensors that the engine gets show the first V of it.
  const sorted = newGpuTensor(Dtype.Float32, 1, SORT_SIZE);
  const ids = newGpuTensor(Dtype.Int32, 1, SORT_SIZE);
  if (sorted === null || ids === null) return false;
  const results = newArray(2);
  give(item(results, 0), Type.Tensor, firstOfVocabulary(sorted));
  give(item(results, 1), Type.Tensor, firstOfVocabulary(ids));
  give(out, Type.Array, results);
  return sort(probs, sorted, ids);
}

/** A view of the first V elements, which takes over the caller's reference to `tensor`. */
function firstOfVocabulary(tensor: Tensor): usize {
  const shape = newShape(2);
  setDim(shape, 0, 1);
  setDim(shape, 1, VOCAB);
  const view = newView(tensor, shape, 0);
  release(shape);
  release(changetype<usize>(tensor));
  return changetype<usize>(view);
}

/** Bitonic: a small vocabulary at once; else blocks first, then merges of runs across blocks, each a step per stride and one pass inside the blocks. */
function sort(probs: Tensor, sorted: Tensor, ids: Tensor): bool {
  if (SORT_AT_ONCE) return launch(Kernel.sort_small).tensor(probs).tensor(sorted).tensor(ids).run(1);
  const blocks = SORT_SIZE / SORT_BLOCK;
  if (!launch(Kernel.sort_block).tensor(probs).tensor(sorted).tensor(ids).run(blocks)) return false;
  for (let run = SORT_BLOCK * 2; run <= SORT_SIZE; run *= 2) {
    for (let stride = run / 2; stride >= SORT_BLOCK; stride /= 2) {
      const step = launch(Kernel.sort_step).tensor(sorted).tensor(ids).value(run).value(stride);
      if (!step.run(columnGroups(Kernel.sort_step))) return false;
    }
    if (!launch(Kernel.sort_merge).tensor(sorted).tensor(ids).value(run).run(blocks)) return false;
  }
  return true;
}

/** sample_with_top_p(sorted probabilities, ids, uniform[1], row[1], top_p[1]) -> token int32[1]; -1 if they were NaN */
export function sampleTopP(args: Any, count: i32, out: Any, _bound: usize): bool {
  if (count != 5) return error('sample_with_top_p takes 5 tensors').raise();
  const sorted = expectGpu(at(args, 0), Dtype.Float32, VOCAB, 'sample_with_top_p, probabilities');
  const ids = expectGpu(at(args, 1), Dtype.Int32, VOCAB, 'sample_with_top_p, token ids');
  const uniform = expectGpu(at(args, 2), Dtype.Float32, 1, 'sample_with_top_p, uniform');
  const topP = expectGpu(at(args, 4), Dtype.Float32, 1, 'sample_with_top_p, top_p');
  if (sorted === null || ids === null || uniform === null || topP === null) return false;
  const token = newGpuTensor(Dtype.Int32, 1);
  if (token === null) return false;
  give(out, Type.Tensor, changetype<usize>(token));
  return launch(Kernel.sample).tensor(sorted).tensor(ids).tensor(uniform).tensor(topP).tensor(token).run(1);
}
