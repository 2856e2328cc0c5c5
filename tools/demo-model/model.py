"""A llama-style decoder in plain PyTorch, with the parameter names that MLC gives it."""

import torch
import torch.nn.functional as F
from torch import nn

from quantize import straight_through
from shape import Shape


class Linear(nn.Linear):
    """A linear layer without bias that can pretend its weight has 4 bits."""

    fake_quant = False

    def __init__(self, inputs: int, outputs: int):
        super().__init__(inputs, outputs, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight = straight_through(self.weight) if self.fake_quant else self.weight
        return F.linear(x, weight)


class Norm(nn.Module):
    """RMSNorm: x / sqrt(mean(x^2) + eps) * weight, over the last dimension."""

    def __init__(self, width: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.eps)


def rotation(shape: Shape, length: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines [length, head_dim] of the rotary embedding, halves convention."""
    half = torch.arange(0, shape.head_dim, 2, dtype=torch.float64) / shape.head_dim
    frequency = shape.position_embedding_base ** -half
    angle = torch.outer(torch.arange(length, dtype=torch.float64), frequency)
    angle = torch.cat([angle, angle], dim=-1)
    return angle.cos().to(dtype), angle.sin().to(dtype)


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Turn each pair (i, i + head_dim / 2) of x [..., length, head_dim] by its angle."""
    low, high = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-high, low], dim=-1) * sin


class Attention(nn.Module):
    """Grouped-query attention over a fused q, k, v projection."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        heads = shape.num_attention_heads + 2 * shape.num_key_value_heads
        self.qkv_proj = Linear(shape.hidden_size, heads * shape.head_dim)
        self.o_proj = Linear(shape.num_attention_heads * shape.head_dim, shape.hidden_size)

    def forward(self, x, cos, sin, past=None):
        """Attend from x [batch, length, hidden]; past, if any, is a list of one (k, v)."""
        batch, length, _ = x.shape
        s = self.shape
        qkv = self.qkv_proj(x).view(batch, length, -1, s.head_dim).transpose(1, 2)
        q, k, v = qkv.split([s.num_attention_heads, s.num_key_value_heads, s.num_key_value_heads], 1)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if past is not None:
            k, v = (torch.cat(pair, dim=2) for pair in zip(past.pop(), (k, v))) if past else (k, v)
            past.append((k, v))
        share = s.num_attention_heads // s.num_key_value_heads
        k, v = k.repeat_interleave(share, dim=1), v.repeat_interleave(share, dim=1)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=length > 1)
        return self.o_proj(y.transpose(1, 2).reshape(batch, length, -1))


class Feed(nn.Module):
    """SwiGLU over a fused gate and up projection."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.gate_up_proj = Linear(shape.hidden_size, 2 * shape.intermediate_size)
        self.down_proj = Linear(shape.intermediate_size, shape.hidden_size)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        gate, up = self.gate_up_proj(x).chunk(2, dim=-1)
        return self.down_proj(F.silu(gate) * up)


class Layer(nn.Module):
    """One decoder layer: attention and feed-forward, each behind a norm and a residual."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.input_layernorm = Norm(shape.hidden_size, shape.rms_norm_eps)
        self.self_attn = Attention(shape)
        self.post_attention_layernorm = Norm(shape.hidden_size, shape.rms_norm_eps)
        self.mlp = Feed(shape)

    def forward(self, x, cos, sin, past=None):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, past)
        return x + self.mlp(self.post_attention_layernorm(x))


class Trunk(nn.Module):
    """Embedding, layers and final norm."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.num_hidden_layers))
        self.norm = Norm(shape.hidden_size, shape.rms_norm_eps)


class Llama(nn.Module):
    """The whole model; the head is the embedding itself."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.model = Trunk(shape)
        self.fake_quant = False
        self.angles: dict = {}
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                deep = name.endswith(("o_proj.weight", "down_proj.weight"))
                nn.init.normal_(weight, std=0.02 / ((2 * shape.num_hidden_layers) ** 0.5 if deep else 1))

    def pretend(self, on: bool) -> None:
        """Turn the 4-bit pretence on or off, everywhere."""
        self.fake_quant = on
        for part in self.modules():
            if isinstance(part, Linear):
                part.fake_quant = on

    def rotation(self, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
        """Angles for the whole context window, made once per dtype."""
        if dtype not in self.angles:
            self.angles[dtype] = rotation(self.shape, self.shape.context_window_size, dtype)
        return self.angles[dtype]

    def forward(self, ids: torch.Tensor, start: int = 0, past: list | None = None) -> torch.Tensor:
        """Logits [batch, length, vocab] of ids [batch, length] that begin at position start."""
        table = self.model.embed_tokens.weight
        table = straight_through(table) if self.fake_quant else table
        x = F.embedding(ids, table)
        if torch.is_autocast_enabled("cpu"):
            x = x.to(torch.bfloat16)
        cos, sin = (t[start : start + ids.shape[1]] for t in self.rotation(x.dtype))
        for i, layer in enumerate(self.model.layers):
            x = layer(x, cos, sin, past[i] if past is not None else None)
        return F.linear(self.model.norm(x), table)
