"""Documents as token ids, packed into rows for training."""

import random
from collections.abc import Callable, Iterator

import torch
from tokenizers import Tokenizer

from corpus.mix import Document
from shape import ASSISTANT, BEGIN, END, SYSTEM, USER
from vocabulary import encode

ROLE = {
    "system": SYSTEM, "user": USER, "assistant": ASSISTANT, "past": ASSISTANT, "thought": ASSISTANT, "direct": ASSISTANT
}
LEARNED = {"assistant", "text", "thought", "answer"}
ANSWERS, OPEN = {"assistant", "answer"}, {"thought", "direct"}
UNCLOSED = 0.5
TYPICAL, SHORT, RARE, TAKEN = 40, 16, 600, 4.0


def weigh(body: list[int], asked: set[int], digits: set[int]) -> list[float]:
    """How much each token of an answer counts.

    Short answers count more per token than long ones, or stories would be nearly all there is to
    learn; and what is taken over from the question (its rarer words, and digits) counts most.
    """
    base = (TYPICAL / max(len(body), 4)) ** 0.5
    taken = {i for i in asked if i >= RARE} | (digits if len(body) < SHORT else set())
    return [base * (TAKEN if i in taken else 1.0) for i in body]


def lay_out(tokenizer: Tokenizer, document: Document, rng: random.Random) -> tuple[list[int], list[float]]:
    """Ids of a document and the weight of each in the loss (0 for questions).

    A chat engine that goes on with a conversation it has in its KV cache never feeds the end
    token of the answers before; so half of the time it is left out here, too. What opens an answer
    (see corpus/thinking.py) has no end of its own.
    """
    ids, learn, asked = [BEGIN], [0.0], set()
    digits = {tokenizer.token_to_id(d) for d in "0123456789"}
    for i, (role, text) in enumerate(document):
        body = encode(tokenizer, text)
        closed = role not in OPEN and (role not in ANSWERS or i == len(document) - 1 or rng.random() > UNCLOSED)
        head = [ROLE[role]] if role in ROLE else []
        tail = [END] * closed
        if role in LEARNED:
            weights = weigh(body, asked, digits) + [1.0] * closed
        else:
            weights = [0.0] * (len(body) + closed)
        if role not in LEARNED or role == "thought":
            asked |= set(body)
        ids += head + body + tail
        learn += [0.0] * len(head) + weights
    return ids, learn


def rows(
    tokenizer: Tokenizer, stream: Iterator[Document], rng: random.Random, length: int
) -> Iterator[tuple[list[int], list[float]]]:
    """Rows of length + 1 ids; each begins with a document and cuts its last one."""
    ids, learn = [], []
    for document in stream:
        more, learned = lay_out(tokenizer, document, rng)
        ids, learn = ids + more, learn + learned
        if len(ids) > length:
            yield ids[: length + 1], learn[: length + 1]
            ids, learn = [], []


def batches(
    tokenizer: Tokenizer, documents: Callable[[int], Iterator[Document]], seed: int, size: int, length: int
) -> Iterator[tuple[torch.Tensor, ...]]:
    """Inputs, targets and the weights of the targets, each [size, length]."""
    found = rows(tokenizer, documents(seed), random.Random(seed), length)
    while True:
        chosen = [next(found) for _ in range(size)]
        ids = torch.tensor([r[0] for r in chosen])
        learn = torch.tensor([r[1] for r in chosen])
        yield ids[:, :-1], ids[:, 1:], learn[:, 1:]
