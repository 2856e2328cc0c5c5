// Last passes of one bitonic merge, at strides below BLOCK, inside one workgroup's memory.

@group(0) @binding(0) var<storage, read_write> sorted: array<u32>;
@group(0) @binding(1) var<storage, read_write> ids: array<u32>;
struct Pods { run: u32, grid_x: u32 }
@group(0) @binding(2) var<uniform> pods: Pods;

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
    items[i] = vec2<u32>(sorted[first + i], ids[first + i]);
  }
  for (var stride = BLOCK / 2u; stride > 0u; stride /= 2u) {
    workgroupBarrier();
    for (var pair = thread; pair < BLOCK / 2u; pair += WG) {
      let i = pair / stride * stride * 2u + pair % stride;
      let a = items[i];
      let b = items[i + stride];
      if (comes_first(b, a) == (((first + i) & pods.run) == 0u)) {
        items[i] = b;
        items[i + stride] = a;
      }
    }
  }
  workgroupBarrier();
  for (var i = thread; i < BLOCK; i += WG) {
    sorted[first + i] = items[i].x;
    ids[first + i] = items[i].y;
  }
}
