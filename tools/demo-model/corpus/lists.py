"""Lists of things, sentences with a given word, recipes, and little letters."""

import random

from corpus.school import SMALL
from corpus.speech import an, plural, say
from corpus.words import ANIMALS, LISTS, NAMES, OBJECTS, PEOPLE, TRAITS

SENTENCES = [
    "The {n} was [waiting|standing|sleeping] by the window.", "I saw {a} on my way home [today|yesterday].",
    "My sister drew {a} on the wall.", "There is {a} in the garden.", "Nobody knew where the {n} came from.",
    "In the morning, the {n} was gone.", "We found {a} under the old tree.", "The {n} made everyone smile.",
    "She has always wanted {a}.", "Every child in the village knew the {n}.", "The rain fell softly on the {n}.",
    "A good {n} is hard to find.", "He told me a long story about {a}.", "The {n} and the moon are good friends.",
]
RECIPES = {
    "pancakes": "Mix one cup of flour, one egg and one cup of milk. Heat a little butter in a pan. Pour in some batter, and turn it when the top looks dry.",
    "tea": "Boil some water. Pour it over the tea leaves and wait three minutes. Take out the leaves and enjoy.",
    "soup": "Cut an onion, two carrots and a potato. Cook them in water with a little salt for twenty minutes. Add some herbs at the end.",
    "bread": "Mix flour, water, a little salt and yeast. Let the dough rest for two hours. Bake it in a hot oven until it is brown.",
    "a sandwich": "Take two slices of bread. Put cheese, tomato and a leaf of salad between them. Cut it in half.",
    "salad": "Wash some green leaves. Add tomatoes and cucumber. Mix with oil, lemon juice and a little salt.",
    "scrambled eggs": "Beat two eggs with a little salt. Melt some butter in a pan. Stir the eggs over low heat until they are soft.",
    "lemonade": "Squeeze two lemons. Mix the juice with water and a little sugar. Add ice.",
    "pasta": "Boil the pasta in salted water. Warm some tomato sauce in a pan. Mix both and put cheese on top.",
    "a cake": "Mix butter, sugar, eggs and flour. Pour the dough into a form. Bake it for forty minutes.",
    "pizza": "Roll out the dough. Put tomato sauce and cheese on it. Bake it in a very hot oven for ten minutes.",
    "hot chocolate": "Warm a cup of milk. Stir in cocoa and a little sugar. Drink it slowly.",
    "rice": "Wash one cup of rice. Cook it in two cups of water with a little salt. Wait until the water is gone.",
    "coffee": "Heat some water. Pour it slowly over ground coffee in a filter. Wait until it has run through.",
}
LETTERS = {
    "birthday": ("a birthday [wish|card|message|greeting]", "Happy birthday, {n}! I hope your day is full of [cake|music|sunshine] and good friends. [All the best!|May all your wishes come true.]"),
    "thanks": ("a [thank you note|thank-you letter|thank you message]", "Dear {n},\n\nThank you [so much|very much] for your help. It made my [day|week], and I will not forget it.\n\n[Warm wishes|Kind regards]"),
    "invitation": ("an invitation [to a party|]", "Dear {n},\n\nYou are invited to [a small party|dinner] on Saturday. There will be [music|good food] and nice people. Please come!\n\nSee you soon"),
    "letter": ("a [short letter|letter|short email|email]", "Dear {n},\n\nI hope you are well. I am writing to say hello and to ask how you are. [It would be nice to meet soon.|Please tell me your news.]\n\n[Kind regards|Best wishes]"),
    "sorry": ("[an apology|a letter to say sorry]", "Dear {n},\n\nI am sorry for [what happened|being late]. It was my mistake, and I will try to do better.\n\n[Yours|Kind regards]"),
}


def listing(rng: random.Random) -> tuple[str, str]:
    """So many things of a kind, in one of two layouts."""
    kind = rng.choice(list(LISTS))
    items = list(LISTS[kind])
    n = min(rng.choice([2, 3, 3, 3, 4, 5, 5, 5, 6, 7, 10]), len(items))
    number = rng.choice([SMALL[n], SMALL[n], str(n)])
    ask = say(rng, "[Name|List|Give me|Tell me|Can you name|Can you list|I need|What are|Write down] {c} {k}.", c=number, k=kind)
    if rng.random() < 0.25:
        n, ask = 5 if len(items) > 4 else len(items), say(rng, "[Name some {k}.|List of {k}|Give me a list of {k}.|{K}|List some {k}.|What {k} do you know?]", k=kind)
    return ask, lay_out(rng, rng.sample(items, n), kind, SMALL[n])


