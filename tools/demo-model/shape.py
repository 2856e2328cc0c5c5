"""The demo model's dimensions and special tokens: the one place that states them."""

from dataclasses import dataclass

MODEL, THINKING_MODEL = "demo-q4f32_1", "demo-thinks-q4f32_1"
SPECIALS = ["<|begin|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"]
BEGIN, SYSTEM, USER, ASSISTANT, END = range(len(SPECIALS))
EMPTY_THOUGHT = "<think>\n\n</think>\n\n"
"""What web-llm puts into the prompt when `enable_thinking` is false; plain text, not special tokens."""


@dataclass(frozen=True)
class Shape:
    """A llama-style decoder; every linear's input width is a multiple of 32."""

    vocab_size: int = 2048
    hidden_size: int = 256
    intermediate_size: int = 512
    num_hidden_layers: int = 5
    num_attention_heads: int = 8
    num_key_value_heads: int = 2
    head_dim: int = 32
    rms_norm_eps: float = 1e-5
    position_embedding_base: int = 10000
    context_window_size: int = 2048
    prefill_chunk_size: int = 64
    tie_word_embeddings: bool = True


SHAPE = Shape()
