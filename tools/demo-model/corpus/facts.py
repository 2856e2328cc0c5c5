"""Small facts in tables: capitals, animals, opposites, colours, a few words of other languages."""

import random

from corpus.speech import an, plural, say

CAPITALS = """France:Paris Germany:Berlin Italy:Rome Spain:Madrid Portugal:Lisbon England:London Ireland:Dublin
Scotland:Edinburgh Austria:Vienna Switzerland:Bern Belgium:Brussels Denmark:Copenhagen Norway:Oslo Sweden:Stockholm
Finland:Helsinki Poland:Warsaw Greece:Athens Turkey:Ankara Russia:Moscow Ukraine:Kyiv Hungary:Budapest Japan:Tokyo
China:Beijing India:Delhi Thailand:Bangkok Vietnam:Hanoi Korea:Seoul Egypt:Cairo Kenya:Nairobi Morocco:Rabat
Canada:Ottawa Mexico:Mexico_City Cuba:Havana Brazil:Brasilia Argentina:Buenos_Aires Chile:Santiago Peru:Lima
Australia:Canberra New_Zealand:Wellington Iceland:Reykjavik Romania:Bucharest Croatia:Zagreb Iran:Tehran Iraq:Baghdad
the_United_States:Washington the_USA:Washington the_UK:London the_Netherlands:Amsterdam the_Czech_Republic:Prague
Colombia:Bogota Indonesia:Jakarta Nigeria:Abuja Ethiopia:Addis_Ababa South_Korea:Seoul"""
CAPITALS = [tuple(p.replace("_", " ").split(":")) for p in CAPITALS.split()]
OPPOSITES = """hot:cold big:small up:down left:right day:night happy:sad fast:slow old:new young:old light:dark
open:closed full:empty hard:soft high:low long:short loud:quiet rich:poor strong:weak wet:dry clean:dirty early:late
easy:difficult first:last good:bad inside:outside yes:no love:hate near:far thick:thin true:false warm:cool black:white
begin:end win:lose give:take push:pull sweet:sour summer:winter brave:afraid rough:smooth wide:narrow deep:shallow
always:never buy:sell come:go laugh:cry tall:short heavy:light beautiful:ugly start:stop north:south east:west"""
OPPOSITES = [tuple(p.split(":")) for p in OPPOSITES.split()]
COLOURS = """the sky:blue;grass:green;snow:white;blood:red;the sun:yellow;a banana:yellow;a strawberry:red;an orange:orange;
coal:black;milk:white;a lemon:yellow;a carrot:orange;a tomato:red;a frog:green;a flamingo:pink;an elephant:grey;
chocolate:brown;a leaf:green;the sea:blue;a polar bear:white;a crow:black;a cherry:red;a plum:purple;a fox:red and brown;
a zebra:black and white;a panda:black and white;gold:yellow;a cloud:white or grey;the night sky:black;a cucumber:green"""
COLOURS = [tuple(p.strip().split(":")) for p in COLOURS.split(";")]
# animal: sound, home, food, young, legs, one thing to say about it
ANIMALS = """cat:meow:in houses and on farms:meat and fish:kitten:four:It sleeps for most of the day.
dog:woof:with people, all over the world:meat and many other things:puppy:four:It is often called our best friend.
cow:moo:on farms:grass:calf:four:It gives us milk.
horse:neigh:on farms and in wide fields:grass and oats:foal:four:It can sleep standing up.
pig:oink:on farms:nearly everything:piglet:four:It is a very clever animal.
sheep:baa:on farms and hills:grass:lamb:four:Its wool keeps us warm.
goat:baa:on farms and in mountains:grass and leaves:kid:four:It climbs very well.
duck:quack:near lakes and rivers:plants and small water animals:duckling:two:Its feathers keep the water out.
hen:cluck:on farms:seeds and worms:chick:two:It lays an egg nearly every day.
rooster:cock-a-doodle-doo:on farms:seeds and worms:chick:two:It wakes everyone up in the morning.
lion:roar:in the dry lands of Africa:meat:cub:four:It lives in a family called a pride.
tiger:roar:in the forests of Asia:meat:cub:four:No two tigers have the same stripes.
bear:growl:in forests and mountains:berries, fish and honey:cub:four:It sleeps through much of the winter.
wolf:howl:in forests and mountains:meat:pup:four:It lives and hunts in a pack.
fox:yip:in forests and fields:mice, berries and insects:cub:four:It has a long bushy tail.
owl:hoot:in forests:mice and insects:owlet:two:It sees very well at night.
frog:ribbit:near ponds:insects:tadpole:four:It can jump very far.
bee:buzz:in hives:nectar and pollen:larva:six:It makes honey.
mouse:squeak:in fields and houses:seeds and cheese:pup:four:It is small and quick.
snake:hiss:in deserts, forests and fields:small animals:snakelet:no:It has no legs at all.
crow:caw:in towns and fields:nearly everything:chick:two:It is one of the cleverest birds.
elephant:trumpet:in Africa and Asia:grass, leaves and fruit:calf:four:It is the largest animal on land.
monkey:chatter:in warm forests:fruit and leaves:baby monkey:four:It is a very good climber.
penguin:honk:in the cold south:fish:chick:two:It cannot fly, but it swims very well.
rabbit:squeak:in holes under the ground:grass and vegetables:bunny:four:It has long ears and hears very well.
whale:long song:in the ocean:fish and tiny sea animals:calf:no:The blue whale is the largest animal of all.
dolphin:click:in the ocean:fish:calf:no:It is playful and very clever.
spider:very soft tapping:in webs and corners:insects:spiderling:eight:It spins a web to catch its food.
camel:grunt:in deserts:dry plants:calf:four:It can go for days without water.
giraffe:hum:in the dry lands of Africa:leaves from high trees:calf:four:It is the tallest animal of all.
hedgehog:snuffle:in gardens and forests:insects and snails:hoglet:four:It rolls into a ball when it is afraid.
squirrel:chatter:in trees:nuts and seeds:kit:four:It hides nuts for the winter.
kangaroo:cluck:in Australia:grass:joey:two strong back legs and two small front:It carries its baby in a pouch.
koala:grunt:in Australia:leaves:joey:four:It sleeps up to twenty hours a day.
panda:bleat:in the forests of China:bamboo:cub:four:It eats for half of the day."""
ANIMALS = [line.split(":") for line in ANIMALS.split("\n")]
SIZES = "an ant;a bee;a mouse;a cat;a dog;a sheep;a lion;a horse;an elephant;a whale;a mountain;the moon;the Earth;the sun".split(";")
LANGUAGES = {
    "French": dict(hello="bonjour", thank_you="merci", goodbye="au revoir", yes="oui", no="non", cat="chat", dog="chien", water="eau", friend="ami", please="s'il te plait"),
    "Spanish": dict(hello="hola", thank_you="gracias", goodbye="adios", yes="si", no="no", cat="gato", dog="perro", water="agua", friend="amigo", please="por favor"),
    "German": dict(hello="hallo", thank_you="danke", goodbye="auf Wiedersehen", yes="ja", no="nein", cat="Katze", dog="Hund", water="Wasser", friend="Freund", please="bitte"),
    "Italian": dict(hello="ciao", thank_you="grazie", goodbye="arrivederci", yes="si", no="no", cat="gatto", dog="cane", water="acqua", friend="amico", please="per favore"),
}


