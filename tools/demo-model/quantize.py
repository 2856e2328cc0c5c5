"""Group quantization to 4 bits, as MLC's q4f32_1 stores it.

Groups of 32 weights along the input dimension share one float32 scale:

    scale = max|w| / 7      q = clip(round(w / scale + 7), 0, 14)      w ~ (q - 7) * scale

Eight q of a row fill one uint32, the first in the lowest four bits.
"""

import numpy as np
import torch

GROUP = 32
PER_WORD = 8
MIDDLE = 7


def quantize(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Split float32 [out, in] into integers 0..14 [out, in] and scales [out, in / 32]."""
    rows, columns = weight.shape
    assert columns % GROUP == 0, "the input width must be a whole number of groups"
    groups = weight.reshape(rows, columns // GROUP, GROUP)
    scale = groups.abs().amax(dim=-1) / MIDDLE
    divisor = torch.where(scale == 0, torch.ones_like(scale), scale)
    q = torch.round(groups / divisor[..., None] + MIDDLE).clamp(0, 2 * MIDDLE)
    return q.reshape(rows, columns), scale


def dequantize(q: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """Float32 weights [out, in] of the integers and their scales."""
    rows, columns = q.shape
    groups = (q.to(scale.dtype) - MIDDLE).reshape(rows, columns // GROUP, GROUP)
    return (groups * scale[..., None]).reshape(rows, columns)


def straight_through(weight: torch.Tensor) -> torch.Tensor:
    """The weight as 4 bits would keep it; gradients pass as if nothing had happened."""
    with torch.no_grad():
        error = dequantize(*quantize(weight)) - weight
    return weight + error


def pack(q: torch.Tensor) -> np.ndarray:
    """Integers [out, in] as uint32 words [out, in / 8], lowest nibble first."""
    nibbles = q.to(torch.int64).numpy().astype(np.uint32)
    nibbles = nibbles.reshape(nibbles.shape[0], -1, PER_WORD)
    shifts = np.arange(PER_WORD, dtype=np.uint32) * 4
    return np.bitwise_or.reduce(nibbles << shifts, axis=-1).astype(np.uint32)


def unpack(words: np.ndarray) -> torch.Tensor:
    """The reverse of pack: int64 [out, in]."""
    shifts = np.arange(PER_WORD, dtype=np.uint32) * 4
    nibbles = (words[..., None] >> shifts) & np.uint32(15)
    return torch.from_numpy(nibbles.reshape(words.shape[0], -1).astype(np.int64))
