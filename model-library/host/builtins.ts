/** The global functions that the engine's runtime looks up by name: shapes, arrays, tensors, modules. */
import { Any, Type, at } from './any';
import { copyFromGpu, copyOnGpu, copyToGpu } from './device';
import { error } from './errors';
import { unsupported } from './functions';
import { builtins } from './globals';
import {
  give,
  item,
  newArray,
  newBytes,
  newShape,
  own,
  release,
  setDim,
  sizeOf,
  spanOf,
  textOf,
} from './objects';
import { clearParams, getParam, paramModule, removeParam, updateParam } from './params';
import { kvAdd, kvBegin, kvClear, kvEnd, kvRemove } from './kv';
import { CPU, Dtype, GPU, Tensor, newTensor, newView, tensorAt } from './tensor';
import { getFunction, systemLib } from './vm';

// --- Shapes and arrays --------------------------------------------------------------------------------------------

function makeShape(args: Any, count: i32, out: Any, _bound: usize): bool {
  const shape = newShape(count);
  for (let i = 0; i < count; i++) setDim(shape, i, at(args, i).whole);
  return give(out, Type.Shape, shape);
}

function makeArray(args: Any, count: i32, out: Any, _bound: usize): bool {
  const array = newArray(count);
  for (let i = 0; i < count; i++) own(at(args, i), item(array, i));
  return give(out, Type.Array, array);
}

function arrayItem(args: Any, _count: i32, out: Any, _bound: usize): bool {
  const array = at(args, 0).pointer;
  const index = i32(at(args, 1).whole);
  if (index < 0 || index >= sizeOf(array))
    return error('No element ').number(index).text(' in that array').raise();
  own(item(array, index), out);
  return true;
}

function arraySize(args: Any, _count: i32, out: Any, _bound: usize): bool {
  out.setInt(sizeOf(at(args, 0).pointer));
  return true;
}

/** (Array...) -> Array: very long arrays arrive in pieces. */
function arrayConcat(args: Any, count: i32, out: Any, _bound: usize): bool {
  let total = 0;
  for (let i = 0; i < count; i++) total += sizeOf(at(args, i).pointer);
  const joined = newArray(total);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const part = at(args, i).pointer;
    for (let j = 0; j < sizeOf(part); j++) own(item(part, j), item(joined, next++));
  }
  return give(out, Type.Array, joined);
}

// --- Tensors ------------------------------------------------------------------------------------------------------

/** The element type of a name such as "float32"; 0 if it is none. */
function dtypeOf(name: Any): u32 {
  const text = textOf(name);
  const first = load<u8>(text.data);
  const code: u32 =
    first == 105 /* int */ ? 0 : first == 117 /* uint */ ? 1 : first == 102 /* float */ ? 2 : 255;
  let bits: u32 = 0;
  for (let i: usize = 0; i < text.size; i++) {
    const digit = u32(load<u8>(text.data + i)) - 48;
    if (digit < 10) bits = bits * 10 + digit;
  }
  return code == 255 || bits == 0 || bits > 64 || bits % 8 != 0 ? 0 : code | (bits << 8);
}

/** (Shape, dtype, Device, scope) -> Tensor */
function tensorAlloc(args: Any, _count: i32, out: Any, _bound: usize): bool {
  const dtype = dtypeOf(at(args, 1));
  const device = at(args, 2).deviceType;
  if (dtype == 0) {
    const name = textOf(at(args, 1));
    return error('Unknown element type ').bytes(name.data, name.size).raise();
  }
  if (device != CPU && device != GPU) return error('Unknown device type ').number(device).raise();
  const shape = spanOf(at(args, 0).pointer);
  const tensor = newTensor(i32(shape.size), shape.data, dtype, device);
  return tensor !== null && give(out, Type.Tensor, changetype<usize>(tensor));
}

/** (source, destination): between any two devices. */
function tensorCopy(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const from = tensorAt(at(args, 0).pointer);
  const to = tensorAt(at(args, 1).pointer);
  if (from.bytes != to.bytes) {
    return error('Cannot copy ').number(from.bytes).text(' bytes to a tensor of ').number(to.bytes).raise();
  }
  if (from.device == CPU && to.device == CPU) {
    memory.copy(to.address, from.address, usize(from.bytes));
    return true;
  }
  if (from.device == CPU) return copyToGpu(from.address, to.data, to.byteOffset, from.bytes);
  if (to.device == CPU) return copyFromGpu(from.data, from.byteOffset, to.address, from.bytes);
  return copyOnGpu(from.data, from.byteOffset, to.data, to.byteOffset, from.bytes);
}

/** (CPU tensor, bytes). Also decodes a record of a shard, all of which we keep as they are ("raw"). */
function tensorFromBytes(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const tensor = tensorAt(at(args, 0).pointer);
  const bytes = textOf(at(args, 1));
  if (tensor.device != CPU || u64(bytes.size) != tensor.bytes) {
    return error('Cannot fill a tensor of ')
      .number(tensor.bytes)
      .text(' bytes with ')
      .number(bytes.size)
      .raise();
  }
  memory.copy(tensor.address, bytes.data, bytes.size);
  return true;
}

