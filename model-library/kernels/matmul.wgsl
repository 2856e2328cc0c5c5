// Many rows of activations times a quantized matrix, for prefill: compute-bound, so tiles are staged in workgroup
// memory (12 KB) and every thread keeps 4 tokens x 8 outputs in registers.
//
//   tile: 32 tokens x 64 outputs, 64 threads as 8 x 8; one step covers 32 inputs, which is one quantization group.
//   tokens[k][m]  four tokens a vec4, inputs dequantized nowhere; weights[k][n] four outputs a vec4, dequantized once.
const OUTPUTS = 64u;
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

var<workgroup> tokens: array<vec4<f32>, 256>;  // [32][TOKENS / 4]
var<workgroup> weights: array<vec4<f32>, 512>;  // [32][OUTPUTS / 4]

#include block
#include q4

fn quad(token: u32, index: u32) -> vec4<f32> {
  if (IN % 32u != 0u && index >= QUADS) {
    return vec4<f32>(0.0);
  }
  return x[min(token, pods.count - 1u) * QUADS + index];
}

// Thread t reads a 4 x 4 patch (four tokens, four inputs) and stores it transposed.
fn stage_tokens(thread: u32, first: u32, step: u32) {
  let m = thread % 8u;
  let k = thread / 8u;
  let a = quad(first + m * 4u, step * 8u + k);
  let b = quad(first + m * 4u + 1u, step * 8u + k);
  let c = quad(first + m * 4u + 2u, step * 8u + k);
  let d = quad(first + m * 4u + 3u, step * 8u + k);
  let at = k * 32u + m;
  tokens[at] = vec4<f32>(a.x, b.x, c.x, d.x);
  tokens[at + 8u] = vec4<f32>(a.y, b.y, c.y, d.y);
  tokens[at + 16u] = vec4<f32>(a.z, b.z, c.z, d.z);
  tokens[at + 24u] = vec4<f32>(a.w, b.w, c.w, d.w);
}

// Thread t dequantizes one word (eight inputs) of four neighbouring rows.
fn stage_weights(thread: u32, first: u32, step: u32) {
  let word = thread % 4u;
  let n = thread / 4u;
  var low: mat4x4<f32>;
  var high: mat4x4<f32>;
  for (var i = 0u; i < 4u; i++) {
    let row = min(first + n * 4u + i, OUT - 1u);
    let bits = q[(row * GROUPS + step) * 4u + word];
    let s = scale[row * GROUPS + step];
    low[i] = low_nibbles(bits) * s;
    high[i] = high_nibbles(bits) * s;
  }
  let by_low = transpose(low);
  let by_high = transpose(high);
  let at = word * 128u + n;
  for (var i = 0u; i < 4u; i++) {
    weights[at + i * 16u] = by_low[i];
    weights[at + 64u + i * 16u] = by_high[i];
  }
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

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups);
  if (index >= pods.grid_x) {
    return;
  }
  let first_output = index * OUTPUTS;
  let first_token = group.y * TOKENS;
  let m = thread / 8u;
  let n = thread % 8u;
  var a0 = vec4<f32>(0.0);
  var a1 = vec4<f32>(0.0);
  var b0 = vec4<f32>(0.0);
  var b1 = vec4<f32>(0.0);
  var c0 = vec4<f32>(0.0);
  var c1 = vec4<f32>(0.0);
  var d0 = vec4<f32>(0.0);
  var d1 = vec4<f32>(0.0);
  for (var step = 0u; step < GROUPS; step++) {
    stage_tokens(thread, first_token, step);
    stage_weights(thread, first_output, step);
    workgroupBarrier();
    for (var k = 0u; k < 32u; k++) {
      let t = tokens[k * 8u + m];
      let w0 = weights[k * 16u + n * 2u];
      let w1 = weights[k * 16u + n * 2u + 1u];
      a0 += t.x * w0;
      a1 += t.x * w1;
      b0 += t.y * w0;
      b1 += t.y * w1;
      c0 += t.z * w0;
      c1 += t.z * w1;
      d0 += t.w * w0;
      d1 += t.w * w1;
    }
    workgroupBarrier();
  }
  let token = first_token + m * 4u;
  let output = first_output + n * 8u;
  store(token, output, a0);
  store(token, output + 4u, a1);
  store(token + 1u, output, b0);
  store(token + 1u, output + 4u, b1);
  store(token + 2u, output, c0);
  store(token + 2u, output + 4u, c1);
  store(token + 3u, output, d0);
  store(token + 3u, output + 4u, d1);
}
