/**
 * Tensors: a DLTensor (dlpack) behind the object header, compact and row-major.
 *
 *     object  24          28         32       36     40                          44     48       56
 *             | data      | dev type | dev id | ndim | u8 code u8 bits u16 lanes | dims | strides | u64 byte offset
 *
 *     data on the GPU: the buffer's number; on the CPU: an address in this module's memory.
 */
import { Any, Type } from './any';
import { dropBuffer, newBuffer } from './device';
import { error } from './errors';
import { newObject, release, retain, spanOf } from './objects';

export const CPU: i32 = 1;
export const GPU: i32 = 15;

/** Element types, as `code | bits << 8`. */
export namespace Dtype {
  export const Int32: u32 = 0 | (32 << 8);
  export const Uint32: u32 = 1 | (32 << 8);
  export const Float32: u32 = 2 | (32 << 8);
}

const MAX_DIMS = 8;
const HEADER: usize = 24;

@unmanaged
export class Tensor {
  // The header, again, so that offsets are those of the ABI.
  private refs: u64;
  private type: i32;
  private flags: u32;
  private drop: u64;
  data: u32;
  device: i32;
  private deviceId: i32;
  ndim: i32;
  /** `code | bits << 8 | lanes << 16` */
  dtypeAndLanes: u32;
  private dims: usize;
  private strides: usize;
  private gap: u32;
  byteOffset: u64;
  /** The tensor whose memory this one views; 0 if the memory is its own. */
  parent: usize;
  private ownDims: u64; // the first of MAX_DIMS

  get dtype(): u32 {
    return this.dtypeAndLanes & 0xffff;
  }

  dim(index: i32): i64 {
    return load<i64>(this.dims + (usize(index) << 3));
  }

  get elements(): i64 {
    let count: i64 = 1;
    for (let i = 0; i < this.ndim; i++) count *= this.dim(i);
    return count;
  }

  get bytes(): u64 {
    return (u64(this.elements) * ((this.dtype >> 8) & 0xff) + 7) / 8;
  }

  /** Address of the first element of a CPU tensor. */
  get address(): usize {
    return usize(this.data) + usize(this.byteOffset);
  }

  /** Takes `ndim` numbers at `dims` as the shape. */
  setShape(ndim: i32, dims: usize): void {
    this.ndim = ndim;
    this.dims = changetype<usize>(this) + offsetof<Tensor>('ownDims');
    memory.copy(this.dims, dims, usize(ndim) << 3);
  }
}

const SIZE: usize = offsetof<Tensor>('ownDims') + MAX_DIMS * 8;

/** The tensor behind an argument of type Tensor. */
export function tensorAt(object: usize): Tensor {
  return changetype<Tensor>(object);
}

/** A tensor with memory of its own, or null with an error. `dims` are `ndim` i64 at an address. */
export function newTensor(ndim: i32, dims: usize, dtype: u32, device: i32): Tensor | null {
  if (ndim > MAX_DIMS) {
    error('A tensor cannot have ').number(ndim).text(' dimensions').raise();
    return null;
  }
  const tensor = changetype<Tensor>(newObject(Type.Tensor, SIZE, dropTensor));
  tensor.device = device;
  tensor.dtypeAndLanes = dtype | (1 << 16);
  tensor.setShape(ndim, dims);
  tensor.data = device == GPU ? newBuffer(tensor.bytes) : u32(heap.alloc(usize(max<u64>(tensor.bytes, 8))));
  if (tensor.data != 0) return tensor;
  heap.free(changetype<usize>(tensor));
  return null;
}

const smallDims: usize = memory.data(4 * 8, 8);

/** A GPU tensor of one to three dimensions; pass 0 for those that it has not. */
export function newGpuTensor(dtype: u32, a: i64, b: i64 = 0, c: i64 = 0): Tensor | null {
  store<i64>(smallDims, a);
  store<i64>(smallDims, b, 8);
  store<i64>(smallDims, c, 16);
  return newTensor(b == 0 ? 1 : c == 0 ? 2 : 3, smallDims, dtype, GPU);
}

/** A tensor on the same memory with the shape of `shape` (a Shape object), `offset` bytes further. */
export function newView(source: Tensor, shape: usize, offset: i64): Tensor {
  const view = changetype<Tensor>(newObject(Type.Tensor, SIZE, dropTensor));
  view.device = source.device;
  view.dtypeAndLanes = source.dtypeAndLanes;
  view.data = source.data;
  view.byteOffset = source.byteOffset + u64(offset);
  view.setShape(i32(spanOf(shape).size), spanOf(shape).data);
  view.parent = changetype<usize>(source);
  retain(view.parent);
  return view;
}

function dropTensor(object: usize): void {
  const tensor = tensorAt(object);
  if (tensor.parent != 0) return release(tensor.parent);
  if (tensor.device == GPU) return dropBuffer(tensor.data, tensor.bytes);
  heap.free(usize(tensor.data));
}

/**
 * Checks an argument: a compact GPU tensor of `dtype` with `elements` elements (any number if negative).
 * Returns null with an error that names the function and the argument.
 */
export function expectGpu(value: Any, dtype: u32, elements: i64, what: string): Tensor | null {
  if (value.type != Type.Tensor) {
    error(what).text(': a tensor is expected').raise();
    return null;
  }
  const tensor = tensorAt(value.pointer);
  if (tensor.device != GPU || tensor.byteOffset != 0) {
    error(what).text(': the tensor must start at the beginning of a GPU buffer').raise();
  } else if (tensor.dtype != dtype) {
    error(what).text(': wrong element type').raise();
  } else if (elements >= 0 && tensor.elements != elements) {
    error(what).text(': ').number(tensor.elements).text(' elements, expected ').number(elements).raise();
  } else {
    return tensor;
  }
  return null;
}
