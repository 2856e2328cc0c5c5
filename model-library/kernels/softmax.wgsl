// Softmax of all logits at a temperature, in one workgroup. At or below 1e-5 (the engine asks for 1e-6 when it wants
// the most likely token) the highest logits share the whole probability, as in MLC's libraries.
const LOWEST = -3.4028234663852886e38;

@group(0) @binding(0) var<storage, read> logits: array<f32>;  // [VOCAB]
@group(0) @binding(1) var<storage, read> temperature: array<f32>;  // [1]
@group(0) @binding(2) var<storage, read_write> out: array<f32>;  // [VOCAB]
struct Pods { grid_x: u32 }
@group(0) @binding(3) var<uniform> pods: Pods;

var<workgroup> partial: array<f32, WG>;

fn weight(logit: f32, highest: f32) -> f32 {
  if (temperature[0] <= 1e-5) {
    return select(0.0, 1.0, logit == highest);
  }
  // Clamped: a forbidden token is the lowest float, and its quotient must not become infinite.
  return exp(max((logit - highest) / temperature[0], -1e4));
}

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) thread: u32) {
  var own = LOWEST;
  for (var i = thread; i < VOCAB; i += WG) {
    own = max(own, logits[i]);
  }
  partial[thread] = own;
  workgroupBarrier();
  var highest = LOWEST;
  for (var i = 0u; i < WG; i++) {
    highest = max(highest, partial[i]);
  }
  workgroupBarrier();
  var sum = 0.0;
  for (var i = thread; i < VOCAB; i += WG) {
    let w = weight(logits[i], highest);
    out[i] = w;
    sum += w;
  }
  partial[thread] = sum;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < WG; i++) {
    total += partial[i];
  }
  for (var i = thread; i < VOCAB; i += WG) {
    out[i] /= total;
  }
}
