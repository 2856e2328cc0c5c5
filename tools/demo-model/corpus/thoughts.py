"""Thoughts: what the thinking model writes down between a question and its answer, always true to that answer."""

import random
import re

from corpus import manners, musings, unknown
from corpus.computing import COMPUTING
from corpus.lists import RECIPES
from corpus.school import ALPHABET, DAYS, MONTHS, SEASONS, SMALL
from corpus.speech import read_back, say
from corpus.words import ANIMALS, OBJECTS, PEOPLE, PLACES
from corpus.world import WORLD

SIGNS = {"plus": ["+", "plus"], "minus": ["-", "minus"], "times": ["*", "x", "times"]}
LEAD = re.compile(r"^(Good question!|Sure\.|In simple words:|Happy to explain\.) ")
VERB = re.compile(r"^(?:\S+ ){1,5}?(?:is|are|means|says|lets|keeps|stores|was|were) ")
HEROES = [
    re.compile(r"(?:was|lived|once) (?P<who>an? [\w ]+?) (?:named|called|whose name was) (?P<name>\w+)"),
    re.compile(r"(?:^|\. )(?P<name>\w+) was (?P<who>an? [\w ]+?) who lived"),
    re.compile(r"(?:was|lived|once) (?P<who>an? [\w ]+?)(?: who lived|\.)"),
    re.compile(r"(?:^|\. )(?P<who>An? [\w ]+?) (?:lived|had)"),
]
EPISODE = re.compile(r"(?:One (?:day|morning|evening|night)|The next day|A week later|Some days later|Not long after), (.{90})", re.DOTALL)


def fit(rng: random.Random, rules: list[tuple[str, str, str]], ask: str, answer: str, **more: str) -> str | None:
    """The thought of the first rule whose patterns fit the question and the answer."""
    for asked, answered, text in rules:
        found, said = read_back(asked, ask), read_back(answered, answer)
        if found is None or said is None:
            continue
        slots = found | said | more
        return say(rng, text, **slots, **{f"{name}_": value[:1].lower() + value[1:] for name, value in slots.items()})
    return None


def table(rows: list[tuple], thoughts: list[str]) -> list[tuple[str, str, str]]:
    """Rules from a weighted table of questions and answers, and its thoughts in the same order."""
    return [
        (ask, answer, text)
        for (_, ask, answers), text in zip(rows, thoughts, strict=True)
        for answer in ([answers] if isinstance(answers, str) else answers)
    ]


RULES = musings.RULES | {
    "talk": table(manners.TALK, musings.TALK),
    "self_talk": table(manners.SELF, musings.SELF),
    "unknown": table([(w, ask.replace("{z}", "{any}"), answers) for w, ask, answers in unknown.KINDS], musings.UNKNOWN),
}


def sum_of_two(rng: random.Random, ask: str, answer: str) -> str:
    """Counting on or back, or adding up, step by step."""
    text = ask.lower()
    for word, n in sorted(((word, n) for n, word in enumerate(SMALL)), reverse=True):
        text = re.sub(rf"\b{word}\b", str(n), text)
    a, b = map(int, re.findall(r"\d+", text))
    word = next(word for word, signs in SIGNS.items() if any(sign in re.split(r"\d+ ?| ", text) for sign in signs))
    step, times = {"plus": (1, b), "minus": (-1, b), "times": (b, a)}[word]
    first = 0 if word == "times" else a
    r = first + step * times
    slots = dict(a=str(a), b=str(b), r=str(r), sign=word, way="on" if step > 0 else "back", steps="step" if times == 1 else "steps")
    if word == "times":
        slots |= dict(steps="time" if times == 1 else "times")
    if times == 0 or step == 0:
        return say(rng, musings.NOTHING[word], **slots)
    counted = ", ".join(f"{i}: {first + step * i}" for i in range(1, times + 1))
    return say(rng, musings.TAKE if word == "times" else musings.COUNT_ON, counted=counted, **slots)


def order(rng: random.Random, ask: str, answer: str) -> str:
    """What comes before and what comes after."""
    o, v, x = re.fullmatch(r"(\w+) comes (\w+) (\w+)\.", answer).groups()
    items = next(items for items in (DAYS, MONTHS, SEASONS, list(ALPHABET)) if x in items)
    i = items.index(x)
    before, after = items[i - 1], items[(i + 1) % len(items)]
    return say(rng, musings.ORDER, before=before, x=x, after=after, o=o if o in items else o.lower(), v=v)


