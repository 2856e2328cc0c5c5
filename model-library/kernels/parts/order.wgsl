// Order of the sort: higher probability first; equal ones by token id, so that the result never depends on timing.
// An item is (probability, id); bits of floats at or above 0 compare like the floats, and NaN comes before everything.
fn comes_first(a: vec2<u32>, b: vec2<u32>) -> bool {
  return a.x > b.x || (a.x == b.x && a.y < b.y);
}
