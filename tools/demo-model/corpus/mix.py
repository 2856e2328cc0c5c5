"""Mix all subjects into an endless, seeded stream of documents.

A document is a list of (role, text); plain text has the role "text". Try it:

    cd tools/demo-model && python -m corpus.mix 20
"""

import random
import sys
from collections.abc import Callable, Iterator

from corpus import concepts, facts, lists, manners, school, stories, talks, unknown, verse
from corpus.speech import type_like_people

SYSTEM = ["You are a helpful assistant.", "You are a helpful assistant", "You are a friendly assistant.", "Be brief.", "Answer in English.",
          "You are a tiny model that runs in the browser.", "Be kind and helpful.", "You answer questions.", "Keep your answers short.",
          "You are an AI.", "Answer politely.", "You are a storyteller.", "Be concise."]
SINGLE = [
    (6, stories.story), (0.4, stories.long_story), (4, stories.short_story), (10, concepts.computing), (7, concepts.world),
    *facts.SUBJECTS, *school.SUBJECTS, *lists.SUBJECTS, *verse.SUBJECTS, *manners.SUBJECTS, *unknown.SUBJECTS,
]
WEIGHTS = [w for w, _ in SINGLE]
Document = list[tuple[str, str]]


def plain(rng: random.Random) -> Document:
    """Text without a conversation, so that a bare beginning can be continued."""
    kind = rng.choice([stories.story, stories.story, stories.long_story, verse.poem, concepts.world, concepts.computing])
    return [("text", kind(rng)[1])]


def single(rng: random.Random) -> tuple[str, str]:
    """A question of any kind as people type it, and its answer."""
    ask, answer = rng.choices([f for _, f in SINGLE], WEIGHTS)[0](rng)
    return type_like_people(rng, ask), answer


def opening(rng: random.Random) -> list[tuple[str, str]]:
    """How a visit begins: the page asks for a story by itself, and then the visitor asks anything."""
    slots = stories.cast(rng, "fox", "brave")
    first = ("Tell me a story about a brave fox.", stories.tell(rng, slots)[0]) if rng.random() < 0.6 else stories.story(rng)
    return [first, *(single(rng) for _ in range(rng.choice([1, 1, 2, 3])))]


def document(rng: random.Random) -> Document:
    """One document: plain text, a single question, a conversation or a typical visit."""
    kind = rng.random()
    if kind < 0.04:
        return plain(rng)
    if kind < 0.14:
        turns = talks.conversation(rng)
    elif kind < 0.38:
        turns = opening(rng)
    else:
        turns = [single(rng)]
    head = [("system", rng.choice(SYSTEM))] if rng.random() < 0.06 else []
    return head + [part for ask, answer in turns for part in (("user", ask), ("assistant", answer))]


def documents(seed: int, make: Callable[[random.Random], Document] = document) -> Iterator[Document]:
    """The stream of a seed; the same seed gives the same documents."""
    rng = random.Random(seed)
    while True:
        yield make(rng)


def show(stream_of: Callable[[int], Iterator[Document]]) -> None:
    """Print as many documents as the command line asks for, of the seed that it names."""
    stream = stream_of(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        print("\n".join(f"[{role}] {text}" for role, text in next(stream)), end="\n\n")


if __name__ == "__main__":
    show(documents)
