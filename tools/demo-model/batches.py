"""Documents as token ids, packed into rows for training."""

import random
from collections.abc import Iterator

import torch
from tokenizers import Tokenizer

from corpus.mix import Document, documents
from shape import ASSISTANT, BEGIN, END, SYSTEM, USER
from vocabulary import encode

ROLE = {"system": SYSTEM, "user": USER, "assistant": ASSISTANT}
UNCLOSED = 0.5


def lay_out(tokenizer: Tokenizer, document: Document, rng: random.Random) -> tuple[list[int], list[int]]:
    """Ids of a document, and for each whether it is to be learned (answers and plain text are).

    A chat engine that goes on with a conversation it has in its KV cache never feeds the end
    token of the answers before; so half of the time it is left out here, too.
    """
    ids, learn = [BEGIN], [0]
    for i, (role, text) in enumerate(document):
        body = encode(tokenizer, text)
        learned = int(role in ("assistant", "text"))
        closed = role != "assistant" or i == len(document) - 1 or rng.random() > UNCLOSED
        head = [ROLE[role]] if role in ROLE else []
        ids += head + body + [END] * closed
        learn += [0] * len(head) + [learned] * (len(body) + closed)
    return ids, learn


def rows(tokenizer: Tokenizer, seed: int, length: int) -> Iterator[tuple[list[int], list[int]]]:
    """Rows of length + 1 ids; each begins with a document and cuts its last one."""
    rng = random.Random(seed)
    ids, learn = [], []
    for document in documents(seed):
        more, learned = lay_out(tokenizer, document, rng)
        ids, learn = ids + more, learn + learned
        if len(ids) > length:
            yield ids[: length + 1], learn[: length + 1]
            ids, learn = [], []


def batches(tokenizer: Tokenizer, seed: int, size: int, length: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Inputs [size, length] and targets, -100 where there is nothing to learn."""
    stream = rows(tokenizer, seed, length)
    while True:
        chosen = [next(stream) for _ in range(size)]
        ids = torch.tensor([r[0] for r in chosen])
        learn = torch.tensor([r[1] for r in chosen])
        yield ids[:, :-1], torch.where(learn > 0, ids, -100)[:, 1:]
