// RMSNorm of whole rows, one workgroup a row: out = x * rsqrt(mean(x^2) + eps) * gain. For prefill; decode fuses it.

@group(0) @binding(0) var<storage, read> x: array<f32>;  // [rows, HIDDEN]
@group(0) @binding(1) var<storage, read> gain: array<f32>;  // [HIDDEN]
@group(0) @binding(2) var<storage, read_write> out: array<f32>;  // [rows, HIDDEN]
struct Pods { grid_x: u32 }
@group(0) @binding(3) var<uniform> pods: Pods;

var<workgroup> partial: array<f32, WG>;

#include block

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let row = block_index(group, groups);
  if (row >= pods.grid_x) {
    return;
  }
  var squares = 0.0;
  for (var i = thread; i < HIDDEN; i += WG) {
    let v = x[row * HIDDEN + i];
    squares += v * v;
  }
  partial[thread] = squares;
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < WG; i++) {
    sum += partial[i];
  }
  let factor = inverseSqrt(sum / f32(HIDDEN) + EPS);
  for (var i = thread; i < HIDDEN; i += WG) {
    out[row * HIDDEN + i] = x[row * HIDDEN + i] * factor * gain[i];
  }
}
