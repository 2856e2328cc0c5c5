// Bitonic sort (Batcher 1968) of a small vocabulary by one workgroup, in the GPU buffers themselves. SIZE is the
// vocabulary rounded up to a power of two; items beyond the vocabulary have probability 0 and the highest ids, so they
// end at the tail, where nobody looks.
//
//   Three neighbouring strides are done at once: a thread loads the 8 items that they connect, exchanges them in
//   registers and stores them. That is a third of the barriers and of the memory traffic.

@group(0) @binding(0) var<storage, read> probs: array<u32>;  // [VOCAB] bits of floats
@group(0) @binding(1) var<storage, read_write> sorted: array<u32>;  // [SIZE]
@group(0) @binding(2) var<storage, read_write> ids: array<u32>;  // [SIZE]
struct Pods { grid_x: u32 }
@group(0) @binding(3) var<uniform> pods: Pods;

#include order

fn load(i: u32) -> vec2<u32> {
  return vec2<u32>(sorted[i], ids[i]);
}

fn save(i: u32, item: vec2<u32>) {
  sorted[i] = item.x;
  ids[i] = item.y;
}

fn exchange(a: ptr<function, vec2<u32>>, b: ptr<function, vec2<u32>>, down: bool) {
  let first = *a;
  let second = *b;
  let swap = comes_first(second, first) == down;
  *a = select(first, second, swap);
  *b = select(second, first, swap);
}

// Compares and exchanges at one stride.
fn one_stride(thread: u32, run: u32, stride: u32) {
  for (var pair = thread; pair < SIZE / 2u; pair += WG) {
    let i = pair / stride * stride * 2u + pair % stride;
    var a = load(i);
    var b = load(i + stride);
    exchange(&a, &b, (i & run) == 0u);
    save(i, a);
    save(i + stride, b);
  }
}

// The same at strides 4 s, 2 s and s.
fn three_strides(thread: u32, run: u32, s: u32) {
  for (var octet = thread; octet < SIZE / 8u; octet += WG) {
    let i = octet / s * s * 8u + octet % s;
    let down = (i & run) == 0u;
    var a = load(i);
    var b = load(i + s);
    var c = load(i + 2u * s);
    var d = load(i + 3u * s);
    var e = load(i + 4u * s);
    var f = load(i + 5u * s);
    var g = load(i + 6u * s);
    var h = load(i + 7u * s);
    exchange(&a, &e, down);
    exchange(&b, &f, down);
    exchange(&c, &g, down);
    exchange(&d, &h, down);
    exchange(&a, &c, down);
    exchange(&b, &d, down);
    exchange(&e, &g, down);
    exchange(&f, &h, down);
    exchange(&a, &b, down);
    exchange(&c, &d, down);
    exchange(&e, &f, down);
    exchange(&g, &h, down);
    save(i, a);
    save(i + s, b);
    save(i + 2u * s, c);
    save(i + 3u * s, d);
    save(i + 4u * s, e);
    save(i + 5u * s, f);
    save(i + 6u * s, g);
    save(i + 7u * s, h);
  }
}

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) thread: u32) {
  for (var i = thread; i < SIZE; i += WG) {
    save(i, vec2<u32>(select(0u, probs[min(i, VOCAB - 1u)], i < VOCAB), i));
  }
  for (var run = 2u; run <= SIZE; run *= 2u) {
    var stride = run / 2u;
    while (stride > 0u) {
      storageBarrier();
      if (stride >= 4u) {
        three_strides(thread, run, stride / 4u);
        stride /= 8u;
      } else {
        one_stride(thread, run, stride);
        stride /= 2u;
      }
    }
  }
}
