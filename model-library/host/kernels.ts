/**
 * Kernels: their sources for the engine, the compiled functions it hands back, and their launch.
 *
 *     engine                                      library
 *     webgpu.get_fmap() ------------------------> FMAP: {name: {arg_types, launch_param_tags}}
 *     webgpu.get_shader(name) ------------------> WGSL
 *     webgpu.update_prebuild(name, function) ---> kept in `compiled`
 *     function(buffers..., values..., x, y) <---- launch
 */
import { Any, Type, at } from './any';
import { error } from './errors';
import { call } from './functions';
import { Span, give, newBytes, release, retain, textOf } from './objects';
import { Tensor } from './tensor';
import {
  FMAP,
  FMAP_SIZE,
  KERNEL_COUNT,
  kernelName,
  kernelSource,
  kernelSourceSize,
} from '../generated/model';

const compiled: StaticArray<usize> = new StaticArray<usize>(KERNEL_COUNT);

function kernelNamed(name: Span): i32 {
  for (let i = 0; i < KERNEL_COUNT; i++) {
    if (name.equals(kernelName(i))) return i;
  }
  error('No kernel of the name ').bytes(name.data, name.size).raise();
  return -1;
}

export function getFmap(_args: Any, _count: i32, out: Any, _bound: usize): bool {
  return give(out, Type.Str, newBytes(Type.Str, FMAP, FMAP_SIZE));
}

/** (name) -> WGSL */
export function getShader(args: Any, _count: i32, out: Any, _bound: usize): bool {
  const kernel = kernelNamed(textOf(at(args, 0)));
  if (kernel < 0) return false;
  return give(out, Type.Str, newBytes(Type.Str, kernelSource(kernel), kernelSourceSize(kernel)));
}

/** (name, function) */
export function updatePrebuild(args: Any, _count: i32, _out: Any, _bound: usize): bool {
  const kernel = kernelNamed(textOf(at(args, 0)));
  if (kernel < 0) return false;
  retain(at(args, 1).pointer);
  if (compiled[kernel] != 0) release(compiled[kernel]);
  compiled[kernel] = at(args, 1).pointer;
  return true;
}

// --- Launch -------------------------------------------------------------------------------------------------------

const args: Any = changetype<Any>(memory.data(16 * 16, 8));
const result: Any = changetype<Any>(memory.data(16, 8));
let next = 0;
let chosen = 0;

/** Collects the arguments of one launch: buffers first, then plain values, in the order of the WGSL. */
@unmanaged
class Launch {
  buffer(id: u32): Launch {
    at(args, next++).setPointer(id);
    return this;
  }

  tensor(tensor: Tensor): Launch {
    return this.buffer(tensor.data);
  }

  value(value: u32): Launch {
    at(args, next++).setInt(value);
    return this;
  }

  /** Records the launch with `x` by `y` workgroups. The engine submits it later; errors are those of the call only. */
  run(x: u32, y: u32 = 1): bool {
    at(args, next++).setInt(x);
    at(args, next++).setInt(y);
    if (compiled[chosen] == 0)
      return error('A kernel is not compiled yet: ').text(kernelName(chosen)).raise();
    return call(compiled[chosen], args, next, result);
  }
}

/** Starts the launch of `kernel` (`Kernel.…`). One at a time. */
export function launch(kernel: i32): Launch {
  next = 0;
  chosen = kernel;
  return changetype<Launch>(changetype<usize>(args));
}

/** Workgroups of `size` for `work` items. */
export function groupsOf(work: u32, size: u32): u32 {
  return (work + size - 1) / size;
}