def lay_out(rng: random.Random, items: list[str], kind: str, number: str) -> str:
    """Lines with numbers, or one sentence."""
    if len(items) > 2 and rng.random() < 0.6:
        lines = "\n".join(f"{i}. {item[0].upper() + item[1:]}" for i, item in enumerate(items, 1))
        return say(rng, f"[Here are {number} {kind}:|Sure, {number} {kind}:]") + "\n" + lines
    return f"{number[0].upper() + number[1:]} {kind}: " + ", ".join(items[:-1]) + f" and {items[-1]}."


def one_of(rng: random.Random) -> tuple[str, str]:
    """A single example of a kind."""
    kind = rng.choice([k for k in LISTS if " " not in k])
    single = {"countries": "country", "cities": "city", "hobbies": "hobby", "foods": "food", "clothes": "piece of clothing"}.get(kind, kind[:-1])
    item = rng.choice(LISTS[kind])
    ask = say(rng, "[Name {a}.|Give me {a}.|Tell me the name of {a}.|Name one {s}.|Give me an example of {a}.]", a=an(single), s=single)
    return ask, say(rng, "[{I}.|One {s} is {i}.|{I} is {a}.]", i=item, s=single, a=an(single))


def sentence(rng: random.Random) -> tuple[str, str]:
    """A sentence with a given word, or several."""
    noun = rng.choice(rng.choice([ANIMALS, OBJECTS, PEOPLE]))
    ask = "[Write|Make|Give me|Tell me] a [sentence|short sentence] [with|about|using|with the word] {q}.|Use the word {q} in a sentence.|A sentence with {q}"
    if rng.random() < 0.2:
        two = rng.sample(SENTENCES, 2)
        return say(rng, "[Write|Give me] two sentences [about|with] {a}.", a=an(noun)), " ".join(say(rng, s, n=noun, a=an(noun)) for s in two)
    return say(rng, f"[{ask}]", q=rng.choice([noun, f'"{noun}"', noun])), say(rng, rng.choice(SENTENCES), n=noun, a=an(noun))


def description(rng: random.Random) -> tuple[str, str]:
    """A sentence or two that paint a thing."""
    noun, trait = rng.choice(ANIMALS + OBJECTS), rng.choice(TRAITS)
    ask = say(rng, "[Describe {a}.|Imagine {a}.|Paint a picture of {a} in words.]", a=an(f"{trait} {noun}"))
    return ask, say(rng, "[I see|Picture] {a}. It [sits quietly in the morning light|stands alone on a green hill|waits beside a small blue lake], and [the wind|the whole world] seems to [hold its breath|listen]. [You want to know its name.|It looks as if it had a secret.]", a=an(f"{trait} {noun}"))


def recipe(rng: random.Random) -> tuple[str, str]:
    """A very simple recipe."""
    dish = rng.choice(list(RECIPES))
    ask = say(rng, "[How do I make {d}?|How do you make {d}?|Give me a recipe for {d}.|Recipe for {d}|How to make {d}|How do I cook {d}?|Tell me how to make {d}.|{d} recipe]", d=dish)
    return ask[0].upper() + ask[1:], say(rng, "[Here is a simple way to make {d}. |]" + RECIPES[dish], d=dish)


def letter(rng: random.Random) -> tuple[str, str]:
    """A few lines to somebody."""
    what, text = rng.choice(list(LETTERS.values()))
    name = rng.choice(NAMES)
    to = rng.choice([f"to {name}", f"for {name}", f"to my friend {name}", ""])
    if not to:
        name = "friend"
    return say(rng, f"[Write|Write me|Help me write] {what} {to}.").replace(" .", "."), say(rng, text, n=name)


SUBJECTS = [(5, listing), (0.8, one_of), (3.5, sentence), (1.5, description), (1.3, recipe), (1.2, letter)]
