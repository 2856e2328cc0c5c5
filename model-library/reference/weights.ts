/**
 * Reads a llama-style model in MLC's `q4f32_1` layout into float64, for the reference. Plain and slow on purpose: it
 * shares no code with the library that it checks.
 */

/** Dimensions; counts. */
export interface Dims {
  hidden: number;
  ffn: number;
  layers: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  vocab: number;
  theta: number;
  eps: number;
  tied: boolean;
}

/** A dense matrix, row-major [rows, columns]. */
export interface Matrix {
  rows: number;
  columns: number;
  data: Float64Array;
}

export interface Layer {
  inputNorm: Float64Array;
  qkv: Matrix;
  output: Matrix;
  postNorm: Float64Array;
  gateUp: Matrix;
  down: Matrix;
}

export interface Model {
  dims: Dims;
  embed: Matrix;
  layers: Layer[];
  norm: Float64Array;
  head: Matrix;
}

/** The parts of `mlc-chat-config.json` that matter here. */
export interface ChatConfig {
  model_config: {
    hidden_size: number;
    intermediate_size: number;
    num_hidden_layers: number;
    num_attention_heads: number;
    num_key_value_heads: number;
    head_dim: number;
    vocab_size: number;
    position_embedding_base: number;
    rms_norm_eps: number;
    tie_word_embeddings: boolean;
  };
}

/** The parts of `tensor-cache.json` that matter here. */
export interface TensorCache {
  records: { dataPath: string; records: TensorRecord[] }[];
}

interface TensorRecord {
  name: string;
  shape: number[];
  nbytes: number;
  byteOffset: number;
}

const GROUP = 32;

/**
 * weight = (nibble - 7) * scale: eight nibbles a word, lowest first, 32 neighbouring inputs a scale.
 * @param words [rows, 4 * groups] uint32
 * @param scales [rows, groups] float32
 */
export function dequantize(words: Uint32Array, scales: Float32Array, rows: number, columns: number): Matrix {
  const groups = Math.ceil(columns / GROUP);
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const word = words[row * groups * 4 + (column >> 3)]!;
      const scale = scales[row * groups + Math.floor(column / GROUP)]!;
      data[row * columns + column] = (((word >>> (4 * (column & 7))) & 15) - 7) * scale;
    }
  }
  return { rows, columns, data };
}

function dimsOf({ model_config: m }: ChatConfig): Dims {
  return {
    hidden: m.hidden_size,
    ffn: m.intermediate_size,
    layers: m.num_hidden_layers,
    heads: m.num_attention_heads,
    kvHeads: m.num_key_value_heads,
    headDim: m.head_dim,
    vocab: m.vocab_size,
    theta: m.position_embedding_base,
    eps: m.rms_norm_eps,
    tied: m.tie_word_embeddings,
  };
}

/** All tensors by name, as copies of their bytes. */
async function readTensors(
  cache: TensorCache,
  read: (path: string) => Promise<Uint8Array>,
): Promise<Map<string, ArrayBuffer>> {
  const tensors = new Map<string, ArrayBuffer>();
  for (const shard of cache.records) {
    const bytes = await read(shard.dataPath);
    for (const { name, byteOffset, nbytes } of shard.records) {
      tensors.set(name, new Uint8Array(bytes.subarray(byteOffset, byteOffset + nbytes)).buffer);
    }
  }
  return tensors;
}

/**
 * Reads a whole model.
 * @param read gives a file of the model's folder by its relative path
 * @throws Error that names a tensor that is missing
 */
export async function readModel(read: (path: string) => Promise<Uint8Array>): Promise<Model> {
  const json = async (path: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await read(path)));
  const dims = dimsOf((await json('mlc-chat-config.json')) as ChatConfig);
  const tensors = await readTensors((await json('tensor-cache.json')) as TensorCache, read);
  const tensor = (name: string): ArrayBuffer => {
    const found = tensors.get(name);
    if (found === undefined) throw new Error(`the weights do not contain ${name}`);
    return found;
  };
  const matrix = (name: string, rows: number, columns: number): Matrix =>
    dequantize(
      new Uint32Array(tensor(`${name}.q_weight`)),
      new Float32Array(tensor(`${name}.q_scale`)),
      rows,
      columns,
    );
  const gain = (name: string): Float64Array => Float64Array.from(new Float32Array(tensor(`${name}.weight`)));
  const attention = dims.heads * dims.headDim;
  const layer = (i: number): Layer => ({
    inputNorm: gain(`model.layers.${i}.input_layernorm`),
    qkv: matrix(
      `model.layers.${i}.self_attn.qkv_proj`,
      attention + 2 * dims.kvHeads * dims.headDim,
      dims.hidden,
    ),
    output: matrix(`model.layers.${i}.self_attn.o_proj`, dims.hidden, attention),
    postNorm: gain(`model.layers.${i}.post_attention_layernorm`),
    gateUp: matrix(`model.layers.${i}.mlp.gate_up_proj`, 2 * dims.ffn, dims.hidden),
    down: matrix(`model.layers.${i}.mlp.down_proj`, dims.hidden, dims.ffn),
  });
  const embed = matrix('model.embed_tokens', dims.vocab, dims.hidden);
  return {
    dims,
    embed,
    layers: Array.from({ length: dims.layers }, (_, i) => layer(i)),
    norm: gain('model.norm'),
    head: dims.tied ? embed : matrix('lm_head', dims.vocab, dims.hidden),
  };
}