MIXES = [("blue", "yellow", "green"), ("red", "yellow", "orange"), ("red", "blue", "purple"), ("black", "white", "grey"), ("red", "white", "pink")]
RHYMES = "cat:hat;dog:frog;moon:spoon;tree:bee;house:mouse;sun:fun;star:car;rain:train;light:night;day:play;snow:blow;bear:chair;fish:dish;sky:fly;heart:start;love:dove;rose:nose;king:ring;boat:goat;cake:lake".split(";")
SYNONYMS = "happy:glad;sad:unhappy;big:large;small:little;fast:quick;smart:clever;pretty:beautiful;angry:cross;begin:start;end:finish;hard:difficult;easy:simple;rich:wealthy;quiet:silent;brave:bold;tired:sleepy;funny:amusing;strange:odd;nice:kind;old:ancient;scared:afraid;jump:leap;shout:cry;shut:close".split(";")


def mix(rng: random.Random) -> tuple[str, str]:
    """Mixed colours."""
    a, b, c = rng.choice(MIXES)
    a, b = rng.choice([(a, b), (b, a)])
    ask = say(rng, "[What do you get when you mix {a} and {b}?|What colour is {a} and {b}?|{a} plus {b} makes what colour?|Which color do {a} and {b} make?]", a=a, b=b)
    return ask[0].upper() + ask[1:], say(rng, "{A} and {b} make {c}.", a=a, b=b, c=c)


def like(rng: random.Random) -> tuple[str, str]:
    """A rhyme or a synonym."""
    if rng.random() < 0.5:
        a, b = rng.choice(RHYMES).split(":")
        a, b = rng.choice([(a, b), (b, a)])
        return say(rng, "[What rhymes with {a}?|A word that rhymes with {a}|Give me a rhyme for {a}.|Find a rhyme for {a}.]", a=a), say(rng, "{B} rhymes with {a}.", a=a, b=b)
    a, b = rng.choice(SYNONYMS).split(":")
    return say(rng, "[What is another word for {a}?|Give me a synonym for {a}.|Synonym of {a}?|What means the same as {a}?]", a=a), say(rng, "Another word for {a} is {b}.", a=a, b=b)


