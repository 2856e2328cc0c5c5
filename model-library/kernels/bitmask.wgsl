// Grammar: tokens whose bit is 0 get the lowest float, as MLC's own libraries do. Bit t is bit t % 32 of word t / 32.
const WG = 64u;
const LOWEST = -3.4028234663852886e38;

@group(0) @binding(0) var<storage, read_write> logits: array<f32>;  // [VOCAB]
@group(0) @binding(1) var<storage, read> allowed: array<u32>;  // [ceil(VOCAB / 32)]
struct Pods { grid_x: u32 }
@group(0) @binding(2) var<uniform> pods: Pods;

#include block

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let token = block_index(group, groups) * WG + thread;
  if (token < VOCAB && ((allowed[token / 32u] >> (token % 32u)) & 1u) == 0u) {
    logits[token] = LOWEST;
  }
}
