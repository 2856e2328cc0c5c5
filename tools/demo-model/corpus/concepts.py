"""Plain explanations: first of what this page measures, then of the world."""

import random

from corpus.computing import COMPUTING
from corpus.speech import say
from corpus.world import WORLD

ASKS = [
    "What is {x}?", "What is {x}?", "What's {x}?", "Explain {x}.", "Explain {x} to me.", "What does {x} mean?",
    "Tell me about {x}.", "What do you know about {x}?", "[Please explain|Describe|Define] {x}.", "{X}?", "{X}",
    "What is {x} [in simple words|for]?", "Explain {x} [like I'm five|to a child|in simple terms|to a beginner|simply].", "I don't understand {x}.",
    "Tell me what {x} is.", "Can you explain {x}?", "Explain {x} in one sentence.", "How would you explain {x}?",
    "What exactly is {x}?", "Do you know what {x} is?", "Help me understand {x}.",
]
PLURAL_ASKS = [
    "What are {x}?", "What are {x}?", "Explain {x}.", "Tell me about {x}.", "Tell me something about {x}.",
    "What do you know about {x}?", "{X}", "Describe {x}.", "Explain {x} to me.", "Can you explain {x}?",
]
LEADS = ["", "", "", "", "Good question! ", "Sure. ", "In simple words: ", "Happy to explain. "]
MORE_ASKS = ["Tell me more.", "More, please.", "Can you say more?", "Go on.", "Explain it again.", "I still don't get it.",
             "Can you explain it in a simpler way?", "Make it simpler.", "And in other words?", "More about that?"]


def question(rng: random.Random, names: list[str]) -> str:
    """A question for one of the names of a thing; a name may be a whole question itself."""
    name = rng.choice(names)
    if name.endswith("?"):
        return name[0].upper() + name[1:]
    asks = PLURAL_ASKS if name.startswith("+") else ASKS
    return say(rng, rng.choice(asks), x=name.lstrip("+"))


def reply(rng: random.Random, facts: list[str], whole: bool) -> str:
    """The first fact always, then one or two of the others in their order, or all."""
    if whole:
        return say(rng, " ".join(facts))
    count = rng.choice([1, 1, 2, 2, 3])
    rest = sorted(rng.sample(range(1, len(facts)), min(count, len(facts) - 1)))
    return rng.choice(LEADS) + say(rng, " ".join([facts[0]] + [facts[i] for i in rest]))


def computing(rng: random.Random) -> tuple[str, str]:
    """A term of this page."""
    names, facts = rng.choice(COMPUTING)
    ask = question(rng, names)
    return ask, reply(rng, facts, any(ask.lower() == n.lower() for n in names if n.endswith("?")))


def world(rng: random.Random) -> tuple[str, str]:
    """A thing of the world."""
    names, facts = rng.choice(WORLD)
    ask = question(rng, names)
    return ask, reply(rng, facts, any(ask.lower() == n.lower() for n in names if n.endswith("?")))


def twice(rng: random.Random) -> list[tuple[str, str]]:
    """An explanation, then more of it."""
    names, facts = rng.choice(rng.choice([COMPUTING, WORLD]))
    more = facts[1:]
    rng.shuffle(more)
    lead = rng.choice(["", "Of course. ", "Sure. ", "Let me try again. "])
    return [(question(rng, names), say(rng, facts[0])), (rng.choice(MORE_ASKS), lead + say(rng, " ".join(more[:2])))]
