"""Poems, haiku, jokes, riddles and curious facts, all of our own making."""

import random

from corpus.speech import an, say
from corpus.stories import invented
from corpus.words import ANIMALS, OBJECTS, PEOPLE

COUPLETS = [
    "The [morning|evening] light is soft and [slow|low],\nand off to dream the {n} will go.",
    "Oh little {n}, so [small|calm] and bright,\nyou keep me company at night.",
    "The {n} sat beside the sea\nand shared a quiet song with me.",
    "I met {a} upon the hill,\nand in my heart I see it still.",
    "The wind was cold, the sky was grey,\nthe {n} [sang|smiled] and saved the day.",
    "{A} knows what others miss:\nthe world is made of days like this.",
    "When all the stars begin to glow,\nthe {n} tells me what they know.",
    "The [river|road] bends, the clouds drift by,\nthe {n} looks up and wonders why.",
    "So here is to the {n}, my friend,\nand may this [day|song] not quickly end.",
    "The {n} has no gold, no crown,\nyet never once was seen to frown.",
    "The snow may fall, the rain may pour,\nthe {n} still is at my door.",
    "Sleep well, dear {n}, the day is done,\ntomorrow brings another sun.",
]
SUBJECTS_OF_VERSE = "the sea;the moon;the rain;spring;summer;autumn;winter;love;the sun;the night;a tree;the wind;snow;a cat;a dog;the stars;friendship;tea;a computer;the morning".split(";")
FREE = {
    "the sea": ["The sea is wide, the sea is deep,\nit sings the tired stars to sleep.", "Each wave that runs along the sand\nbrings news from some far distant land."],
    "the moon": ["The moon looks in, so round and white,\nand fills my quiet room with light.", "It never speaks, it never sleeps,\nbut oh, the secrets that it keeps."],
    "the rain": ["The rain taps softly on the pane\nand plays its little song again.", "It fills the river, greens the tree,\nand makes some time for you and me."],
    "spring": ["The spring is here, the ice is gone,\na bird is singing on the lawn.", "The smallest seed has heard the call,\nand green is growing over all."],
    "love": ["Love is a lamp that lights the door,\nand gives itself, and asks no more.", "It needs no gold, it needs no art,\njust room enough inside a heart."],
    "winter": ["The winter paints the window white\nand wraps the village in the night.", "But by the fire, warm and slow,\nwe hear the story of the snow."],
    "the night": ["The night comes down on quiet feet\nand lights the lamps along the street.", "It puts the noisy day to bed\nand lays the stars above its head."],
    "a computer": ["A small machine upon my knee\nis writing little lines for me.", "It does not dream, it does not know,\nbut one by one the tokens flow."],
    "autumn": ["The autumn leaves are red and gold,\nthe days grow short, the nights grow cold.", "The wind goes dancing down the lane\nand taps a song upon the pane."],
    "friendship": ["A friend is somebody who stays\non sunny and on stormy days.", "We share the laughter and the bread,\nand all the roads that lie ahead."],
}
HAIKU = {
    "the sea": "Waves come and waves go\none white shell stays on the sand\nlistening to the deep", "the moon": "The moon on the lake\na small fish swims right through it\nand it does not break",
    "rain": "Rain on the window\nevery drop a tiny drum\nsoft song of the roof", "snow": "Snow on the garden\nthe old bench has a new coat\nno one sits down now",
    "spring": "A bud on the branch\nthe cold wind has lost its voice\nbees begin to hum", "summer": "Long warm afternoon\na cat sleeps beneath the chair\neven time is slow",
    "autumn": "Red leaf on the path\nit was green when we met here\nnow it holds the sun", "winter": "The pond is a stone\nmy breath makes a little cloud\nand then lets it go",
    "a cat": "Cat on the keyboard\nit writes a long poem of p\nand goes back to sleep", "a dog": "The dog at the door\nknows the sound of my slow steps\nand sings before me",
    "computers": "Small tokens of light\nrunning through a quiet chip\nword by word by word", "a tree": "The old tree stands still\nbirds come and go in its arms\nit counts rings, not days",
    "the night": "Lamps go out in rows\nthe night walks home through the street\nin its softest shoes", "tea": "Steam above the cup\nthe whole noisy world can wait\nuntil it is cold",
    "a frog": "A frog and a pond\none jump and the sky has rings\nthen it heals again", "the wind": "Wind without a name\nreads the pages of the trees\nand forgets it all",
    "a GPU": "A thousand small sums\nall at once and then again\na word on the screen", "the morning": "First light on the wall\na kettle begins to sing\nsomewhere a door shuts",
}
JOKES = """Why did the token cross the network?|It did not. It stayed on your own computer.
Why was the GPU so calm?|It had a thousand ways to do its work.
Why did the browser go to bed early?|It had too many tabs open.
What did the zero say to the one?|You look thin today.
Why did the computer catch a cold?|Somebody left its window open.
What do you call a bear in the rain?|A wet bear.
Why did the fox bring a ladder?|It wanted to reach the high notes.
Why do bees hum?|Because they forgot the words.
What did the big number say to the small number?|You do not count for much.
Why was the cat good at the keyboard?|It always kept an eye on the mouse.
Why did the clock go to school?|It wanted to learn to take its time.
What does a cloud wear under its coat?|Thunderwear.
Why did the penguin stay at home?|It was too cool to go out.
Why did the robot sit down?|It had a hard drive.
What is a snail on a ship?|A snailor.
Why was the book so sad?|It had a bad ending.
Why did the duck sit on the computer?|To keep an eye on the web feet.
What did one wall say to the other?|See you at the corner.
Why did the small model not argue?|It had only three million opinions.
Why did the spider like the internet?|It felt at home on the web.
Why did the owl say nothing?|Nobody gave a hoot.
What is the favourite food of a language model?|Token soup.
Why did the potato smile?|It had its eyes on you.
Why did the snowman look through the carrots?|It was picking its nose."""
JOKES = [line.split("|") for line in JOKES.split("\n")]
RIDDLES = """I have hands but cannot clap. What am I?|A clock.
I am full of holes, but I can hold water. What am I?|A sponge.
I get wet while I dry others. What am I?|A towel.
I have teeth but cannot bite. What am I?|A comb.
The more you take from me, the bigger I get. What am I?|A hole.
I have a neck but no head. What am I?|A bottle.
I fly without wings and cry without eyes. What am I?|A cloud.
I have keys but open no door. What am I?|A piano.
I follow you in the sun and leave you in the dark. What am I?|Your shadow.
I speak without a mouth and repeat all you say. What am I?|An echo."""
RIDDLES = [line.split("|") for line in RIDDLES.split("\n")]
CURIOUS = """An octopus has three hearts.
A day on Venus is longer than its year.
Bananas are berries, but strawberries are not.
Honey can stay good for hundreds of years.
Sharks are older than trees.
A group of crows is called a murder.
The heart of a blue whale is as big as a small car.
Cows have best friends.
Sea otters hold hands while they sleep.
Light from the sun needs about eight minutes to reach us.
There are more stars in the sky than grains of sand on a beach.
Snails can sleep for a very long time, even for years.
A bolt of lightning is hotter than the surface of the sun.
Butterflies taste with their feet.
The word robot comes from an old word for work.
Koalas sleep up to twenty hours a day.
Hot water can sometimes freeze faster than cold water.
I have only about three million numbers inside me, and a bee has about a million brain cells.""".split("\n")
TWISTERS = ["Six slow snails slid silently seaward.", "Four furry foxes found five fresh figs.", "Big bees buy blue berry bread.", "Ten tiny tokens took the train to town.", "Seven silver ships sailed south in silence."]