/** (CPU tensor, bytes, format, dtype) */
function decodeStorage(args: Any, count: i32, out: Any, bound: usize): bool {
  if (!textOf(at(args, 2)).equals('raw')) return error('Only raw tensors are supported in shards').raise();
  return tensorFromBytes(args, count, out, bound);
}

function tensorToBytes(args: Any, _count: i32, out: Any, _bound: usize): bool {
  const tensor = tensorAt(at(args, 0).pointer);
  if (tensor.device != CPU) return error('Only CPU tensors can be read').raise();
  return give(out, Type.Bytes, newBytes(Type.Bytes, tensor.address, usize(tensor.bytes)));
}

/** (tensor, Shape, dtype, byte offset) -> view. The dtype stays. */
function tensorView(args: Any, _count: i32, out: Any, _bound: usize): bool {
  const source = tensorAt(at(args, 0).pointer);
  const offset = at(args, 3).whole;
  const view = newView(source, at(args, 1).pointer, offset);
  if (offset < 0 || view.bytes + u64(offset) > source.bytes) {
    release(changetype<usize>(view));
    return error('A view cannot be larger than its tensor').raise();
  }
  return give(out, Type.Tensor, changetype<usize>(view));
}

/** (Tensor [m, hidden]...) -> Tensor [sum of m, hidden] */
function concatEmbeddings(args: Any, count: i32, out: Any, _bound: usize): bool {
  let rows: i64 = 0;
  const first = tensorAt(at(args, 0).pointer);
  for (let i = 0; i < count; i++) rows += tensorAt(at(args, i).pointer).dim(0);
  store<i64>(joinedDims, rows);
  store<i64>(joinedDims, first.dim(1), 8);
  const joined = newTensor(2, joinedDims, Dtype.Float32, GPU);
  if (joined === null) return false;
  let offset: u64 = 0;
  for (let i = 0; i < count; i++) {
    const part = tensorAt(at(args, i).pointer);
    if (!copyOnGpu(part.data, part.byteOffset, joined.data, offset, part.bytes)) return false;
    offset += part.bytes;
  }
  return give(out, Type.Tensor, changetype<usize>(joined));
}

const joinedDims: usize = memory.data(16, 8);

// --- The table ----------------------------------------------------------------------------------------------------

export function registerBuiltins(): void {
  builtins
    .add('ffi.Shape', makeShape)
    .add('ffi.Array', makeArray)
    .add('ffi.ArrayGetItem', arrayItem)
    .add('ffi.ArraySize', arraySize)
    .add('tvmjs.runtime.ArrayConcat', arrayConcat)
    .add('runtime.TVMTensorAllocWithScope', tensorAlloc)
    .add('runtime.TVMTensorCopyFromTo', tensorCopy)
    .add('runtime.TVMTensorCreateView', tensorView)
    .add('tvmjs.runtime.TensorCopyFromBytes', tensorFromBytes)
    .add('tvmjs.runtime.TensorCopyToBytes', tensorToBytes)
    .add('tvmjs.runtime.ConcatEmbeddings', concatEmbeddings)
    .add('tvmjs.array.decode_storage', decodeStorage)
    .add('ffi.SystemLib', systemLib)
    .add('ffi.ModuleGetFunction', getFunction)
    .add('vm.builtin.tensor_cache.get', getParam)
    .add('vm.builtin.tensor_cache.update', updateParam)
    .add('vm.builtin.tensor_cache.remove', removeParam)
    .add('vm.builtin.tensor_cache.clear', clearParams)
    .add('vm.builtin.param_module_from_cache_by_name', paramModule)
    .add('vm.builtin.kv_state_clear', kvClear)
    .add('vm.builtin.kv_state_add_sequence', kvAdd)
    .add('vm.builtin.kv_state_remove_sequence', kvRemove)
    .add('vm.builtin.kv_state_begin_forward', kvBegin)
    .add('vm.builtin.kv_state_end_forward', kvEnd);
  registerUnsupported();
}

/** The engine insists that these exist; sampling happens in the library's own GPU functions instead. */
function registerUnsupported(): void {
  builtins
    .add('ffi.FunctionListGlobalNamesFunctor', unsupported)
    .add('ffi.ModuleImportModule', unsupported)
    .add('vm.builtin.param_module_from_cache', unsupported)
    .add('vm.builtin.attention_kv_cache_enable_sliding_window_for_seq', unsupported)
    .add('vm.builtin.sample_top_p_from_logits', unsupported)
    .add('vm.builtin.sample_top_p_from_prob', unsupported)
    .add('vm.builtin.apply_repetition_penalty', unsupported)
    .add('vm.builtin.apply_presence_and_frequency_penalty', unsupported)
    .add('vm.builtin.apply_softmax_with_temperature', unsupported);
}
