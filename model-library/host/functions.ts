/**
 * Functions and modules of the ABI. A function is either ours (`native`, a table index) or a JavaScript callback that
 * the engine handed over (`js`, its number there).
 */
import { Any, Type } from './any';
import { TVMFFIWasmFunctionDeleter, TVMFFIWasmSafeCall } from './env';
import { error } from './errors';
import { newObject, release, retain } from './objects';

/** A function of ours: false means that it failed and left an error. `bound` is what the function was made for. */
export type Native = (args: Any, count: i32, out: Any, bound: usize) => bool;

@unmanaged
class FunctionFields {
  native: u32;
  js: usize;
  bound: usize;
}

const HEADER: usize = 24;

function fields(object: usize): FunctionFields {
  return changetype<FunctionFields>(object + HEADER);
}

/** A function object around `native`, which keeps `bound` (an object, or 0). */
export function newNative(native: Native, bound: usize): usize {
  const object = newObject(Type.Function, HEADER + offsetof<FunctionFields>(), dropFunction);
  fields(object).native = native.index;
  fields(object).bound = bound;
  if (bound != 0) retain(bound);
  return object;
}

/** A function object around the engine's callback number `js`. */
export function newCallback(js: usize): usize {
  const object = newObject(Type.Function, HEADER + offsetof<FunctionFields>(), dropFunction);
  fields(object).js = js;
  return object;
}

function dropFunction(object: usize): void {
  const f = fields(object);
  if (f.bound != 0) release(f.bound);
  if (f.native == 0) TVMFFIWasmFunctionDeleter(f.js);
}

/** Calls any function object; false if it failed. A failed callback has left its own message. */
export function call(object: usize, args: Any, count: i32, out: Any): bool {
  out.setNone();
  const f = fields(object);
  if (f.native == 0) {
    return TVMFFIWasmSafeCall(f.js, changetype<usize>(args), count, changetype<usize>(out)) == 0;
  }
  return call_indirect<bool>(f.native, args, count, out, f.bound);
}

/** A table from names to functions of ours, filled once at start. */
@unmanaged
export class Table {
  size: i32;
  private entries: usize;

  static create(capacity: i32): Table {
    const table = changetype<Table>(heap.alloc(offsetof<Table>()));
    table.size = 0;
    table.entries = heap.alloc(usize(capacity) * 8);
    return table;
  }

  add(name: string, native: Native): Table {
    const entry = this.entries + usize(this.size++) * 8;
    store<usize>(entry, changetype<usize>(name));
    store<usize>(entry, changetype<usize>(native), 4);
    return this;
  }

  name(index: i32): string {
    return changetype<string>(load<usize>(this.entries + usize(index) * 8));
  }

  native(index: i32): Native {
    return changetype<Native>(load<usize>(this.entries + usize(index) * 8, 4));
  }
}

/** Left by functions that must exist but that a chat never calls. */
export function unsupported(_args: Any, _count: i32, _out: Any, _bound: usize): bool {
  return error('This model library does not offer that function').raise();
}
