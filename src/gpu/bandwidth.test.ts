import { describe, expect, it } from 'vitest';
import { measureBandwidth } from './bandwidth.ts';

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
