import type { MLCEngine } from '@mlc-ai/web-llm';
import type { Loaded, Variant } from '../engine.ts';
import type { ModelConfig } from './config.ts';
import type { Tap } from './tap.ts';

/** A loaded model and all that is known of it. */
export interface Session {
  engine: MLCEngine;
  config: ModelConfig;
  variant: Variant;
  loaded: Loaded;
  /** Null when web-llm's pipeline does not look as expected. */
  tap: Tap | null;
  /** Token ids went into the KV cache behind the back of web-llm's chat, which would go on from them. */
  cacheForeign: boolean;
}
