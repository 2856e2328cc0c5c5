import { describe, expect, it } from 'vitest';
import { measureBandwidth, predict } from './bandwidth.ts';

const LAPTOP = { bytesPerS: 100e9, submitMs: 0.3, dispatchMs: 0.005 };

describe('the predicted decode speed', () => {
  it('is a range below the roofline', () => {
    // Llama 3.2 1B in q4f16_1: 695 MB per token, so at most 144 tok/s at 100 GB/s.
    const { lowTps, highTps } = predict({ bytes: 695e6, dispatches: 300 }, LAPTOP);
    expect(lowTps).toBeGreaterThan(30);
    expect(highTps).toBeLessThan(144);
    expect(highTps).toBeGreaterThan(lowTps);
  });

  it('of a tiny model is bound by submits, not by its bytes', () => {
    const { lowTps, highTps } = predict({ bytes: 4e6, dispatches: 100 }, LAPTOP);
    expect(highTps).toBeLessThan(1000 / LAPTOP.submitMs);
    expect(lowTps).toBeGreaterThan(500);
  });

  it('halves when the bandwidth does, for a large model', () => {
    const token = { bytes: 5e9, dispatches: 0 };
    const whole = predict(token, { ...LAPTOP, submitMs: 0 });
    const half = predict(token, { ...LAPTOP, submitMs: 0, bytesPerS: 50e9 });
    expect(whole.highTps / half.highTps).toBeCloseTo(2, 9);
    expect(whole.lowTps / half.lowTps).toBeCloseTo(2, 9);
  });
});

describe('measuring', () => {
  it('reports a device that cannot be had as an EngineError', async () => {
    const adapter = {
      limits: { maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27 },
      requestDevice: () => Promise.reject(new Error('no device')),
    };
    await expect(measureBandwidth(adapter as unknown as GPUAdapter)).rejects.toMatchObject({
      code: 'device-lost',
      detail: 'Error: no device',
    });
  });
});
