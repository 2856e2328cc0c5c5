// Many rows of activations times a quantized matrix, for prefill of small models: no workgroup memory at all, since
// there is too little work to pay for staging (and software GPUs pay dearly for it).
//
//   A thread computes 8 tokens x 4 outputs in registers. Neighbouring threads take neighbouring outputs of the same
//   tokens, so that they all read the same activations.
const ROWS = 4u;
const TOKENS = 8u;
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

// Four inputs of four rows, a row a column.
fn fold(w: mat4x4<f32>, v: vec4<f32>) -> vec4<f32> {
  return v * w;
}

fn store(token: u32, output: u32, value: vec4<f32>) {
  if (token < pods.count) {
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
  let t = group.y * TOKENS;
  var a = vec4<f32>(0.0);
  var b = vec4<f32>(0.0);
  var c = vec4<f32>(0.0);
  var d = vec4<f32>(0.0);
  var e = vec4<f32>(0.0);
  var f = vec4<f32>(0.0);
  var g = vec4<f32>(0.0);
  var h = vec4<f32>(0.0);
  for (var i = 0u; i < GROUPS * 4u; i++) {
    let at = row * GROUPS + i / 4u;
    let s = vec4<f32>(scale[at], scale[at + GROUPS], scale[at + 2u * GROUPS], scale[at + 3u * GROUPS]);
    let word = row * GROUPS * 4u + i;
    let w0 = q[word];
    let w1 = q[word + GROUPS * 4u];
    let w2 = q[word + GROUPS * 8u];
    let w3 = q[word + GROUPS * 12u];
    let low = mat4x4<f32>(low_nibbles(w0) * s.x, low_nibbles(w1) * s.y, low_nibbles(w2) * s.z, low_nibbles(w3) * s.w);
    a += fold(low, quad(t, i * 2u));
    b += fold(low, quad(t + 1u, i * 2u));
    c += fold(low, quad(t + 2u, i * 2u));
    d += fold(low, quad(t + 3u, i * 2u));
    e += fold(low, quad(t + 4u, i * 2u));
    f += fold(low, quad(t + 5u, i * 2u));
    g += fold(low, quad(t + 6u, i * 2u));
    h += fold(low, quad(t + 7u, i * 2u));
    let high = mat4x4<f32>(high_nibbles(w0) * s.x, high_nibbles(w1) * s.y, high_nibbles(w2) * s.z, high_nibbles(w3) * s.w);
    a += fold(high, quad(t, i * 2u + 1u));
    b += fold(high, quad(t + 1u, i * 2u + 1u));
    c += fold(high, quad(t + 2u, i * 2u + 1u));
    d += fold(high, quad(t + 3u, i * 2u + 1u));
    e += fold(high, quad(t + 4u, i * 2u + 1u));
    f += fold(high, quad(t + 5u, i * 2u + 1u));
    g += fold(high, quad(t + 6u, i * 2u + 1u));
    h += fold(high, quad(t + 7u, i * 2u + 1u));
  }
  store(t, row, a);
  store(t + 1u, row, b);
  store(t + 2u, row, c);
  store(t + 3u, row, d);
  store(t + 4u, row, e);
  store(t + 5u, row, f);
  store(t + 6u, row, g);
  store(t + 7u, row, h);
}
