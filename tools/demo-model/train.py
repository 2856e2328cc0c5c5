"""Train the tokenizer and the model; checkpoints go to --out, outside the repository.

    nice -n 5 python tools/demo-model/train.py --minutes 40 --out /tmp/demo-model
    nice -n 5 python tools/demo-model/train.py --thinks --resume /tmp/demo-model/latest.pt --start 0.5 --out ...

The learning rate follows the clock, not the number of steps, so that the run ends in time on
any machine. In the last part the weights pretend to have 4 bits and the rows are longer.
"""

import argparse
import math
import time
from itertools import islice
from pathlib import Path

import torch
import torch.nn.functional as F

import vocabulary
from batches import batches
from corpus import mix, thinking
from model import Llama
from muon import Muon
from shape import SHAPE

SEED, HELD_OUT_SEED = 20, 4711
TOKENIZER_DOCUMENTS = 40_000
PEAK, FLOOR, WARM_UP = 3e-3, 0.03, 0.01
PRETEND_FROM, LONG_FROM = 0.80, 0.95
ROWS, LENGTH = 5, 512
EVERY = 100


def make_tokenizer(path: Path):
    """Learn the tokenizer from the first documents of the corpus and write it."""
    texts = (text for document in islice(mix.documents(SEED), TOKENIZER_DOCUMENTS) for _, text in document)
    tokenizer = vocabulary.learn(texts)
    vocabulary.write(tokenizer, path)
    return vocabulary.read(path)


def rate(progress: float, start: float) -> float:
    """Learning rate at a progress of start..1: warm-up, then a cosine of the whole down to the floor."""
    warm = min(1.0, (progress - start) / WARM_UP)
    return PEAK * warm * (FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * progress)))


def loss_of(model: Llama, inputs: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Weighted mean cross-entropy."""
    with torch.autocast("cpu", torch.bfloat16):
        logits = model(inputs)
    each = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="none")
    return (each * weights.flatten()).sum() / weights.sum()


@torch.no_grad()
def held_out(model: Llama, triples: list, pretend: bool) -> float:
    """Plain loss in float32 on documents of another seed, with or without 4 bits."""
    before, total = model.fake_quant, 0.0
    model.pretend(pretend)
    for inputs, targets, weights in triples:
        total += F.cross_entropy(model(inputs)[weights > 0], targets[weights > 0]).item()
    model.pretend(before)
    return total / len(triples)


def make_optimizers(model: Llama) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the layers, AdamW for the embedding and the norms."""
    inner = [p for name, p in model.named_parameters() if p.dim() == 2 and "layers" in name]
    outer = [p for name, p in model.named_parameters() if p.dim() == 1 or "layers" not in name]
    adam = torch.optim.AdamW(outer, lr=PEAK, betas=(0.9, 0.95), weight_decay=0.0, fused=True)
    return [Muon(inner, lr=PEAK), adam]


def report(log: Path, line: str) -> None:
    """Print a line and keep it."""
    print(line, flush=True)
    with log.open("a") as out:
        out.write(line + "\n")


def train(minutes: float, out: Path, resume: str | None, start: float, size: int, documents) -> None:
    """The whole run, on a stream of documents."""
    torch.manual_seed(SEED)
    tokenizer = vocabulary.read(out / "tokenizer.json") if resume else make_tokenizer(out / "tokenizer.json")
    model = Llama(SHAPE)
    if resume:
        model.load_state_dict(torch.load(resume, weights_only=True)["model"])
    optimizers = make_optimizers(model)
    short = batches(tokenizer, documents, SEED + 1 + int(100 * start), size, LENGTH)
    long = batches(tokenizer, documents, SEED + 3, max(1, size // 2), LENGTH * 2)
    check = list(islice(batches(tokenizer, documents, HELD_OUT_SEED, 8, LENGTH), 1))
    began, step, seen, recent = time.time(), 0, 0, []
    report(out / "train.log", f"{sum(p.numel() for p in model.parameters())} parameters, {minutes} minutes from {start}, seed {SEED}")
    while (progress := start + (1 - start) * (time.time() - began) / (60 * minutes)) < 1:
        model.pretend(progress >= PRETEND_FROM)
        for group in (g for optimizer in optimizers for g in optimizer.param_groups):
            group["lr"] = rate(progress, start)
        batch = next(long if progress >= LONG_FROM else short)
        loss = loss_of(model, *batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        model.zero_grad()
        step, seen, recent = step + 1, seen + batch[0].numel(), [*recent[-99:], loss.item()]
        if step % EVERY == 0:
            save(model, out, step, seen, time.time() - began, sum(recent) / len(recent), check)
    save(model, out, step, seen, time.time() - began, sum(recent) / len(recent), check)


def save(model, out: Path, step: int, seen: int, seconds: float, loss: float, check: list) -> None:
    """Report the losses and write a checkpoint."""
    plain, four = held_out(model, check, False), held_out(model, check, True)
    report(out / "train.log", f"step {step} tokens {seen} seconds {seconds:.0f} loss {loss:.4f} held out {plain:.4f} in 4 bits {four:.4f}")
    torch.save(dict(model=model.state_dict(), step=step), out / "latest.tmp")
    (out / "latest.tmp").rename(out / "latest.pt")


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=40)
    options.add_argument("--out", type=Path, default=Path("/tmp/demo-model"))
    options.add_argument("--resume", help="a checkpoint to go on from, with its tokenizer in --out")
    options.add_argument("--start", type=float, default=0, help="where on the schedule to begin, 0..1")
    options.add_argument("--rows", type=int, default=ROWS, help="rows of a batch: fewer of them make more steps in little time")
    options.add_argument("--thinks", action="store_true", help="learn to think before an answer")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    train(given.minutes, given.out, given.resume, given.start, given.rows, (thinking if given.thinks else mix).documents)
