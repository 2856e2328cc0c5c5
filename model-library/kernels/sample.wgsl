// Top-p sampling from sorted probabilities, as MLC's libraries define it (TVM, relax frontend,
// `sample_top_p_top_k_from_sorted_prob`): with c = running sum, the nucleus is the shortest prefix with c >= top_p, or
// everything; its mass is c at its end; the answer is the first k with uniform < c[k] / mass.
//
//   One workgroup. Thread t sums its own SPAN neighbours, all threads read the sums before theirs, and only the one
//   whose span holds the border walks through it. -1 means that the probabilities were not numbers.
const SPAN = (VOCAB + WG - 1u) / WG;

@group(0) @binding(0) var<storage, read> probs: array<f32>;  // [VOCAB] descending
@group(0) @binding(1) var<storage, read> ids: array<i32>;  // [VOCAB]
@group(0) @binding(2) var<storage, read> uniforms: array<f32>;  // [1]
@group(0) @binding(3) var<storage, read> top_p: array<f32>;  // [1]
@group(0) @binding(4) var<storage, read_write> out: array<i32>;  // [1]
struct Pods { grid_x: u32 }
@group(0) @binding(5) var<uniform> pods: Pods;

var<workgroup> sums: array<f32, WG>;
var<workgroup> mass: f32;
var<workgroup> chosen: u32;

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) thread: u32) {
  let first = min(thread * SPAN, VOCAB);
  let end = min(first + SPAN, VOCAB);
  var own = 0.0;
  for (var i = first; i < end; i++) {
    own += probs[i];
  }
  sums[thread] = own;
  workgroupBarrier();
  var before = 0.0;
  for (var i = 0u; i < thread; i++) {
    before += sums[i];
  }
  // The span of the border is the one that starts below it and ends at or above it.
  if (thread == WG - 1u && before + own < top_p[0]) {
    mass = before + own;
  }
  if ((before < top_p[0] || thread == 0u) && before + own >= top_p[0]) {
    var running = before;
    for (var i = first; i < end; i++) {
      running += probs[i];
      if (running >= top_p[0]) {
        break;
      }
    }
    mass = running;
  }
  if (thread == 0u) {
    chosen = VOCAB - 1u;
  }
  workgroupBarrier();
  let border = uniforms[0] * mass;
  if (before <= border && border < before + own) {
    var running = before;
    for (var i = first; i < end; i++) {
      running += probs[i];
      if (border < running) {
        chosen = i;
        break;
      }
    }
  }
  workgroupBarrier();
  if (thread == 0u) {
    out[0] = select(-1, ids[chosen], bitcast<u32>(probs[0]) <= bitcast<u32>(1.0f));
  }
}
