"""Muon: momentum whose update is made orthogonal, for the matrices inside the layers.

With few tokens to learn from it gets much further than AdamW at nearly the same cost.
Method: Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024.
"""

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
ITERATIONS = 5


def orthogonalize(g: torch.Tensor) -> torch.Tensor:
    """Push the singular values of each matrix of g [n, rows, columns] towards one."""
    tall = g.shape[-2] > g.shape[-1]
    x = g.mT if tall else g
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(ITERATIONS):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalized, scaled to AdamW's usual step size."""

    def __init__(self, params, lr: float, momentum: float = 0.95, weight_decay: float = 0.05):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    def direction(self, p: torch.Tensor, momentum: float) -> torch.Tensor:
        """The momentum of one matrix, looking one step ahead."""
        buffer = self.state[p].setdefault("momentum", torch.zeros_like(p))
        buffer.lerp_(p.grad, 1 - momentum)
        return p.grad.lerp(buffer, momentum)

    @torch.no_grad()
    def step(self) -> None:
        """One update; matrices of one shape are done together."""
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                shapes.setdefault(p.shape, []).append(p)
            for shape, same in shapes.items():
                update = orthogonalize(torch.stack([self.direction(p, group["momentum"]) for p in same]))
                size = group["lr"] * 0.2 * max(shape) ** 0.5
                for p, u in zip(same, update):
                    p.mul_(1 - group["lr"] * group["weight_decay"]).sub_(u, alpha=size)
