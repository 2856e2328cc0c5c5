// Causal attention of a chunk over the KV cache, grouped-query, with online softmax
// (Milakov & Gimelshein, https://arxiv.org/abs/1805.02867); for prefill with narrow heads.
//
//   A thread takes one query of one head (y), keeps query and output in registers and walks over the positions.
//   Threads of a workgroup share the head, so that they all read the same key and value.
const SHARED = HEADS / KV_HEADS;
const ALL_HEADS = HEADS + 2u * KV_HEADS;

@group(0) @binding(0) var<storage, read> qkv: array<vec4<f32>>;  // [count, ALL_HEADS, QUADS], queries rotated
@group(0) @binding(1) var<storage, read> keys: array<f32>;  // [KV_HEADS, HEAD_DIM, capacity]
@group(0) @binding(2) var<storage, read> values: array<vec4<f32>>;  // [position, KV_HEADS, QUADS]
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;  // [count, HEADS, QUADS]
struct Pods { count: u32, start: u32, capacity: u32, grid_x: u32 }
@group(0) @binding(4) var<uniform> pods: Pods;

#include block

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let token = block_index(group, groups) * WG + thread;
  if (token >= pods.count) {
    return;
  }
  let head = group.y;
  let kv_head = head / SHARED;
#repeat QUADS
  let q$ = qkv[(token * ALL_HEADS + head) * QUADS + $u] * inverseSqrt(f32(HEAD_DIM));
  var acc$ = vec4<f32>(0.0);
#end
  var highest = -3.0e38;
  var total = 0.0;
  for (var position = 0u; position <= pods.start + token; position++) {
    var at = kv_head * HEAD_DIM * pods.capacity + position;
    var score = 0.0;
#repeat QUADS
    score += dot(q$, vec4<f32>(keys[at], keys[at + pods.capacity],
                               keys[at + 2u * pods.capacity], keys[at + 3u * pods.capacity]));
    at += 4u * pods.capacity;
#end
    let peak = max(highest, score);
    let shrink = exp(highest - peak);
    let weight = exp(score - peak);
    highest = peak;
    total = total * shrink + weight;
    let value = (position * KV_HEADS + kv_head) * QUADS;
#repeat QUADS
    acc$ = acc$ * shrink + weight * values[value + $u];
#end
  }
#repeat QUADS
  out[(token * HEADS + head) * QUADS + $u] = acc$ / total;
#end
}
