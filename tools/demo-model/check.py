"""Self-checks of the quantizer and the model: python tools/demo-model/check.py"""

import dataclasses

import numpy as np
import torch

from model import Llama
from quantize import GROUP, dequantize, pack, quantize, straight_through, unpack
from shape import SHAPE


def check_pack_round_trip() -> None:
    """Packing and unpacking gives the same integers, and the first sits in the lowest bits."""
    q = torch.randint(0, 15, (5, 96))
    words = pack(q)
    assert words.dtype == np.uint32 and words.shape == (5, 12)
    assert torch.equal(unpack(words), q)
    assert pack(torch.tensor([[1, 2, 3, 0, 0, 0, 0, 14]]))[0, 0] == 0xE0000321


def check_bounds() -> None:
    """Integers stay within 0..14 and no weight moves by more than half a step."""
    weight = torch.randn(64, 128)
    q, scale = quantize(weight)
    assert scale.shape == (64, 128 // GROUP)
    assert q.min() >= 0 and q.max() <= 14
    error = (dequantize(q, scale) - weight).abs()
    assert (error <= scale.repeat_interleave(GROUP, 1) * 0.5001).all()


def check_extremes() -> None:
    """A group of zeros stays zero; a group's largest weight is kept; twice is once."""
    assert torch.equal(dequantize(*quantize(torch.zeros(2, 32))), torch.zeros(2, 32))
    weight = torch.randn(8, 64)
    kept = dequantize(*quantize(weight))
    largest = weight.reshape(8, 2, 32).abs().amax(-1)
    assert torch.allclose(kept.reshape(8, 2, 32).abs().amax(-1), largest)
    assert torch.allclose(dequantize(*quantize(kept)), kept, atol=1e-6)


def check_straight_through() -> None:
    """The pretence gives the dequantized value and lets gradients through unchanged."""
    weight = torch.randn(4, 32, requires_grad=True)
    out = straight_through(weight)
    assert torch.allclose(out, dequantize(*quantize(weight.detach())), atol=1e-6)
    out.sum().backward()
    assert torch.equal(weight.grad, torch.ones(4, 32))


def check_cache() -> None:
    """Token by token through the KV cache gives the logits of one whole pass."""
    model = Llama(dataclasses.replace(SHAPE, num_hidden_layers=2)).double()
    ids = torch.randint(0, SHAPE.vocab_size, (1, 9))
    past = [[] for _ in model.model.layers]
    with torch.no_grad():
        steps = [model(ids[:, i : i + 1], i, past) for i in range(9)]
        assert torch.allclose(torch.cat(steps, 1), model(ids), atol=1e-9)


if __name__ == "__main__":
    torch.manual_seed(1)
    for name, check in sorted(globals().items()):
        if name.startswith("check_"):
            check()
            print("ok", name[6:].replace("_", " "))
