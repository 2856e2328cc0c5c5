/** Mistakes that the tests must notice: one small textual change of one kernel each. */
export const mutations = {
  matvec: { file: 'matvec.wgsl', from: 'low_nibbles(words.z) * v.e', to: 'low_nibbles(words.z) * v.f' },
  matmul: { file: 'matmul.wgsl', from: 'c1 += t.z * w1;', to: 'c1 += t.z * w0;' },
};
