/** The modules: the system library, and the model (TVM would call it a virtual machine) with its functions by name. */
import { Any, Type, at } from './any';
import { error } from './errors';
import { Table, newNative } from './functions';
import { decode, embed, prefill } from './forward';
import { getFmap, getShader, updatePrebuild } from './kernels';
import { createKvCache } from './kv';
import { MODEL_MODULE, PARAM_MODULE, SYSTEM_MODULE, heldBy, kindOf, newModule } from './modules';
import { give, newBytes, textOf } from './objects';
import { heldParams } from './params';
import { applyBitmask, applyLogitBias, applyPenalty, argsort, sampleTopP, softmax } from './sampling';
import { METADATA, METADATA_SIZE } from '../generated/model';

const functions: Table = Table.create(32);

export function registerModel(): void {
  functions
    .add('vm_initialization', initialize)
    .add('_metadata', getMetadata)
    .add('webgpu.get_fmap', getFmap)
    .add('webgpu.get_shader', getShader)
    .add('webgpu.update_prebuild', updatePrebuild)
    .add('create_tir_paged_kv_cache', createKvCache)
    .add('embed', embed)
    .add('prefill', prefill)
    .add('decode', decode)
    .add('apply_bitmask_inplace', applyBitmask)
    .add('apply_penalty_inplace', applyPenalty)
    .add('apply_logit_bias_inplace', applyLogitBias)
    .add('softmax_with_temperature', softmax)
    .add('argsort_probs', argsort)
    .add('sample_with_top_p', sampleTopP);
}

/** Device and allocator of TVM's virtual machine: there is one GPU here, and one allocator. */
function initialize(_args: Any, _count: i32, _out: Any, _bound: usize): bool {
  return true;
}

/** () -> JSON */
function getMetadata(_args: Any, _count: i32, out: Any, _bound: usize): bool {
  return give(out, Type.Str, newBytes(Type.Str, METADATA, METADATA_SIZE));
}

export function systemLib(_args: Any, _count: i32, out: Any, _bound: usize): bool {
  return give(out, Type.Module, newModule(SYSTEM_MODULE, 0));
}

/** `vm_load_executable()` of the system library. */
function loadModel(_args: Any, _count: i32, out: Any, _bound: usize): bool {
  return give(out, Type.Module, newModule(MODEL_MODULE, 0));
}

/** (module, name, query imports) -> function, or None if the module has none of that name. */
export function getFunction(args: Any, _count: i32, out: Any, _bound: usize): bool {
  if (at(args, 0).type != Type.Module) return error('A module is expected').raise();
  const module = at(args, 0).pointer;
  const name = textOf(at(args, 1));
  const kind = kindOf(module);
  if (kind == SYSTEM_MODULE && name.equals('vm_load_executable')) {
    return give(out, Type.Function, newNative(loadModel, 0));
  }
  if (kind == PARAM_MODULE && name.equals('get_params')) {
    return give(out, Type.Function, newNative(heldParams, heldBy(module)));
  }
  if (kind != MODEL_MODULE) return true;
  for (let i = 0; i < functions.size; i++) {
    if (name.equals(functions.name(i))) return give(out, Type.Function, newNative(functions.native(i), 0));
  }
  return true;
}
