// Causal attention of a chunk over the KV cache, grouped-query, with online softmax
// (Milakov & Gimelshein, https://arxiv.org/abs/1805.02867); for prefill with wide heads.
//
//   One workgroup takes one head (y) and 16 queries (x), and walks over the cache in tiles of KEYS positions.
//   Four threads share a query: each scores a quarter of the tile and owns every fourth vec4 of the output.
const QUERIES = 16u;
const QUADS = HEAD_DIM / 4u;
const OWN_KEYS = KEYS / 4u;
const OWN_QUADS = (QUADS + 3u) / 4u;
const SHARED = HEADS / KV_HEADS;
const ALL_HEADS = HEADS + 2u * KV_HEADS;
const LOWEST = -3.0e38;

@group(0) @binding(0) var<storage, read> qkv: array<vec4<f32>>;  // [count, ALL_HEADS, QUADS], queries rotated
@group(0) @binding(1) var<storage, read> keys: array<f32>;  // [KV_HEADS, HEAD_DIM, capacity]
@group(0) @binding(2) var<storage, read> values: array<vec4<f32>>;  // [position, KV_HEADS, QUADS]
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;  // [count, HEADS, QUADS]
struct Pods { count: u32, start: u32, capacity: u32, grid_x: u32 }
@group(0) @binding(4) var<uniform> pods: Pods;

var<workgroup> queries: array<vec4<f32>, QUERIES * QUADS>;
var<workgroup> tile: array<vec4<f32>, KEYS * QUADS>;  // keys first, then values of the same positions
var<workgroup> scores: array<f32, QUERIES * KEYS>;

#include block

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups);
  if (index >= pods.grid_x) {
    return;
  }
  let head = group.y;
  let kv_head = head / SHARED;
  let first = index * QUERIES;
  let row = thread / 4u;
  let part = thread % 4u;
  let token = first + row;
  let seen = pods.start + token + 1u;  // positions this query may look at
  for (var i = thread; i < QUERIES * QUADS; i += 64u) {
    let source = min(first + i / QUADS, pods.count - 1u);
    queries[i] = qkv[(source * ALL_HEADS + head) * QUADS + i % QUADS] * inverseSqrt(f32(HEAD_DIM));
  }
  var acc: array<vec4<f32>, OWN_QUADS>;
  var highest = LOWEST;
  var total = 0.0;
  let end = pods.start + min(first + QUERIES, pods.count);  // uniform: beyond it, nobody in this workgroup looks
  for (var base = 0u; base < end; base += KEYS) {
    workgroupBarrier();
    for (var i = thread; i < KEYS * QUADS; i += 64u) {
      let position = min(base + i % KEYS, end - 1u);
      let at = (kv_head * HEAD_DIM + i / KEYS * 4u) * pods.capacity + position;
      tile[i % KEYS * QUADS + i / KEYS] = vec4<f32>(keys[at], keys[at + pods.capacity],
                                                    keys[at + 2u * pods.capacity], keys[at + 3u * pods.capacity]);
    }
    workgroupBarrier();
    for (var j = 0u; j < OWN_KEYS; j++) {
      let key = part + 4u * j;
      var sum = vec4<f32>(0.0);
      for (var d = 0u; d < QUADS; d++) {
        sum += queries[row * QUADS + d] * tile[key * QUADS + d];
      }
      scores[row * KEYS + key] = select(LOWEST, dot(sum, vec4<f32>(1.0)), base + key < seen);
    }
    workgroupBarrier();
    var peak = highest;
    for (var key = 0u; key < KEYS; key++) {
      peak = max(peak, scores[row * KEYS + key]);
    }
    for (var i = thread; i < KEYS * QUADS; i += 64u) {
      let position = min(base + i / QUADS, end - 1u);
      tile[i] = values[(position * KV_HEADS + kv_head) * QUADS + i % QUADS];
    }
    workgroupBarrier();
    for (var j = 0u; j < OWN_KEYS; j++) {
      let key = part + 4u * j;
      let score = scores[row * KEYS + key];
      scores[row * KEYS + key] = select(0.0, exp(score - peak), base + key < seen);
    }
    workgroupBarrier();
    let shrink = exp(highest - peak);
    highest = peak;
    total *= shrink;
    for (var key = 0u; key < KEYS; key++) {
      total += scores[row * KEYS + key];
    }
    for (var j = 0u; j < OWN_QUADS; j++) {
      let d = min(part + 4u * j, QUADS - 1u);
      var sum = acc[j] * shrink;
      for (var key = 0u; key < KEYS; key++) {
        sum += scores[row * KEYS + key] * tile[key * QUADS + d];
      }
      acc[j] = sum;
    }
  }
  if (token >= pods.count) {
    return;
  }
  for (var j = 0u; j < OWN_QUADS; j++) {
    let d = part + 4u * j;
    if (d < QUADS) {
      out[(token * HEADS + head) * QUADS + d] = acc[j] / total;
    }
  }
}
