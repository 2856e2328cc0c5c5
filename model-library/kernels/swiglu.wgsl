// out = silu(gate) * up for whole rows; a row of the input is [gate, up]. For prefill; decode fuses it.
const WG = 64u;
const QUADS = FFN / 4u;

@group(0) @binding(0) var<storage, read> gate_up: array<vec4<f32>>;  // [count, 2 QUADS]
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;  // [count, QUADS]
struct Pods { count: u32, grid_x: u32 }
@group(0) @binding(2) var<uniform> pods: Pods;

#include block

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups) * WG + thread;
  if (index >= pods.count * QUADS) {
    return;
  }
  let row = index / QUADS;
  let gate = gate_up[index + row * QUADS];
  let up = gate_up[index + (row + 1u) * QUADS];
  out[index] = gate / (1.0 + exp(-gate)) * up;
}
