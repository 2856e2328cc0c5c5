/**
 * Where each parameter is in the Array of parameters: the order of `paramsOf` in `tools/library/config.mjs`.
 *
 *     embed q, scale | per layer: norm, qkv q, scale, output q, scale, norm, gate_up q, scale, down q, scale | norm | head q, scale
 */
import { Any, Type } from './any';
import { error } from './errors';
import { item, release, retain, sizeOf } from './objects';
import { Dtype, GPU, Tensor, tensorAt } from './tensor';
import { LAYERS, PARAM_COUNT, TIED, paramElements } from '../generated/model';

export namespace Layer {
  export const InputNorm: i32 = 0;
  export const Qkv: i32 = 1;
  export const Output: i32 = 3;
  export const PostNorm: i32 = 5;
  export const GateUp: i32 = 6;
  export const Down: i32 = 8;
}

const PER_LAYER = 10;
const FIRST_LAYER = 2;

export const EMBED: i32 = 0;
export const FINAL_NORM: i32 = FIRST_LAYER + LAYERS * PER_LAYER;
export const HEAD: i32 = TIED ? EMBED : FINAL_NORM + 1;

/** Index of a parameter of layer `layer`; a scale follows its weight. */
export function inLayer(layer: i32, part: i32): i32 {
  return FIRST_LAYER + layer * PER_LAYER + part;
}

export function param(params: usize, index: i32): Tensor {
  return tensorAt(item(params, index).pointer);
}

/** The last array that passed the check, kept alive so that its address stays its own; arrays never change. */
let checked: usize = 0;

/** The Array of parameters behind an argument, every tensor of the expected size; 0 with an error otherwise. */
export function expectParams(value: Any): usize {
  if (value.type == Type.Array && value.pointer == checked) return checked;
  if (value.type != Type.Array || sizeOf(value.pointer) != PARAM_COUNT) {
    error('Expected ').number(PARAM_COUNT).text(' parameters').raise();
    return 0;
  }
  for (let i = 0; i < PARAM_COUNT; i++) {
    const tensor = param(value.pointer, i);
    const right = tensor.device == GPU && (tensor.dtype == Dtype.Float32 || tensor.dtype == Dtype.Uint32);
    if (!right || tensor.elements != i64(paramElements(i))) {
      error('Parameter ')
        .number(i)
        .text(' has ')
        .number(tensor.elements)
        .text(' elements, expected ')
        .number(paramElements(i))
        .raise();
      return 0;
    }
  }
  retain(value.pointer);
  if (checked != 0) release(checked);
  checked = value.pointer;
  return checked;
}
