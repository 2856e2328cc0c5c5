// Presence, frequency and repetition penalties on the tokens that appeared, in MLC's order: first
// logit -= presence + count * frequency, then a negative logit is multiplied by repetition and a positive one divided.
// Ids are distinct, so no two threads meet; ids outside the vocabulary are left alone.
const WG = 64u;

@group(0) @binding(0) var<storage, read_write> logits: array<f32>;  // [VOCAB]
@group(0) @binding(1) var<storage, read> ids: array<i32>;  // [count]
@group(0) @binding(2) var<storage, read> times: array<i32>;  // [count] how often each appeared
@group(0) @binding(3) var<storage, read> penalties: array<f32>;  // presence, frequency, repetition
struct Pods { count: u32, grid_x: u32 }
@group(0) @binding(4) var<uniform> pods: Pods;

#include block

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups) * WG + thread;
  if (index >= pods.count || ids[index] < 0 || ids[index] >= i32(VOCAB)) {
    return;
  }
  let token = u32(ids[index]);
  let logit = logits[token] - (penalties[0] + f32(times[index]) * penalties[1]);
  logits[token] = select(logit / penalties[2], logit * penalties[2], logit < 0.0);
}
