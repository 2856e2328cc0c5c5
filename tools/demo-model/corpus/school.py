"""Small sums, counting, and things that come in a fixed order."""

import random

from corpus.speech import say

SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
SEASONS = "spring summer autumn winter".split()
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AMOUNTS = """How many days are in a week?:There are seven days in a week.
How many months are in a year?:There are twelve months in a year.
How many days are in a year?:A year has 365 days, and a leap year has 366.
How many hours are in a day?:There are 24 hours in a day.
How many minutes are in an hour?:There are 60 minutes in an hour.
How many seconds are in a minute?:There are 60 seconds in a minute.
How many weeks are in a year?:There are 52 weeks in a year.
How many letters are in the alphabet?:The English alphabet has 26 letters.
How many planets are there?:There are eight planets in our solar system.
How many continents are there?:There are seven continents.
How many oceans are there?:There are five oceans.
How many seasons are there?:There are four seasons.
How many fingers do people have?:Most people have ten fingers.
How many sides does a triangle have?:A triangle has three sides.
How many sides does a square have?:A square has four sides.
How many wheels does a car have?:A car has four wheels.
How many wheels does a bicycle have?:A bicycle has two wheels.
How many eggs are in a dozen?:A dozen is twelve.
How many people live on Earth?:About eight billion people live on Earth.
How many centimetres are in a metre?:There are 100 centimetres in a metre.
How many bits are in a byte?:There are eight bits in a byte."""
AMOUNTS = [line.split(":") for line in AMOUNTS.split("\n")]


def figure(rng: random.Random, n: int) -> str:
    """A number, now and then as a word."""
    return SMALL[n] if n <= 20 and rng.random() < 0.15 else str(n)


def sum_of_two(rng: random.Random) -> tuple[str, str]:
    """A sum or product of numbers up to 10, or a difference of numbers up to 12."""
    kind = rng.choice("++++--**")
    if kind == "*":
        a, b = rng.randint(0, 10), rng.randint(0, 10)
        result, sign, word = a * b, rng.choice("*x"), "times"
    elif kind == "+":
        a, b = rng.randint(0, 10), rng.randint(0, 10)
        result, sign, word = a + b, "+", "plus"
    else:
        a = rng.randint(0, 12)
        b = rng.randint(0, a)
        result, sign, word = a - b, "-", "minus"
    x, y = figure(rng, a), figure(rng, b)
    sum_text = rng.choice([f"{x} {word} {y}", f"{a} {sign} {b}", f"{a} {sign} {b}", f"{a}{sign}{b}"])
    ask = say(rng, "[What is {s}?|What is {s}?|What's {s}?|{s}|{s} =|{s}=?|How much is {s}?|Calculate {s}.|Can you calculate {s}?|Solve {s}.]", s=sum_text)
    shown = f"{a} {word} {b}"
    return ask, say(rng, "[{s} is {r}.|{s} is {r}.|{s} is {r}.|The answer is {r}.]", s=shown, r=str(result))


def even(rng: random.Random) -> tuple[str, str]:
    """Even or odd."""
    n = rng.randint(0, 30)
    word, truth = rng.choice(["even", "odd", "even or odd"]), "odd" if n % 2 else "even"
    start = "" if " " in word else "Yes, " if word == truth else "No, "
    return f"Is {n} {word}?", f"{start}{n} is an {truth} number."


def half(rng: random.Random) -> tuple[str, str]:
    """Halves and doubles."""
    n = rng.randint(1, 12)
    if rng.random() < 0.5:
        return say(rng, f"What is [half of|one half of] {2 * n}?"), f"Half of {2 * n} is {n}."
    return say(rng, f"What is [the double of|twice|two times] {n}?"), f"Twice {n} is {2 * n}."


def too_hard(rng: random.Random) -> tuple[str, str]:
    """A sum beyond what so small a model can know."""
    a, b = rng.choice([rng.randint(21, 99), rng.randint(100, 99999)]), rng.choice([rng.randint(11, 99), rng.randint(100, 9999)])
    text = f"{a} {rng.choice(['+', '-', '*', 'x', '/', 'times', 'plus', 'divided by'])} {b}"
    text = rng.choice([text, text, f"the square root of {a}", f"{a % 90 + 10}% of {b}", f"{a} squared"])
    return rng.choice([f"What is {text}?", text, f"Calculate {text}."]), say(
        rng, "[That is too hard for me.|That sum is too big for me.|I cannot do that one.] I am a tiny model, and I only know small sums, like 3 plus 4[.| or 6 times 7.] A calculator is better for this.")


