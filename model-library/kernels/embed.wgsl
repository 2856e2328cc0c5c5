// Rows of the quantized embedding, one thread for eight neighbouring elements.
// A token outside the vocabulary gives NaN, so that it can never become a plausible answer.
const WORDS = (HIDDEN + 31u) / 32u * 4u;
const WG = 64u;

@group(0) @binding(0) var<storage, read> ids: array<i32>;  // [count]
@group(0) @binding(1) var<storage, read> q: array<i32>;  // [VOCAB, WORDS]
@group(0) @binding(2) var<storage, read> scale: array<f32>;  // [VOCAB, WORDS / 4]
@group(0) @binding(3) var<storage, read_write> out: array<f32>;  // [count, HIDDEN]
struct Pods { count: u32, nan_bits: u32, grid_x: u32 }
@group(0) @binding(4) var<uniform> pods: Pods;

#include block
#include q4

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups) * WG + thread;
  let row = index / WORDS;
  let word = index % WORDS;
  if (row >= pods.count) {
    return;
  }
  let id = ids[row];
  let known = id >= 0 && id < i32(VOCAB);
  let source = select(0u, u32(id), known);
  let bits = q[source * WORDS + word];
  let s = select(bitcast<f32>(pods.nan_bits), scale[source * (WORDS / 4u) + word / 4u], known);
  let low = low_nibbles(bits) * s;
  let high = high_nibbles(bits) * s;
  for (var i = 0u; i < 4u; i++) {
    if (word * 8u + i < HIDDEN) {
      out[row * HIDDEN + word * 8u + i] = low[i];
    }
    if (word * 8u + 4u + i < HIDDEN) {
      out[row * HIDDEN + word * 8u + 4u + i] = high[i];
    }
  }
}
