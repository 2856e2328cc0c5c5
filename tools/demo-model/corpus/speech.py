"""Small tools for writing grammars: alternatives, slots, articles, and careless typing."""

import random
import re
from functools import cache

ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
IMPERATIVES = "tell write give name list explain make count spell say describe show use tell".split()
TYPOS = 0.07


def say(rng: random.Random, text: str, **slots: str) -> str:
    """Choose among [a|b|c] (they nest), then fill {slot}; {Slot} is the slot with a capital."""
    while ALTERNATIVES.search(text):
        text = ALTERNATIVES.sub(lambda m: rng.choice(m[1].split("|")), text)
    for name, value in slots.items():
        text = text.replace("{" + name + "}", value)
        text = text.replace("{" + name.capitalize() + "}", value[:1].upper() + value[1:])
    return re.sub(" +", " ", text).strip()


@cache
def reader(template: str) -> re.Pattern:
    """What `say` can make of a template, as a pattern; slots are named, with a number where they come again."""
    found, parts = {}, []
    for piece in re.split(r"(\[|\]|\||\{\w+\})", template):
        if piece.startswith("{"):
            slot = piece.strip("{}").lower()
            found[slot] = found.get(slot, 0) + 1
            parts.append(f"(?P<{slot}__{found[slot]}>.+?)")
        else:
            parts.append({"[": "(?:", "]": ")", "|": "|"}.get(piece) or re.escape(piece).replace("\\ ", "(?: +|(?<= )|^|$)"))
    return re.compile("".join(parts), re.DOTALL | re.IGNORECASE)


def read_back(template: str, text: str) -> dict[str, str] | None:
    """The slots of a text that `say` made of the template; None if it did not."""
    match = reader(template).fullmatch(text)
    return match and {name.split("__")[0]: value for name, value in match.groupdict().items() if value}


def an(noun: str) -> str:
    """The noun behind its indefinite article."""
    return ("an " if noun[0].lower() in "aeiou" and not noun.startswith(("uni", "one")) else "a ") + noun


def plural(noun: str) -> str:
    """The regular plural, with the exceptions our lists need."""
    odd = {"mouse": "mice", "goose": "geese", "wolf": "wolves", "sheep": "sheep", "fish": "fish",
           "deer": "deer", "leaf": "leaves", "child": "children", "knife": "knives", "ox": "oxen"}
    if noun in odd:
        return odd[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def series(items: list[str]) -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def typo(rng: random.Random, text: str) -> str:
    """Spoil one longer word: drop, double or swap a letter."""
    words = text.split(" ")
    long = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha()]
    if not long:
        return text
    i = rng.choice(long)
    w, at = words[i], rng.randrange(1, len(words[i]) - 1)
    words[i] = rng.choice([w[:at] + w[at + 1 :], w[:at] + w[at] + w[at:], w[:at] + w[at + 1] + w[at] + w[at + 2 :]])
    return " ".join(words)


def wrap(rng: random.Random, text: str) -> str:
    """Put polite words around a request."""
    soft = text[0].lower() + text[1:]
    if text.split()[0].lower() in IMPERATIVES and rng.random() < 0.3:
        bare = soft.rstrip(".!")
        return say(rng, "[Can you|Could you|Please|Please|Would you|I want you to|Can you please|Hey, can you|Now] ") + " " + bare + rng.choice(["?", ".", ""])
    if rng.random() < 0.06:
        return say(rng, "[Hi,|Hello,|Hey,|Ok,|So,|Please:|And|Well,]") + " " + soft
    if rng.random() < 0.05:
        return text.rstrip(".!?") + rng.choice([", please", " please", ", thanks", " pls", ", please."])
    return text


def type_like_people(rng: random.Random, text: str) -> str:
    """A question as it may really be typed: lower case, no full stop, slips of the finger."""
    if not text:
        return text
    text = wrap(rng, text)
    if rng.random() < TYPOS:
        text = typo(rng, text)
    if rng.random() < 0.35:
        text = text.lower()
    elif rng.random() < 0.02:
        text = text.upper()
    if rng.random() < 0.35:
        text = text.rstrip(".!?")
    elif rng.random() < 0.04:
        text = text.rstrip(".!?") + rng.choice(["??", "!!", "...", " ?", "!"])
    return text
