"""The stream for the model that thinks: the same questions, answered behind a thought or, when told so, directly.

A document is a list of (role, text) as in `mix`, with these roles more: a "thought" opens an answer and is learned, "direct"
is the empty thought by which a chat engine says that there shall be none, an "answer" follows one of the two, and "past"
is an earlier answer as an app sends it again, without its thought. Try it:

    cd tools/demo-model && python -m corpus.thinking 20
"""

import random
from collections.abc import Iterator

from corpus import concepts, mix, musings, talks
from corpus.speech import say, type_like_people
from corpus.thoughts import concept, plan, thought
from corpus.words import NAMES
from shape import EMPTY_THOUGHT

DIRECT, KEPT = 0.3, 0.3
ABOUT = (
    ["thinking", "a thinking model", "+thinking models", "+thoughts", "a chain of thought", "why do you think first?", "what does thinking cost?",
     "what are you thinking?", "how do I turn thinking off?"],
    ["A model that thinks writes down its thoughts before it answers.", "The thoughts are made of tokens too, so they take time.",
     "Often the answer gets better, above all with sums.", "You can switch it off, and then I answer at once."],
)
Turn = tuple[str, str, str]
"""A question as it was typed, what to think, and the answer."""


def about_thinking(rng: random.Random) -> tuple[str, str]:
    """What thinking is, and what it costs."""
    names, facts = ABOUT
    ask = concepts.question(rng, names)
    return ask, concepts.reply(rng, facts, ask.endswith("off?"))


KINDS = [*mix.SINGLE, (1.5, about_thinking)]
WEIGHTS = [weight for weight, _ in KINDS]


def single(rng: random.Random) -> Turn:
    """A question of any kind, with a thought and its answer."""
    kind = rng.choices([f for _, f in KINDS], WEIGHTS)[0]
    ask, answer = kind(rng)
    made = concept(rng, ask, answer, [ABOUT]) if kind is about_thinking else thought(rng, kind.__name__, ask, answer)
    return type_like_people(rng, ask), made, answer


def follow_up(rng: random.Random) -> list[Turn]:
    """A conversation whose last question needs what was said before."""
    kinds = [(weight, kind) for weight, kind in talks.KINDS if kind.__name__ in musings.FOLLOW]
    kind = rng.choices([k for _, k in kinds], [w for w, _ in kinds])[0]
    turns = kind(rng)
    answer = turns[-1][1]
    made = say(rng, musings.FOLLOW[kind.__name__], name=next((n for n in NAMES if n in answer.replace(".", "").replace(",", "").split()), ""))
    if kind.__name__ in ("longer", "story_again", "instead"):
        slots = plan(answer)
        made += " " + say(rng, "Who is in it? {Who}. What happens? {What}.", **slots)
    return [*((type_like_people(rng, ask), "", said) for ask, said in turns[:-1]), (type_like_people(rng, turns[-1][0]), made, answer)]


def conversation(rng: random.Random) -> list[Turn]:
    """One question; or a few, the first of which may be the page's own; or one that needs those before."""
    kind = rng.random()
    if kind < 0.64:
        return [single(rng)]
    if kind < 0.76:
        return [(ask, "", said) for ask, said in mix.opening(rng)[:1]] + [single(rng) for _ in range(rng.choice([1, 1, 2]))]
    if kind < 0.88:
        return [single(rng) for _ in range(rng.choice([2, 2, 3]))]
    return follow_up(rng)


def lay_out(turn: Turn, learned: bool, direct: bool) -> mix.Document:
    """A turn as parts of a document. In a chat without thinking every answer stands behind the empty thought."""
    ask, made, answer = turn
    if direct:
        return [("user", ask), ("direct", EMPTY_THOUGHT), ("answer", answer)]
    if not learned or not made:
        return [("user", ask), ("past", answer)]
    return [("user", ask), ("thought", f"<think>\n{made}\n</think>\n\n"), ("answer", answer)]


def document(rng: random.Random) -> mix.Document:
    """One document: plain text, or a conversation whose last answer at least is learned."""
    if rng.random() < 0.03:
        return mix.plain(rng)
    turns, direct, kept = conversation(rng), rng.random() < DIRECT, rng.random() < KEPT
    head = [("system", rng.choice(mix.SYSTEM))] if rng.random() < 0.06 else []
    last = len(turns) - 1
    return head + [part for i, turn in enumerate(turns) for part in lay_out(turn, kept or i == last, direct)]


def documents(seed: int) -> Iterator[mix.Document]:
    """The stream of a seed; the same seed gives the same documents."""
    return mix.documents(seed, document)


if __name__ == "__main__":
    mix.show(documents)
