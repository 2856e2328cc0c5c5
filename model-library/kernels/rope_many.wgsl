// Rotary embedding of a chunk and its append to the KV cache; for prefill. Dimension i turns with i + HEAD_DIM / 2.
// One thread rotates one pair of a query or key head, or copies one pair of a value head.
//
//   qkv row: [HEADS queries | KV_HEADS keys | KV_HEADS values], each HEAD_DIM wide
//   keys [KV_HEADS, HEAD_DIM, capacity], so that decode reads neighbouring positions; values [position, KV_HEADS, HEAD_DIM]
const WG = 64u;
const HALF = HEAD_DIM / 2u;
const ALL_HEADS = HEADS + 2u * KV_HEADS;

@group(0) @binding(0) var<storage, read_write> qkv: array<f32>;  // [count, ALL_HEADS, HEAD_DIM]
@group(0) @binding(1) var<storage, read> turns: array<vec2<f32>>;  // [position, HALF] cosine and sine
@group(0) @binding(2) var<storage, read_write> keys: array<f32>;
@group(0) @binding(3) var<storage, read_write> values: array<f32>;
struct Pods { count: u32, start: u32, capacity: u32, grid_x: u32 }
@group(0) @binding(4) var<uniform> pods: Pods;

#include block

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups) * WG + thread;
  let i = index % HALF;
  let head = index / HALF % ALL_HEADS;
  let token = index / HALF / ALL_HEADS;
  if (token >= pods.count) {
    return;
  }
  let position = pods.start + token;
  let at = (token * ALL_HEADS + head) * HEAD_DIM + i;
  let a = qkv[at];
  let b = qkv[at + HALF];
  let turn = turns[position * HALF + i];
  let rotated = vec2<f32>(a * turn.x - b * turn.y, b * turn.x + a * turn.y);
  if (head < HEADS) {
    qkv[at] = rotated.x;
    qkv[at + HALF] = rotated.y;
  } else if (head < HEADS + KV_HEADS) {
    let to = ((head - HEADS) * HEAD_DIM + i) * pods.capacity + position;
    keys[to] = rotated.x;
    keys[to + HALF * pods.capacity] = rotated.y;
  } else {
    let to = (position * KV_HEADS + head - HEADS - KV_HEADS) * HEAD_DIM + i;
    values[to] = a;
    values[to + HALF] = b;
  }
}
