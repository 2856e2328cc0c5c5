/**
 * Mistakes that the tests must notice: one small textual change of one kernel each. The name says what is broken.
 * @type {Record<string, {file: string, from: string, to: string}>}
 */
export const mutations = {
  matvec: { file: 'matvec.wgsl', from: 'high_nibbles(words.x) * v.b', to: 'high_nibbles(words.x) * v.a' },
  matmul: { file: 'matmul_small.wgsl', from: 'b$ += low$ * b.low', to: 'b$ += low$ * a.low' },
  attention: {
    file: 'attend_small.wgsl',
    from: 'position <= pods.start + token',
    to: 'position < pods.count',
  },
  'decode-attention': { file: 'attend_one.wgsl', from: 'select(0.0, 1.0, thread == 0u)', to: '0.0' },
  rope: { file: 'rope_many.wgsl', from: 'b * turn.x + a * turn.y', to: 'b * turn.x - a * turn.y' },
  rmsnorm: { file: 'norm.wgsl', from: 'sum / f32(HIDDEN)', to: 'sum / f32(HIDDEN / 2u)' },
  swiglu: { file: 'swiglu.wgsl', from: 'exp(-gate)', to: 'exp(gate)' },
  softmax: {
    file: 'softmax.wgsl',
    from: '(logits[i], highest)',
    to: '(logits[i] + 0.01 * f32(i % 2u), highest)',
  },
  sort: { file: 'sort_small.wgsl', from: 'exchange(&c, &d, down);', to: '' },
  sample: { file: 'sample.wgsl', from: 'if (running >= top_p[0])', to: 'if (running > top_p[0] - 0.25)' },
  penalty: { file: 'penalty.wgsl', from: 'logit < 0.0', to: 'logit > 0.0' },
  bitmask: { file: 'bitmask.wgsl', from: 'token % 32u', to: 'token % 31u' },
};
