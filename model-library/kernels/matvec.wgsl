// One row of activations times a quantized matrix, for decode: memory-bound, so every weight word is read once, whole
// 16-byte groups at a time, by neighbouring threads.
//
//   Each thread works on 4 or 8 rows (ROW_QUADS) at once, so that the inputs are read once for all. With SPLIT, LANES threads
//   share these rows and split their groups; their sums meet in workgroup memory behind a single barrier. Without, for
//   short rows, a thread does its rows alone.
//
//   NORM      the input is RMS-normalized on the way: sum(w * x * gain) * rsqrt(mean(x^2) + eps)
//   SWIGLU    rows r and r + OUT are gate and up: out = silu(gate) * up
//   RESIDUAL  out = residual + product
const ROWS = 4u * ROW_QUADS;
const GROUPS = (IN + 31u) / 32u;
const QUADS = IN / 4u;
const SLOTS = WG / LANES;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;  // [rows, QUADS]
@group(0) @binding(1) var<storage, read> q: array<vec4<i32>>;  // [OUT or 2 OUT, GROUPS]
@group(0) @binding(2) var<storage, read> scale: array<f32>;  // [OUT or 2 OUT, GROUPS]
@group(0) @binding(3) var<storage, read_write> out: array<f32>;  // [OUT]
#if NORM
@group(0) @binding(4) var<storage, read> gain: array<vec4<f32>>;  // [QUADS]
#end
#if RESIDUAL
@group(0) @binding(4) var<storage, read> residual: array<f32>;  // [OUT]
#end
struct Pods { row: u32, grid_x: u32 }
#if NORM
@group(0) @binding(5) var<uniform> pods: Pods;
#end
#if RESIDUAL
@group(0) @binding(5) var<uniform> pods: Pods;
#end

#if SPLIT
var<workgroup> partial: array<vec4<f32>, WG>;

// The sum over this thread's lanes. Uniform control flow only; all threads must have read the last one.
fn over_lanes(own: vec4<f32>, thread: u32) -> vec4<f32> {
  partial[thread] = own;
  workgroupBarrier();
  var sum = vec4<f32>(0.0);
  for (var lane = 0u; lane < LANES; lane++) {
    sum += partial[thread / LANES * LANES + lane];
  }
  workgroupBarrier();
  return sum;
}
#end

#include block
#include q4

struct Inputs { a: vec4<f32>, b: vec4<f32>, c: vec4<f32>, d: vec4<f32>, e: vec4<f32>, f: vec4<f32>, g: vec4<f32>, h: vec4<f32> }

fn quad(index: u32) -> vec4<f32> {
  if (IN % 32u != 0u && index >= QUADS) {
    return vec4<f32>(0.0);
  }
  return x[pods.row * QUADS + index];
}

fn inputs(block: u32) -> Inputs {
  let i = block * 8u;
  return Inputs(quad(i), quad(i + 1u), quad(i + 2u), quad(i + 3u), quad(i + 4u), quad(i + 5u), quad(i + 6u), quad(i + 7u));
}

#if NORM
fn gained(v: Inputs, block: u32) -> Inputs {
  let i = block * 8u;
  return Inputs(v.a * gain[i], v.b * gain[i + 1u], v.c * gain[i + 2u], v.d * gain[i + 3u],
                v.e * gain[i + 4u], v.f * gain[i + 5u], v.g * gain[i + 6u], v.h * gain[i + 7u]);
}

fn squares(v: Inputs) -> f32 {
  return dot(v.a, v.a) + dot(v.b, v.b) + dot(v.c, v.c) + dot(v.d, v.d) +
         dot(v.e, v.e) + dot(v.f, v.f) + dot(v.g, v.g) + dot(v.h, v.h);
}
#end

// Dot product of one group of a row with 32 inputs. Rows beyond the matrix repeat the last one; nobody stores them.
fn group_dot(row: u32, block: u32, v: Inputs) -> f32 {
  let words = q[row * GROUPS + block];
  let low = low_nibbles(words.x) * v.a + high_nibbles(words.x) * v.b + low_nibbles(words.y) * v.c + high_nibbles(words.y) * v.d;
  let high = low_nibbles(words.z) * v.e + high_nibbles(words.z) * v.f + low_nibbles(words.w) * v.g + high_nibbles(words.w) * v.h;
  return dot(low + high, vec4<f32>(1.0)) * scale[row * GROUPS + block];
}

fn four_dots(row: u32, last: u32, block: u32, v: Inputs) -> vec4<f32> {
  return vec4<f32>(group_dot(min(row, last), block, v), group_dot(min(row + 1u, last), block, v),
                   group_dot(min(row + 2u, last), block, v), group_dot(min(row + 3u, last), block, v));
}

fn store(row: u32, value: f32) {
  if (row < OUT) {
#if RESIDUAL
    out[row] = residual[row] + value;
#end
#if !RESIDUAL
    out[row] = value;
#end
  }
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) thread: u32) {
  let index = block_index(group, groups);
  if (index >= pods.grid_x) {
    return;
  }
  let first = (index * SLOTS + thread / LANES) * ROWS;
#repeat ROW_QUADS
  var sums$ = vec4<f32>(0.0);
#end
#repeat UP_QUADS
  var ups$ = vec4<f32>(0.0);
#end
#if NORM
  var square_sum = 0.0;
#end
  for (var block = thread % LANES; block < GROUPS; block += LANES) {
    var v = inputs(block);
#if NORM
    square_sum += squares(v);
    v = gained(v, block);
#end
#repeat ROW_QUADS
    sums$ += four_dots(first + $u * 4u, OUT - 1u, block, v);
#end
#repeat UP_QUADS
    ups$ += four_dots(first + $u * 4u + OUT, 2u * OUT - 1u, block, v);
#end
  }
#repeat SPLIT_QUADS
  sums$ = over_lanes(sums$, thread);
#end
#repeat SPLIT_UP_QUADS
  ups$ = over_lanes(ups$, thread);
#end
#if SPLIT_NORM
  square_sum = over_lanes(vec4<f32>(square_sum), thread).x;
#end
  if (thread % LANES != 0u) {
    return;
  }
#if NORM
  let factor = inverseSqrt(square_sum / f32(IN) + EPS);
#end
#repeat ROW_QUADS
  var result$ = sums$;
#end
#repeat NORM_QUADS
  result$ *= factor;
#end
#repeat UP_QUADS
  result$ = result$ / (1.0 + exp(-result$)) * ups$ * factor;
#end
#repeat ROW_QUADS
  store(first + $u * 4u, result$.x);
  store(first + $u * 4u + 1u, result$.y);
  store(first + $u * 4u + 2u, result$.z);
  store(first + $u * 4u + 3u, result$.w);
#end
}
