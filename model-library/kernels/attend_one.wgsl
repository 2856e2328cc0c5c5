// Attention of one new token over the KV cache, for decode: rotary embedding, append and online softmax in one kernel.
//
//   One workgroup a query head. The new key and value never travel through the cache: the softmax starts from them
//   (the token always sees itself), then walks over the positions before it in tiles of TILE. The first query head of
//   each group appends them; no workgroup reads that position in the same launch.
const HALF = HEAD_DIM / 2u;
const SHARED = HEADS / KV_HEADS;
const PARTS = max(1u, WG / HEAD_DIM);  // threads that share one output element, each taking every PARTS-th position
const OWN = (HEAD_DIM + WG - 1u) / WG;  // output elements of one thread, if HEAD_DIM is above WG
const LOWEST = -3.0e38;

@group(0) @binding(0) var<storage, read> qkv: array<f32>;  // [HEADS + 2 KV_HEADS, HEAD_DIM]
@group(0) @binding(1) var<storage, read> turns: array<vec2<f32>>;  // [position, HALF] cosine and sine
@group(0) @binding(2) var<storage, read_write> keys: array<f32>;  // [KV_HEADS, HEAD_DIM, capacity]
@group(0) @binding(3) var<storage, read_write> values: array<f32>;  // [position, KV_HEADS, HEAD_DIM]
@group(0) @binding(4) var<storage, read_write> out: array<f32>;  // [HEADS, HEAD_DIM]
struct Pods { position: u32, capacity: u32, grid_x: u32 }
@group(0) @binding(5) var<uniform> pods: Pods;

var<workgroup> query: array<f32, HEAD_DIM>;
var<workgroup> new_key: array<f32, HEAD_DIM>;
var<workgroup> weights: array<f32, TILE>;
var<workgroup> exchange: array<f32, WG * OWN>;

#include block

fn rotated(head: u32, i: u32) -> f32 {
  let turn = turns[pods.position * HALF + i % HALF];
  let here = qkv[head * HEAD_DIM + i];
  let other = qkv[head * HEAD_DIM + (i + HALF) % HEAD_DIM];
  return here * turn.x + select(other, -other, i < HALF) * turn.y;
}

fn highest_of_all(own: f32, thread: u32) -> f32 {
  exchange[thread] = own;
  workgroupBarrier();
  var highest = LOWEST;
  for (var i = 0u; i < WG; i++) {
    highest = max(highest, exchange[i]);
  }
  return highest;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let head = block_index(group, groups);
  if (head >= pods.grid_x) {
    return;
  }
  let kv_head = head / SHARED;
  let value_at = (HEADS + KV_HEADS + kv_head) * HEAD_DIM;
  for (var i = thread; i < HEAD_DIM; i += WG) {
    query[i] = rotated(head, i) * inverseSqrt(f32(HEAD_DIM));
    new_key[i] = rotated(HEADS + kv_head, i);
  }
  workgroupBarrier();
  if (head % SHARED == 0u) {
    for (var i = thread; i < HEAD_DIM; i += WG) {
      keys[(kv_head * HEAD_DIM + i) * pods.capacity + pods.position] = new_key[i];
      values[(pods.position * KV_HEADS + kv_head) * HEAD_DIM + i] = qkv[value_at + i];
    }
  }
  // Softmax over one position so far: the token itself, with weight exp(0) = 1, counted by thread 0 and by part 0.
  var highest = 0.0;
  for (var d = 0u; d < HEAD_DIM; d++) {
    highest += query[d] * new_key[d];
  }
  var total = select(0.0, 1.0, thread == 0u);
  let part = thread / HEAD_DIM;
  let element = thread % HEAD_DIM;
  var acc: array<f32, OWN>;
  for (var j = 0u; j < OWN; j++) {
    acc[j] = select(0.0, qkv[value_at + min(element + j * WG, HEAD_DIM - 1u)], part == 0u);
  }
  for (var base = 0u; base < pods.position; base += TILE) {
    let count = min(TILE, pods.position - base);
    var peak = LOWEST;
    for (var i = thread; i < count; i += WG) {
      let at = kv_head * HEAD_DIM * pods.capacity + base + i;
      var score = 0.0;
      for (var d = 0u; d < HEAD_DIM; d++) {
        score += query[d] * keys[at + d * pods.capacity];
      }
      weights[i] = score;
      peak = max(peak, score);
    }
    peak = max(highest, highest_of_all(peak, thread));
    let shrink = exp(highest - peak);
    highest = peak;
    total *= shrink;
    for (var i = thread; i < count; i += WG) {
      let weight = exp(weights[i] - peak);
      weights[i] = weight;
      total += weight;
    }
    workgroupBarrier();
    if (part < PARTS) {
      for (var j = 0u; j < OWN; j++) {
        let d = min(element + j * WG, HEAD_DIM - 1u);
        var sum = acc[j] * shrink;
        for (var i = part; i < count; i += PARTS) {
          sum += weights[i] * values[((base + i) * KV_HEADS + kv_head) * HEAD_DIM + d];
        }
        acc[j] = sum;
      }
    }
    workgroupBarrier();
  }
  exchange[thread] = total;
  workgroupBarrier();
  var sum_of_weights = 0.0;
  for (var i = 0u; i < WG; i++) {
    sum_of_weights += exchange[i];
  }
  workgroupBarrier();
  for (var j = 0u; j < OWN; j++) {
    exchange[j * WG + thread] = acc[j];
  }
  workgroupBarrier();
  for (var i = thread; i < HEAD_DIM; i += WG) {
    var sum = 0.0;
    for (var p = 0u; p < PARTS; p++) {
      sum += exchange[i + p * HEAD_DIM];
    }
    out[head * HEAD_DIM + i] = sum / sum_of_weights;
  }
}