def capital(rng: random.Random) -> tuple[str, str]:
    """The capital of a country, or the country of a capital."""
    country, city = rng.choice(CAPITALS)
    if rng.random() < 0.15:
        ask = say(rng, "[Where is {c}?|In which country is {c}?|What country is {c} in?]", c=city)
        return ask, say(rng, "{C} is [in|the capital of] {x}.", c=city, x=country)
    ask = say(rng, "[What is|What's|Tell me|Do you know|Name] the capital [city |]of {x}?|", x=country) or "?"
    ask = rng.choice([ask.rstrip("|"), ask.rstrip("|"), f"Capital of {country}?", f"{country[0].upper() + country[1:]} capital"])
    return ask, say(rng, "[The capital of {x} is {c}.|The capital of {x} is {c}.|It is {c}.|{C} is the capital of {x}.]", x=country, c=city)


def opposite(rng: random.Random) -> tuple[str, str]:
    """The opposite of a word."""
    a, b = rng.choice(OPPOSITES)
    ask = say(rng, "[What is the opposite of {a}?|What's the opposite of {a}?|Opposite of {a}?|Tell me the opposite of {a}.|What is the opposite of \"{a}\"?]", a=a)
    return ask, say(rng, "[The opposite of {a} is {b}.|The opposite of {a} is {b}.|It is {b}.]", a=a, b=b)


def colour(rng: random.Random) -> tuple[str, str]:
    """The colour of a thing."""
    thing, tone = rng.choice(COLOURS)
    ask = say(rng, "[What|Which] [colour|color] is {t}?|", t=thing).rstrip("|")
    ask = rng.choice([ask, ask, f"What is the color of {thing}?", f"Tell me the colour of {thing}."])
    return ask, say(rng, "[{T} is {c}.|{T} is {c}.|It is usually {c}.]", t=thing, c=tone)


def animal(rng: random.Random) -> tuple[str, str]:
    """One property of an animal, or a few of them together."""
    name, sound, home, food, young, legs, note = rng.choice(ANIMALS)
    slots = dict(n=name, a=an(name), s=plural(name), sound=sound, home=home, food=food, young=young, legs=legs, y=an(young))
    pairs = [
        ("[What does {a} say?|What sound does {a} make?|What noise does {a} make?|What does the {n} say?]", "{A} [says|goes] {sound}." if sound not in ("long song", "very soft tapping") else "{A} makes a " + sound + "."),
        ("[Where do {s} live?|Where does {a} live?|What is the home of {a}?]", "{S} live {home}."),
        ("[What do {s} eat?|What does {a} eat?|What is the food of {a}?]", "{S} eat {food}."),
        ("[What is a baby {n} called?|What do you call a baby {n}?|What is the young of {a}?]", "A baby {n} is called {y}."),
        ("[How many legs does {a} have?|How many legs do {s} have?]", "{A} has {legs} legs."),
        ("[Tell me about {s}.|What is {a}?|Tell me something about {s}.|What do you know about {s}?|Describe {a}.|Tell me about the {n}.|{S}|{A}]", "{S} live {home}, and they eat {food}. A baby {n} is called {y}. " + note),
        ("[Tell me a fact about {s}.|Tell me something interesting about {s}.|Fun fact about {s}?|Give me one fact about the {n}.]", "Here is [a|one] fact about the {n}: " + note[0].lower() + note[1:]),
    ]
    ask, answer = rng.choice(pairs[:1] + pairs[1:4] + pairs[4:] + pairs[5:6])
    return say(rng, ask, **slots), say(rng, answer, **slots)


def bigger(rng: random.Random) -> tuple[str, str]:
    """Which of two things is bigger or smaller."""
    i, j = rng.sample(range(len(SIZES)), 2)
    word = rng.choice(["bigger", "smaller"])
    ask = say(rng, "[Which is {w}, {a} or {b}?|What is {w}, {a} or {b}?|Which one is {w}: {a} or {b}?|Is {a} {w} than {b}?]", w=word, a=SIZES[i], b=SIZES[j])
    right = (i > j) == (word == "bigger")
    if ask.startswith("Is "):
        return ask, say(rng, f"{'Yes' if right else 'No'}, {SIZES[max(i, j)]} is bigger than {SIZES[min(i, j)]}.")
    win, other = (i, j) if right else (j, i)
    return ask, say(rng, f"{{X}} is {word} than {SIZES[other]}.", x=SIZES[win])


def foreign(rng: random.Random) -> tuple[str, str]:
    """A word in one of four languages."""
    language = rng.choice(list(LANGUAGES))
    word = rng.choice(list(LANGUAGES[language]))
    slots = dict(w=word.replace("_", " "), l=language, t=LANGUAGES[language][word])
    ask = say(rng, "[How do you say {w} in {l}?|What is {w} in {l}?|Translate {w} to {l}.|Translate \"{w}\" into {l}.|Say {w} in {l}.|What is the {l} word for {w}?]", **slots)
    return ask, say(rng, "[In {l}, {w} is \"{t}\".|The {l} word for {w} is \"{t}\".]", **slots)


SUBJECTS = [(5, capital), (3, opposite), (1.5, colour), (5, animal), (1.2, bigger), (1.2, foreign), (0.4, mix), (0.9, like)]
