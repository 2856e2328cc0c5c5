"""Conversations of several turns: follow-ups that need the turn before."""

import random

from corpus import facts, lists, manners, school, stories, unknown, verse
from corpus.concepts import computing, twice, world
from corpus.speech import say, type_like_people
from corpus.stories import ASKS, cast, hero, tell
from corpus.words import NAMES

AGAIN = "[Another one|Another one, please|Another one!|One more|One more, please|Again|Tell me another|Another|Once more|More|Give me another one|Next]"
LEAD = "[|||Sure. |Here is another one. |Of course. |With pleasure. ]"


def again(rng: random.Random) -> list[tuple[str, str]]:
    """Something, and then another of the same kind."""
    kind = rng.choice([verse.joke, verse.joke, verse.poem, verse.haiku, verse.riddle, verse.curious])
    turns = [kind(rng)]
    for _ in range(rng.choice([1, 1, 2])):
        turns.append((say(rng, AGAIN), say(rng, LEAD + "{s}", s=fresh(rng, kind, [a for _, a in turns]))))
    return turns


def fresh(rng: random.Random, kind, told: list[str]) -> str:
    """An answer that was not given before in this conversation."""
    while True:
        answer = kind(rng)[1]
        if not any(answer in old for old in told):
            return answer


def story_again(rng: random.Random) -> list[tuple[str, str]]:
    """A story about somebody, and another about the same."""
    noun, trait = hero(rng)
    first, second = cast(rng, noun, trait), cast(rng, noun, trait)
    return [(say(rng, rng.choice(ASKS[:2]), a=first["a"], where="") + ".", tell(rng, first)[0]), (say(rng, AGAIN), say(rng, LEAD + "{s}", s=tell(rng, second)[0]))]


def shorter(rng: random.Random) -> list[tuple[str, str]]:
    """A story, and the same in two sentences."""
    noun, trait = hero(rng)
    slots = cast(rng, noun, trait)
    long, short = tell(rng, slots)
    ask = say(rng, "[Make it shorter.|Shorter, please.|Make it short.|Can you make it shorter?|Too long.|Shorter|Summarize it.|Now in one sentence.|Tell it in short.|Sum it up.]")
    return [(say(rng, rng.choice(ASKS[:2]), a=slots["a"], where="") + ".", long), (ask, say(rng, "[|Of course. |Sure. |In short: ]{s}", s=short))]


def longer(rng: random.Random) -> list[tuple[str, str]]:
    """A story, and a longer one about the same."""
    noun, trait = hero(rng)
    slots = cast(rng, noun, trait)
    ask = say(rng, "[Make it longer.|Longer, please.|A longer one, please.|Can you make it longer?|Longer|Too short.|Now a long one.]")
    return [(say(rng, rng.choice(ASKS[:2]), a=slots["a"], where="") + ".", tell(rng, slots)[0]), (ask, tell(rng, slots, 2)[0])]


def instead(rng: random.Random) -> list[tuple[str, str]]:
    """A story, then one about somebody else."""
    noun, trait = hero(rng)
    slots, other = cast(rng, noun, trait), cast(rng, *hero(rng))
    ask = say(rng, "[And|Now] [one |a story |]about {a}[.|, please.|]", a=other["a"])
    return [(say(rng, rng.choice(ASKS[:2]), a=slots["a"], where="") + ".", tell(rng, slots)[0]), (ask, tell(rng, other)[0])]


def what_was(rng: random.Random) -> list[tuple[str, str]]:
    """A story, and a question about its hero's name."""
    noun, trait = hero(rng)
    slots = cast(rng, noun, trait)
    ask = say(rng, "[What was the name of the {n}?|What was the {n} called?|What is the {n}'s name?|Who was the story about?]", n=noun)
    return [(say(rng, rng.choice(ASKS[:2]), a=slots["a"], where="") + ".", tell(rng, slots, 1, True)[0]), (ask, say(rng, "[The {n} was called {m}.|The name of the {n} was {m}.]", n=noun, m=slots["name"]))]


def my_name(rng: random.Random) -> list[tuple[str, str]]:
    """Somebody says a name and asks for it later."""
    turns = [manners.named(rng)]
    name = next(n for n in NAMES if n in turns[0][0].replace(".", " ").replace("!", " ").split())
    if rng.random() < 0.5:
        turns.append(rng.choice([verse.joke, facts.capital, school.sum_of_two, manners.talk])(rng))
    return [*turns, (say(rng, "[What is my name?|What's my name?|Do you know my name?|Who am I?|Do you remember my name?]"), say(rng, f"[Your name is {name}.|You are {name}.|Your name is {name}, of course.]"))]


def no_name(rng: random.Random) -> list[tuple[str, str]]:
    """Somebody asks for a name that was never said."""
    return [(say(rng, "[What is my name?|What's my name?|Do you know my name?|Who am I?|Do you know me?]"), say(rng, "[I do not know your name yet.|You have not told me your name.] What is it?"))]


def chain(rng: random.Random) -> list[tuple[str, str]]:
    """Two to four unrelated turns, often closed with thanks or goodbye."""
    kinds = [manners.talk, manners.self_talk, facts.capital, facts.animal, school.sum_of_two, verse.joke, lists.listing, computing, world, stories.story, stories.short_story, unknown.unknown, verse.haiku, facts.opposite, lists.sentence]
    return [rng.choice(kinds)(rng) for _ in range(rng.choice([2, 2, 3, 4]))]


THANKS = [(say, "[Thanks|Thank you|Thank you!|Thanks!|thx|Thanks, that was nice]", "[You are welcome!|You are very welcome!|With pleasure!|My pleasure!] [Just ask if you want more.|Come back any time.|]")]
KINDS = [(2.5, again), (2, story_again), (2, shorter), (1, longer), (1.5, instead), (2.5, what_was), (2.5, my_name), (0.8, no_name), (2, twice), (7, chain)]


def conversation(rng: random.Random) -> list[tuple[str, str]]:
    """One conversation, its questions as people type them."""
    kind = rng.choices([k for _, k in KINDS], [w for w, _ in KINDS])[0]
    turns = kind(rng)
    if rng.random() < 0.25:
        _, ask, answer = THANKS[0]
        turns = [*turns, (say(rng, ask), say(rng, answer))]
    return [(type_like_people(rng, ask), answer) for ask, answer in turns]
