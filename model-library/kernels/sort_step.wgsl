// One compare-and-exchange pass of the bitonic sort at a stride of BLOCK or more, which no workgroup can hold.

@group(0) @binding(0) var<storage, read_write> sorted: array<u32>;
@group(0) @binding(1) var<storage, read_write> ids: array<u32>;
struct Pods { run: u32, stride: u32, grid_x: u32 }
@group(0) @binding(2) var<uniform> pods: Pods;

#include block
#include order

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups);
  if (index >= pods.grid_x) {
    return;
  }
  let pair = index * WG + thread;
  let i = pair / pods.stride * pods.stride * 2u + pair % pods.stride;
  let j = i + pods.stride;
  let a = vec2<u32>(sorted[i], ids[i]);
  let b = vec2<u32>(sorted[j], ids[j]);
  if (comes_first(b, a) == ((i & pods.run) == 0u)) {
    sorted[i] = b.x;
    ids[i] = b.y;
    sorted[j] = a.x;
    ids[j] = a.y;
  }
}
