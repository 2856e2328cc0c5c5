"""Short stories: a hero, a place, a problem, a helper, a small solution and an end."""

import random

from corpus.episodes import ENDINGS, EPISODES, HABITS, OPENINGS
from corpus.speech import an, plural, say
from corpus.words import ANIMALS, MORE_TRAITS, NAMES, OBJECTS, PEOPLE, PLACES, TRAITS

ASKS = [
    "[Tell|Write|Give] me [a|a short|a little|a nice|a small|one] [story|tale|bedtime story|fairy tale] about {a}",
    "[Tell me|Write|I want|I would like|I'd like|Make up] [a|a short] story about {a}[| {where}]",
    "Story about {a}", "A story about {a}", "[A tale|A short story|Short story] of {a}",
    "[Tell|Write] [a|me a] story with {a}", "Can you tell a story about {a}?", "{a} story",
    "[Write|Tell me] something about {a} that is not true", "Do you know a story about {a}?",
    "Tell me about the adventures of {a}", "Invent a story about {a}", "Let's hear a story about {a}",
    "[Continue this story: |Continue: |]Once upon a time there was {a}", "[Write|Tell me] a [funny|sad|happy|scary|good|new|great|magical] [story|tale] about {a}",
]
BARE = [
    "Tell me a story", "Tell me a [bedtime|short|nice|funny] story", "Write a story", "A story", "Story",
    "I want to hear a story", "Can you tell me a story?", "Once upon a time", "Do you know any stories?",
    "Write me a short story", "Tell a story", "Read me a story", "Story time", "Tell me something nice",
    "Write something", "Write something creative", "Surprise me with a story",
]
LONG = [
    "[Tell|Write] me a long story about {a}", "[Tell|Write] a [long|longer|very long] story about {a}",
    "A long story about {a}", "I want a long bedtime story about {a}", "Write a long tale about {a}",
]
SYLLABLES = "ba bo zo zu mi ri ka lo fli gro wum pen dar tik sno plu bli quo ver nim".split()


def invented(rng: random.Random) -> str:
    """A word that means nothing, so that the model learns to copy what it is asked for."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice([2, 2, 3])))


def hero(rng: random.Random) -> tuple[str, str]:
    """A noun for the hero, and a trait or nothing."""
    noun = rng.choice(rng.choice([ANIMALS, ANIMALS, PEOPLE, OBJECTS]))
    if rng.random() < 0.06:
        noun = invented(rng)
    return noun, rng.choice(TRAITS if rng.random() < 0.7 else MORE_TRAITS) if rng.random() < 0.6 else ""


def cast(rng: random.Random, noun: str, trait: str, name: str = "", place: str = "") -> dict:
    """The slots of a story; names and places that were not asked for are chosen."""
    where = place or rng.choice(PLACES)[1]
    return dict(
        noun=noun, hero=f"the {noun}", trait=trait or rng.choice(TRAITS), name=name or rng.choice(NAMES),
        a=an(f"{trait} {noun}".strip()), where=say(rng, where),
    )


def company(rng: random.Random, slots: dict) -> dict:
    """The slots with somebody new to meet, or the friend who was asked for."""
    helper = slots.get("with") or rng.choice([n for n in rng.choice([ANIMALS, PEOPLE]) if n != slots["noun"]])
    return slots | dict(ahelper=an(f"{rng.choice(TRAITS[:24])} {helper}"), friend=f"the {helper}")


def tell(rng: random.Random, slots: dict, episodes: int = 1, name_it: bool | None = None) -> tuple[str, str]:
    """A story and its two-sentence version."""
    named = rng.random() < 0.6 if name_it is None else name_it
    slots = company(rng, slots | dict(who=slots["name"] if named else slots["hero"]))
    chosen = rng.sample(EPISODES, episodes)
    short = say(rng, "{A} [lived|had a home] {where}.", **slots) + " "
    last = say(rng, chosen[0][1], **slots | dict(who=slots["hero"]))
    parts = [say(rng, rng.choice(OPENINGS[named]), **slots) + " " + say(rng, rng.choice(HABITS), **slots)]
    for i, (text, _) in enumerate(chosen):
        start = "[One day|One morning|One evening|One night]" if i == 0 else "[The next day|A week later|Some days later|Not long after]"
        slots = company(rng, slots) if i else slots
        parts.append(say(rng, f"{start}, {text}", **slots))
    parts.append(say(rng, rng.choice(ENDINGS), **slots))
    joint = "\n\n" if episodes > 1 or rng.random() < 0.5 else " "
    return joint.join(parts), short + last[0].upper() + last[1:]


def request(rng: random.Random, long: bool = False) -> tuple[str, dict, bool | None]:
    """A request for a story, the slots it fixes, and whether the hero must be named."""
    noun, trait = hero(rng)
    if not long and rng.random() < 0.12:
        return say(rng, rng.choice(BARE)), cast(rng, noun, trait), None
    place = rng.choice(PLACES)[1] if rng.random() < 0.15 else ""
    name = rng.choice(NAMES) if rng.random() < 0.15 else ""
    slots = cast(rng, noun, trait, name, place)
    about = slots["a"] + (f" {rng.choice(['named', 'called'])} {name}" if name else "")
    about += " " + slots["where"] if place else ""
    if not place and rng.random() < 0.25:
        about, slots = unusual(rng, slots)
    ask = say(rng, rng.choice(LONG if long else ASKS), a=about, where="")
    return ask[0].upper() + ask[1:] + ".", slots, True if name or about == slots["name"] else None


def unusual(rng: random.Random, slots: dict) -> tuple[str, dict]:
    """Other things people want a story about: two heroes, a plural, a bare name, a place."""
    kind = rng.choice(["two", "two", "plural", "name", "place", "the"])
    if kind == "two":
        friend = rng.choice([n for n in ANIMALS + PEOPLE if n != slots["noun"]])
        return f"{slots['a']} and {an(friend)}", slots | {"with": friend}
    if kind == "plural":
        return plural(slots["noun"]), slots | dict(a=an(slots["noun"]))
    if kind == "name":
        person = rng.choice(["girl", "boy", "child", "cat", "dog"])
        return slots["name"], slots | dict(noun=person, hero=f"the {person}", a=an(f"{rng.choice(TRAITS[:20])} {person}"))
    if kind == "place":
        word, where = rng.choice(PLACES)
        return say(rng, f"[the {word}|{word}|a {word}]"), slots | dict(where=say(rng, where))
    return f"the {slots['a'].split(' ', 1)[1]}", slots


def story(rng: random.Random) -> tuple[str, str]:
    """One request and its story."""
    ask, slots, named = request(rng)
    return ask, tell(rng, slots, 1, named)[0]


def long_story(rng: random.Random) -> tuple[str, str]:
    """A request for a long story, answered with three or four episodes."""
    ask, slots, named = request(rng, long=True)
    return ask, tell(rng, slots, rng.choice([2, 3, 3, 4]), named)[0]


def short_story(rng: random.Random) -> tuple[str, str]:
    """A very short story on request."""
    ask, slots, _ = request(rng)
    ask = say(rng, "[Tell me|Write|Give me] a [very short|tiny|two sentence|one line|very, very short] story about {a}.", a=slots["a"])
    return ask, tell(rng, slots)[1]
