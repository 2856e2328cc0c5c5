/** Module objects: the library itself, the loaded model, and a holder of parameters. */
import { Type } from './any';
import { newObject, release, retain } from './objects';

export const SYSTEM_MODULE: i32 = 0;
export const MODEL_MODULE: i32 = 1;
export const PARAM_MODULE: i32 = 2;

const HEADER: usize = 24;

/** A module of `kind` that keeps `held` (an object, or 0). */
export function newModule(kind: i32, held: usize): usize {
  const module = newObject(Type.Module, HEADER + 8, dropModule);
  store<i32>(module, kind, HEADER);
  store<usize>(module, held, HEADER + 4);
  if (held != 0) retain(held);
  return module;
}

export function kindOf(module: usize): i32 {
  return load<i32>(module, HEADER);
}

export function heldBy(module: usize): usize {
  return load<usize>(module, HEADER + 4);
}

function dropModule(module: usize): void {
  if (heldBy(module) != 0) release(heldBy(module));
}
