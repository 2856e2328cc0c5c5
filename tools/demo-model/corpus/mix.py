"""Mix all subjects into an endless, seeded stream of documents.

A document is a list of (role, text); plain text has the role "text". Try it:

    cd tools/demo-model && python -m corpus.mix 20
"""

import random
import sys
from collections.abc import Iterator

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


def document(rng: random.Random) -> Document:
    """One document: plain text, a single question, or a conversation."""
    kind = rng.random()
    if kind < 0.04:
        return plain(rng)
    if kind < 0.16:
        turns = talks.conversation(rng)
    else:
        ask, answer = rng.choices([f for _, f in SINGLE], WEIGHTS)[0](rng)
        turns = [(type_like_people(rng, ask), answer)]
    head = [("system", rng.choice(SYSTEM))] if rng.random() < 0.06 else []
    return head + [part for ask, answer in turns for part in (("user", ask), ("assistant", answer))]


def documents(seed: int) -> Iterator[Document]:
    """The stream of a seed; the same seed gives the same documents."""
    rng = random.Random(seed)
    while True:
        yield document(rng)


if __name__ == "__main__":
    stream = documents(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        print("\n".join(f"[{role}] {text}" for role, text in next(stream)), end="\n\n")
