/**
 * Bytes that one decode step reads from memory, from a model's own files. Null where these rules do not hold for a
 * model: experts of which only some are read, windows and recurrent layers that keep less than a full KV cache.
 */

/** Weight bytes per decode step, from `tensor-cache.json`: all tensors, but of a table only looked up in, next to nothing. */
export function bytesPerToken(cache: unknown): number | null {
  const tensors = tensorsOf(cache);
  if (!tensors?.some(isTable) || tensors.some(({ name }) => /expert|moe/.test(name))) return null;
  // Without a head of its own the model reads the whole table as its last matrix.
  const hasHead = tensors.some(({ name }) => /(^|\.)lm_head\./.test(name));
  const read = tensors.filter(
    (tensor) => !isTableOfLayers(tensor) && !isOfOtherSense(tensor) && !(hasHead && isTable(tensor)),
  );
  return read.reduce((sum, { bytes }) => sum + bytes, 0) || null;
}

function isTable({ name }: Tensor): boolean {
  return /(^|\.)embed_tokens\./.test(name);
}

function isTableOfLayers({ name }: Tensor): boolean {
  return /embed_tokens_per_layer\./.test(name);
}

/** Parts for pictures and sound rest while text is written. */
function isOfOtherSense({ name }: Tensor): boolean {
  return /vision|audio|multi_modal|visual/.test(name);
}

interface Tensor {
  name: string;
  bytes: number;
}

function tensorsOf(cache: unknown): Tensor[] | null {
  const shards = field(cache, 'records');
  if (!Array.isArray(shards)) return null;
  const lists = shards.map((shard: unknown) => field(shard, 'records'));
  if (!lists.every(Array.isArray)) return null;
  const tensors = lists.flat().map((one: unknown) => ({
    name: String(field(one, 'name')),
    bytes: Number(field(one, 'nbytes')),
  }));
  return tensors.every(({ bytes }) => Number.isFinite(bytes) && bytes >= 0) ? tensors : null;
}

/** KV cache bytes per decode step and token of context, from `mlc-chat-config.json`; keys and values of every layer. */
export function kvBytesPerToken(config: unknown): number | null {
  const model = field(config, 'model_config');
  if (isPartial(model) || Number(field(config, 'sliding_window_size')) > 0) return null;
  const [layers, heads, width] = ['num_hidden_layers', 'num_key_value_heads', 'head_dim'].map((key) =>
    Number(field(model, key)),
  ) as [number, number, number];
  const floatBytes = String(field(config, 'quantization')).includes('f16') ? 2 : 4;
  const bytes = 2 * layers * heads * width * floatBytes;
  return Number.isFinite(bytes) && bytes > 0 ? bytes : null;
}

/** Some layers keep a window or a state only. */
function isPartial(model: unknown): boolean {
  if (typeof model !== 'object' || model === null) return true;
  const telling = Object.entries(model).filter(
    ([, value]) => value !== null && value !== false && value !== -1,
  );
  return telling.some(([key]) =>
    /sliding_window|layer_types|full_attention_interval|linear_|text_config/.test(key),
  );
}

function field(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[key] : undefined;
}
