"""The byte-level BPE tokenizer: training it, writing it, and laying out a chat in token ids."""

import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from shape import ASSISTANT, BEGIN, EMPTY_THOUGHT, END, SHAPE, SPECIALS, SYSTEM, USER


def learn(texts) -> Tokenizer:
    """Train on an iterable of plain texts; digits stay single, every byte has a token."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SHAPE.vocab_size,
        special_tokens=SPECIALS,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def write(tokenizer: Tokenizer, path: Path) -> None:
    """Write tokenizer.json; merges as "a b", because older runtimes cannot read pairs."""
    data = json.loads(tokenizer.to_str())
    model = data["model"]
    model["merges"] = [m if isinstance(m, str) else " ".join(m) for m in model["merges"]]
    model.pop("ignore_merges", None)
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


def read(path: Path) -> Tokenizer:
    """The tokenizer of a tokenizer.json."""
    return Tokenizer.from_file(str(path))


def encode(tokenizer: Tokenizer, text: str) -> list[int]:
    """Token ids of a text, nothing added."""
    return tokenizer.encode(text, add_special_tokens=False).ids


def prompt(tokenizer: Tokenizer, messages: list[dict], direct: bool = False) -> list[int]:
    """Ids of a conversation up to where the answer starts, as the conv_template lays it out.

    `direct` puts the empty thought behind it, as a chat engine does for a model that shall not think.
    """
    role = {"system": SYSTEM, "user": USER, "assistant": ASSISTANT}
    ids = [BEGIN]
    for message in messages:
        ids += [role[message["role"]], *encode(tokenizer, message["content"]), END]
    return [*ids, ASSISTANT, *(encode(tokenizer, EMPTY_THOUGHT) if direct else [])]
