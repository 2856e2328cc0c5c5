/**
 * The tensor cache: the engine puts every tensor of the shards in here by name, then asks for a module with those that
 * the metadata lists, in that order.
 */
import { Any, Type, at } from './any';
import { error } from './errors';
import { give, item, newArray, newBytes, release, retain, sizeOf, spanOf, Span, textOf } from './objects';
import { PARAM_MODULE, newModule } from './modules';

let capacity = 0;
let count = 0;
/** Pairs of a Str object and a tensor. */
let entries: usize = 0;

function slot(index: i32): usize {
  return entries + (usize(index) << 3);
}

function tensorIn(index: i32): usize {
  return load<usize>(slot(index), 4);
}

function position(name: Span): i32 {
  for (let i = 0; i < count; i++) {
    if (spanOf(load<usize>(slot(i))).same(name)) return i;
  }
  return -1;
}

function grow(): void {
  capacity = max(64, capacity * 2);
  const larger = heap.alloc(usize(capacity) << 3);
  memory.copy(larger, entries, usize(count) << 3);
  if (entries != 0) heap.free(entries);
  entries = larger;
}

/** (name, tensor, override) */
export function updateParam(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const name = textOf(at(args, 0));
  const tensor = at(args, 1).pointer;
  const old = position(name);
  retain(tensor);
  if (old >= 0) {
    release(tensorIn(old));
    store<usize>(slot(old), tensor, 4);
    return true;
  }
  if (count == capacity) grow();
  store<usize>(slot(count), newBytes(Type.Str, name.data, name.size));
  store<usize>(slot(count++), tensor, 4);
  return true;
}

/** (name) -> Tensor or None */
export function getParam(args: Any, _count: i32, out: Any, _bound: usize): bool {
  const index = position(textOf(at(args, 0)));
  if (index < 0) return true;
  retain(tensorIn(index));
  return give(out, Type.Tensor, tensorIn(index));
}

/** (name) */
export function removeParam(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const index = position(textOf(at(args, 0)));
  if (index >= 0) drop(index);
  return true;
}

export function clearParams(_args: Any, _count: i32, _out: Any, _bound: usize): bool {
  while (count > 0) drop(count - 1);
  return true;
}

function drop(index: i32): void {
  release(load<usize>(slot(index)));
  release(tensorIn(index));
  count--;
  store<u64>(slot(index), load<u64>(slot(count)));
}

/** (Array of names) -> module whose `get_params` gives the tensors in that order. */
export function paramModule(args: Any, _count: i32, out: Any, _bound: usize): bool {
  const names = at(args, 0).pointer;
  const params = newArray(sizeOf(names));
  for (let i = 0; i < sizeOf(names); i++) {
    const name = textOf(item(names, i));
    const index = position(name);
    if (index < 0) {
      release(params);
      return error('The weights do not contain ').bytes(name.data, name.size).raise();
    }
    retain(tensorIn(index));
    give(item(params, i), Type.Tensor, tensorIn(index));
  }
  give(out, Type.Module, newModule(PARAM_MODULE, params));
  release(params);
  return true;
}

/** `get_params()` of that module, which is bound to the function. */
export function heldParams(_args: Any, _count: i32, out: Any, bound: usize): bool {
  retain(bound);
  return give(out, Type.Array, bound);
}
