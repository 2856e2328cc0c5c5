// Many rows of activations times a quantized matrix, for prefill of small models: no workgroup memory at all, since
// there is too little work to pay for staging (and software GPUs pay dearly for it).
//
//   A thread computes TOKENS tokens x 8 outputs in registers. Neighbouring threads take neighbouring outputs of the same
//   tokens, so that they all read the same activations.
const ROWS = 8u;
const GROUPS = (IN + 31u) / 32u;
const QUADS = IN / 4u;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;  // [count, QUADS]
@group(0) @binding(1) var<storage, read> q: array<i32>;  // [OUT, GROUPS * 4]
@group(0) @binding(2) var<storage, read> scale: array<f32>;  // [OUT, GROUPS]
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;  // [count, OUT / 4]
#if RESIDUAL
@group(0) @binding(4) var<storage, read> residual: array<vec4<f32>>;  // [count, OUT / 4]
#end
struct Pods { count: u32, grid_x: u32 }
#if RESIDUAL
@group(0) @binding(5) var<uniform> pods: Pods;
#end
#if !RESIDUAL
@group(0) @binding(4) var<uniform> pods: Pods;
#end

#include block
#include q4

fn quad(token: u32, index: u32) -> vec4<f32> {
  if (IN % 32u != 0u && index >= QUADS) {
    return vec4<f32>(0.0);
  }
  return x[min(token, pods.count - 1u) * QUADS + index];
}

// Weights of four rows from `row` for the eight inputs of one word: a row a column.
struct Patch { low: mat4x4<f32>, high: mat4x4<f32> }

fn patch_at(row: u32, word: u32) -> Patch {
  let stride = GROUPS * 4u;
  let at = min(row, OUT - 4u) * stride + word;
  let s = at / 4u;
  let a = q[at];
  let b = q[at + stride];
  let c = q[at + 2u * stride];
  let d = q[at + 3u * stride];
  let scales = vec4<f32>(scale[s], scale[s + GROUPS], scale[s + 2u * GROUPS], scale[s + 3u * GROUPS]);
  return Patch(
    mat4x4<f32>(low_nibbles(a) * scales.x, low_nibbles(b) * scales.y, low_nibbles(c) * scales.z, low_nibbles(d) * scales.w),
    mat4x4<f32>(high_nibbles(a) * scales.x, high_nibbles(b) * scales.y, high_nibbles(c) * scales.z, high_nibbles(d) * scales.w));
}

fn store(token: u32, output: u32, value: vec4<f32>) {
  if (token < pods.count && output < OUT) {
    let at = (token * OUT + output) / 4u;
#if RESIDUAL
    out[at] = residual[at] + value;
#end
#if !RESIDUAL
    out[at] = value;
#end
  }
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let row = (block_index(group, groups) * WG + thread) * ROWS;
  if (row >= OUT) {
    return;
  }
  let first = group.y * TOKENS;
#repeat TOKENS
  var a$ = vec4<f32>(0.0);
  var b$ = vec4<f32>(0.0);
#end
  for (var word = 0u; word < GROUPS * 4u; word++) {
    let a = patch_at(row, word);
    let b = patch_at(row + 4u, word);
#repeat TOKENS
    let low$ = quad(first + $u, word * 2u);
    let high$ = quad(first + $u, word * 2u + 1u);
    a$ += low$ * a.low + high$ * a.high;
    b$ += low$ * b.low + high$ * b.high;
#end
  }
#repeat TOKENS
  store(first + $u, row, a$);
  store(first + $u, row + 4u, b$);
#end
}