def concept(rng: random.Random, ask: str, answer: str, tables: list = [*COMPUTING, *WORLD]) -> str:
    """The subject and the main thing about it."""
    names = sorted((name for names, _ in tables for name in names), key=len, reverse=True)
    name = next(name for name in names if name.strip("+?").lower() in ask.lower())
    first = re.split(r"(?<=[.!?]) ", LEAD.sub("", answer))[0]
    main = VERB.sub("", first).rstrip(".").split(", ")[0]
    if name.endswith("?"):
        return say(rng, musings.QUESTION, x=name, main=main[0].upper() + main[1:])
    return say(rng, musings.CONCEPT, x=name.lstrip("+"), main=main)


def listing(rng: random.Random, ask: str, answer: str) -> str:
    """So many things, counted."""
    n, k, rest = re.fullmatch(r"(?:Here are |Sure, )?(\w+) ([^:]+):\s(.*)", answer, re.DOTALL).groups()
    items = [line.split(". ", 1)[1] for line in rest.split("\n")] if "\n" in rest else re.split(r", | and ", rest.rstrip("."))
    if len(items) > 5:
        return say(rng, musings.LONG_LIST, n=n.lower(), k=k)
    proper = k in ("countries", "cities", "continents", "planets") or k.startswith("names")
    shown = [item if proper else item[0].lower() + item[1:] for item in items]
    return say(rng, musings.LIST, n=n.lower(), k=k, items=", ".join(f"{i}: {item}" for i, item in enumerate(shown, 1)))


def sentence(rng: random.Random, ask: str, answer: str) -> str:
    """The word that must be in it."""
    words = re.findall(r"\w+", ask.lower())
    noun = next(word for word in reversed(words) if word in {*ANIMALS, *OBJECTS, *PEOPLE})
    return fit(rng, RULES["sentence"], ask, answer, noun=noun)


def recipe(rng: random.Random, ask: str, answer: str) -> str:
    """The dish and the first step."""
    dish = next(dish for dish in sorted(RECIPES, key=len, reverse=True) if dish in ask.lower())
    first = RECIPES[dish].split(". ")[0]
    return fit(rng, RULES["recipe"], ask, answer, dish=dish, first=first[0].lower() + first[1:])


def plan(answer: str) -> dict[str, str]:
    """Who is in a story, where, and what happens."""
    match = next(m for m in (hero.search(answer) for hero in HEROES) if m)
    name = match.groupdict().get("name")
    who = match["who"][0].lower() + match["who"][1:]
    places = [m[0] for m in (re.search(place_pattern(place), answer) for _, place in PLACES) if m]
    plots = [next((about for key, about in musings.PLOTS if key in text), "something new") for text in EPISODE.findall(answer)]
    return dict(who=f"{who} called {name}" if name else who, where=places[0], what=", then ".join(plots))


def place_pattern(place: str) -> str:
    """A place's phrase as a pattern."""
    return place.replace("[", "(?:").replace("]", ")")


def story(rng: random.Random, ask: str, answer: str) -> str:
    """The plan of a story."""
    return say(rng, musings.STORY, **plan(answer))


def short_story(rng: random.Random, ask: str, answer: str) -> str:
    """The plan of a very short one."""
    return say(rng, musings.SHORT_STORY, **plan(answer))


def poem(rng: random.Random, ask: str, answer: str) -> str:
    """The words that rhyme."""
    ends = [re.sub(r"\W+$", "", line).split()[-1] for line in answer.split("\n") if line]
    rhymes = ", ".join(f"{one} and {other}" for one, other in zip(ends[::2], ends[1::2]))
    about = re.search(r" about (.+)\.$", ask)
    return say(rng, musings.POEM, rhymes=rhymes, x=about[1] if about else "a picture")


def joke(rng: random.Random, ask: str, answer: str) -> str:
    """What it is about, where that is one word."""
    about = re.search(r"^(?:Why (?:did|was|were)|What (?:did|do you call|does)) (?:the|a) (?!big|small|favourite|one)(\w+)", answer)
    return say(rng, musings.JOKE, x=f"the {about[1]}") if about else say(rng, musings.PLAIN_JOKE)


MADE = {
    "sum_of_two": sum_of_two, "order": order, "computing": concept, "world": concept, "listing": listing, "sentence": sentence,
    "recipe": recipe, "story": story, "long_story": story, "short_story": short_story, "poem": poem, "joke": joke,
}


def thought(rng: random.Random, kind: str, ask: str, answer: str) -> str:
    """What to think before an answer; the kind is the name of the function that made question and answer."""
    made = MADE[kind](rng, ask, answer) if kind in MADE else fit(rng, RULES[kind], ask, answer)
    if made is None:
        raise ValueError(f"no thought of the kind {kind} for {ask!r}, {answer!r}")
    return made
