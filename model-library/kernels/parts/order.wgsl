// Order of the sort: higher probability first; equal ones by token id, so that the result never depends on timing.
// (probability, id) travel as two words, since a vec2 keeps both under one index.
fn comes_first(a: vec2<u32>, b: vec2<u32>) -> bool {
  let p = bitcast<f32>(a.x);
  let r = bitcast<f32>(b.x);
  return p > r || (p == r && a.y < b.y);
}