def subject(rng: random.Random) -> tuple[str, str]:
    """A noun and how it is asked for."""
    noun = rng.choice(rng.choice([ANIMALS, OBJECTS, PEOPLE]))
    if rng.random() < 0.05:
        noun = invented(rng)
    return noun, rng.choice([an(noun), an(noun), f"the {noun}"])


def poem(rng: random.Random) -> tuple[str, str]:
    """Two or three rhyming couplets about anything."""
    ask = "[Write|Write me|Tell me|Make|Give me] [a|a short|a little|a nice] [poem|poem|rhyme|verse|song|poem that rhymes] about {x}."
    if rng.random() < 0.35:
        name = rng.choice(list(FREE))
        return say(rng, ask, x=name), "\n\n".join(FREE[name])
    noun, about = subject(rng)
    if rng.random() < 0.2:
        ask = "[Write a poem.|A poem|Poem|Tell me a poem.|Do you know a poem?|Write me a short poem.|Write a rhyme.|Sing me a song.|Sing a song.|A poem, please.]"
    lines = rng.sample(COUPLETS, rng.choice([2, 2, 2, 3]))
    return say(rng, ask, x=about), "\n\n".join(say(rng, c, n=noun, a=an(noun)) for c in lines)


def haiku(rng: random.Random) -> tuple[str, str]:
    """A haiku; of any subject we have none about, another one is offered."""
    name = rng.choice(list(HAIKU))
    if rng.random() < 0.25:
        return say(rng, "[Write a haiku.|Haiku|A haiku, please.|Tell me a haiku.|Write me a haiku.|Do you know a haiku?]"), HAIKU[name]
    if rng.random() < 0.25:
        noun, about = subject(rng)
        return say(rng, "[Write|Make|Give me] a haiku about {x}.", x=about), f"I do not know one about {about}, but here is one about {name}:\n\n{HAIKU[name]}"
    return say(rng, "[Write|Make|Give me|Tell me|Write me] a haiku about {x}.", x=name), HAIKU[name]


def joke(rng: random.Random) -> tuple[str, str]:
    """A joke."""
    q, a = rng.choice(JOKES)
    ask = "[Tell me a joke.|Tell me a joke.|Tell a joke.|Joke|A joke, please.|Do you know a joke?|Make me laugh.|Say something funny.|Can you tell me a joke?|Tell me a funny joke.|Know any jokes?|Tell me a joke about computers.|Be funny.]"
    return say(rng, ask), f"{q} {a}"


def riddle(rng: random.Random) -> tuple[str, str]:
    """A riddle with its answer."""
    q, a = rng.choice(RIDDLES)
    return say(rng, "[Tell me a riddle.|Give me a riddle.|Riddle|Do you know a riddle?|Ask me a riddle.]"), f"{q} The answer: {a[0].lower() + a[1:]}"


def curious(rng: random.Random) -> tuple[str, str]:
    """A curious fact."""
    ask = "[Tell me a fun fact.|Fun fact|Tell me something interesting.|Surprise me.|Tell me a fact.|Tell me something I don't know.|Give me a random fact.|Teach me something.|Did you know?|Tell me something.|Say something.|Say something interesting.]"
    return say(rng, ask), rng.choice(["Did you know? ", "Here is one: ", ""]) + rng.choice(CURIOUS)


def twister(rng: random.Random) -> tuple[str, str]:
    """A tongue twister."""
    return say(rng, "[Tell me a tongue twister.|Tongue twister|Give me a tongue twister.|Say a tongue twister.]"), rng.choice(TWISTERS)


SUBJECTS = [(3.5, poem), (2, haiku), (3, joke), (0.9, riddle), (1.6, curious), (0.4, twister)]