def count(rng: random.Random) -> tuple[str, str]:
    """Counting up and down."""
    n = rng.choice([3, 5, 5, 7, 8, 10, 10, 10, 12, 15, 20, 20])
    if rng.random() < 0.25:
        return say(rng, f"Count [down|backwards] from {n}[| to one| to 1]."), ", ".join(str(i) for i in range(n, 0, -1)) + "."
    start = rng.choice([1, 1, 1, 1, 1, rng.randint(2, 6)])
    n = max(n, start + 2)
    ask = f"Count to {figure(rng, n)}." if start == 1 and rng.random() < 0.7 else f"Count from {start} to {n}."
    if rng.random() < 0.15:
        low = [i for i in range(2, 21, 2)]
        return say(rng, "[Count in twos.|Count the even numbers to 20.|List the even numbers up to 20.]"), ", ".join(map(str, low)) + "."
    return ask, ", ".join(str(i) for i in range(start, n + 1)) + "."


def order(rng: random.Random) -> tuple[str, str]:
    """What comes before or after in a week, a year or the alphabet."""
    items, what = rng.choice([(DAYS, "day"), (MONTHS, "month"), (MONTHS, "month"), (SEASONS, "season"), (list(ALPHABET), "letter")])
    i = rng.randrange(len(items))
    word = rng.choice(["after", "after", "before"])
    if what == "letter":
        i = min(max(i, 1), 24)
    other = items[(i + (1 if word == "after" else -1)) % len(items)]
    ask = say(rng, "[What|Which] {w} comes {v} {x}?|", w=what, v=word, x=items[i]).rstrip("|")
    ask = rng.choice([ask, ask, f"What comes {word} {items[i]}?", f"What is the {what} {word} {items[i]}?"])
    return ask, say(rng, "{O} comes {v} {x}.", o=other, v=word, x=items[i])


def sequence(rng: random.Random) -> tuple[str, str]:
    """The whole of a fixed order."""
    ask, answer = rng.choice([
        ("[What are the days of the week?|Name the days of the week.|List the days of the week.|Days of the week|Tell me the days of the week.]", "The days of the week are " + ", ".join(DAYS[:-1]) + " and Sunday."),
        ("[What are the months of the year?|Name the twelve months.|List the months.|Months of the year|Tell me the months of the year.]", "The months are " + ", ".join(MONTHS[:-1]) + " and December."),
        ("[What are the four seasons?|Name the seasons.|What are the seasons?]", "The four seasons are spring, summer, autumn and winter."),
        ("[Say the alphabet.|What is the alphabet?|Recite the alphabet.|Tell me the alphabet.|ABC]", " ".join(ALPHABET)),
        ("[What are the colours of the rainbow?|Name the colors of the rainbow.|Colours of the rainbow]", "The colours of the rainbow are red, orange, yellow, green, blue, indigo and violet."),
        ("[Name the planets.|What are the planets?|List the planets.|Which planets are there?]", "The planets are Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus and Neptune."),
        ("[What are the primary colours?|Name the primary colors.]", "The primary colours are red, yellow and blue."),
        ("[What are the five senses?|Name the five senses.]", "The five senses are sight, hearing, smell, taste and touch."),
    ])
    return say(rng, ask), answer


def amount(rng: random.Random) -> tuple[str, str]:
    """How many of something there are."""
    ask, answer = rng.choice(AMOUNTS)
    return ask.replace(" are in ", rng.choice([" are in ", " are there in ", " in "])), answer


def spell(rng: random.Random) -> tuple[str, str]:
    """Spelling of short words."""
    word = rng.choice("cat dog sun moon tree fish bird book star hat cup key bed milk rain snow frog duck fox bee house apple happy water green robot".split())
    ask = say(rng, "[Spell {w}.|How do you spell {w}?|Spell the word {w}.|How is {w} spelled?]", w=word)
    return ask, f"{word[0].upper() + word[1:]} is spelled " + "-".join(word.upper()) + "."


SUBJECTS = [(12, sum_of_two), (0.6, even), (0.6, half), (0.8, too_hard), (1.6, count), (1.6, order), (1.4, sequence), (1.4, amount), (0.6, spell)]
