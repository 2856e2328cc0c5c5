import { EngineError } from '../engine/engine.ts';
import { measureBandwidth, type Bandwidth, type BandwidthOptions } from './bandwidth.ts';

/**
 * The bandwidth of the adapter that models run on.
 * @throws {EngineError} `no-adapter`, and what `measureBandwidth` throws.
 */
export async function measureBandwidthHere(options: BandwidthOptions = {}): Promise<Bandwidth> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new EngineError(
      'no-adapter',
      'The browser gives no GPU to measure.',
      'Reload the page and try again.',
    );
  return measureBandwidth(adapter, options);
}
