// q4f32_1: weight = (nibble - 7) * scale. Eight nibbles a word, lowest first; four words (one vec4) and one scale for
// 32 neighbouring inputs. Signed words, since signed integers convert to float in one instruction everywhere.
fn low_nibbles(word: i32) -> vec4<f32> {
  return vec4<f32>((vec4<i32>(word) >> vec4<u32>(0u, 4u, 8u, 12u)) & vec4<i32>(15)) - 7.0;
}

fn high_nibbles(word: i32) -> vec4<f32> {
  return vec4<f32>((vec4<i32>(word) >> vec4<u32>(16u, 20u, 24u, 28u)) & vec4<i32>(15)) - 7.0;
}
