// logits[ids[i]] += bias[i]. Ids are distinct; ids outside the vocabulary are left alone.
const WG = 64u;

@group(0) @binding(0) var<storage, read_write> logits: array<f32>;  // [VOCAB]
@group(0) @binding(1) var<storage, read> ids: array<i32>;  // [count]
@group(0) @binding(2) var<storage, read> bias: array<f32>;  // [count]
struct Pods { count: u32, grid_x: u32 }
@group(0) @binding(3) var<uniform> pods: Pods;

#include block

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups) * WG + thread;
  if (index < pods.count && ids[index] >= 0 && ids[index] < i32(VOCAB)) {
    logits[ids[index]] += bias[index];
  }
}
