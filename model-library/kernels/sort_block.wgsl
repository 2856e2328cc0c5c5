// First pass of the bitonic sort (Batcher 1968): every workgroup sorts BLOCK items in its own memory. Odd blocks are
// sorted backwards, so that neighbours form the bitonic runs the next passes merge. Items beyond the vocabulary have
// probability 0 and the highest ids, so they end at the tail, where nobody looks.

@group(0) @binding(0) var<storage, read> probs: array<u32>;  // [VOCAB] bits of floats
@group(0) @binding(1) var<storage, read_write> sorted: array<u32>;  // [size of the sort]
@group(0) @binding(2) var<storage, read_write> ids: array<u32>;  // [size of the sort]
struct Pods { grid_x: u32 }
@group(0) @binding(3) var<uniform> pods: Pods;

var<workgroup> items: array<vec2<u32>, BLOCK>;

#include block
#include order

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups);
  if (index >= pods.grid_x) {
    return;
  }
  let first = index * BLOCK;
  for (var i = thread; i < BLOCK; i += WG) {
    let p = select(0u, probs[min(first + i, VOCAB - 1u)], first + i < VOCAB);
    items[i] = vec2<u32>(p, first + i);
  }
  for (var run = 2u; run <= BLOCK; run *= 2u) {
    for (var stride = run / 2u; stride > 0u; stride /= 2u) {
      workgroupBarrier();
      for (var pair = thread; pair < BLOCK / 2u; pair += WG) {
        let i = pair / stride * stride * 2u + pair % stride;
        let a = items[i];
        let b = items[i + stride];
        if (comes_first(b, a) == (((first + i) & run) == 0u)) {
          items[i] = b;
          items[i + stride] = a;
        }
      }
    }
  }
  workgroupBarrier();
  for (var i = thread; i < BLOCK; i += WG) {
    sorted[first + i] = items[i].x;
    ids[first + i] = items[i].y;
  }
}
