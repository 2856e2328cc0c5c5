"""Word lists that several grammars share."""

ANIMALS = """fox bear rabbit owl hedgehog squirrel mouse cat dog wolf deer frog turtle duck goose swan penguin seal whale
dolphin octopus crab fish bird sparrow crow eagle parrot bat bee butterfly ant spider snail beetle horse pony donkey cow
pig sheep goat hen rooster elephant lion tiger monkey giraffe zebra camel kangaroo koala panda otter beaver badger mole
lizard snake crocodile dinosaur kitten puppy lamb lobster shark""".split()
PEOPLE = """girl boy baker sailor farmer gardener teacher painter doctor king queen princess prince knight wizard witch
pirate astronaut fisherman shepherd musician dancer inventor child grandmother grandfather dragon giant fairy ghost
mermaid unicorn alien monster ninja troll elf goblin vampire superhero detective spy chef pilot clown scientist student poet clockmaker""".split()
OBJECTS = """robot teapot lamp clock kite boat train car balloon book pencil umbrella shoe hat key spoon chair bicycle
computer toaster violin drum candle mirror button sock star cloud snowman stone tree flower river mountain moon
lighthouse bridge door window cup pillow suitcase ball rocket truck bus tractor piano camera phone pumpkin apple
banana potato cookie pancake sandwich pizza carrot tomato mushroom leaf raindrop snowflake browser token""".split()
TRAITS = """brave little small shy curious clever kind lonely sleepy happy sad old young tiny big friendly hungry lazy
proud quiet funny grumpy gentle busy clumsy lost patient cheerful careful stubborn magic red blue green golden white
black purple""".split()
MORE_TRAITS = """angry evil invisible strange famous fat thin fast slow strong weak wise silly rich poor rusty wooden shiny forgotten
secret flying talking singing dancing electric pink orange grey silver nervous hopeful polite hidden noisy warm cold frozen
giant mean good bad nice cute hidden broken""".split()
NAMES = """Mia Ben Ana Leo Ella Tom Nora Max Lily Sam Zoe Finn Ruby Oscar Ivy Hugo Rosa Theo Luna Felix Emma Noah Clara
Jack Alice Paul Sara Omar Yuki Priya Lena Carlos David Maria Peter Anna Lucy Milo Nina Otto Pip Dot Bruno Tilly Marco
Hana Amir Greta""".split()
PLACES = [
    ("forest", "in a [deep|quiet|green|dark] forest"), ("village", "in a [small|sleepy|little] village"),
    ("sea", "by the [wide|blue|cold] sea"), ("mountain", "on a [high|snowy|lonely] mountain"),
    ("farm", "on a [sunny|little|busy] farm"), ("river", "near a [slow|bright|wide] river"),
    ("city", "in a [big|noisy|busy] city"), ("garden", "in an old garden"), ("desert", "in a hot desert"),
    ("island", "on a [tiny|warm|green] island"), ("castle", "in an old castle"), ("meadow", "in a wide meadow"),
    ("lake", "beside a [clear|still] lake"), ("kitchen", "in a warm kitchen"), ("school", "next to a small school"),
    ("library", "in a quiet library"), ("snow", "in a land of snow"), ("jungle", "in a [thick|green] jungle"),
    ("space", "on a small planet far away in space"), ("hill", "at the foot of a [round|green] hill"),
]
LISTS = {
    "animals": "cat dog horse elephant rabbit lion bear fox owl whale monkey tiger".split(),
    "colours": "red blue green yellow orange purple pink brown black white".split(),
    "fruits": "apple banana orange pear grape cherry mango peach lemon plum".split(),
    "vegetables": "carrot potato tomato onion pea cabbage pumpkin spinach broccoli bean".split(),
    "birds": "eagle owl sparrow duck swan parrot crow penguin robin goose".split(),
    "sea animals": "whale dolphin shark octopus crab seal turtle lobster jellyfish starfish".split(),
    "insects": "bee ant butterfly beetle fly mosquito grasshopper ladybird moth wasp".split(),
    "flowers": "rose tulip daisy lily sunflower violet poppy orchid daffodil lavender".split(),
    "trees": "oak pine birch maple willow apple chestnut palm cedar fir".split(),
    "countries": "France Japan Brazil Canada Egypt India Italy Kenya Mexico Spain".split(),
    "cities": "Paris London Tokyo Cairo Berlin Rome Madrid Sydney Toronto Lima".split(),
    "continents": ["Africa", "Asia", "Europe", "North America", "South America", "Australia", "Antarctica"],
    "planets": "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split(),
    "oceans": ["the Pacific", "the Atlantic", "the Indian Ocean", "the Arctic Ocean", "the Southern Ocean"],
    "sports": "football tennis swimming running basketball skiing cycling rowing hockey climbing".split(),
    "instruments": "piano guitar violin drum flute trumpet harp cello clarinet saxophone".split(),
    "drinks": "water tea coffee milk juice lemonade cocoa soda".split() + ["hot chocolate", "apple juice"],
    "desserts": "cake pie cookies pudding waffles brownies".split() + ["ice cream", "apple pie", "pancakes", "rice pudding"],
    "foods": "bread cheese soup rice pasta pizza salad eggs beans pancakes".split(),
    "clothes": "shirt hat sock shoe coat scarf glove dress jacket sweater".split(),
    "vehicles": "car bus train bicycle boat plane truck tractor ship tram".split(),
    "shapes": "circle square triangle rectangle star oval diamond heart hexagon cube".split(),
    "jobs": "teacher doctor baker farmer nurse painter pilot cook builder gardener".split(),
    "hobbies": "reading painting cooking gardening hiking singing dancing fishing knitting cycling".split(),
    "pets": ["cat", "dog", "rabbit", "hamster", "goldfish", "parrot", "turtle", "guinea pig"],
    "rooms in a house": ["kitchen", "bedroom", "bathroom", "living room", "hall", "attic", "cellar"],
    "school subjects": "maths history music art geography science reading writing sport biology".split(),
    "happy words": "sunshine laughter friend smile holiday hug music dance joy hope".split(),
    "names for a cat": "Luna Milo Pepper Ginger Shadow Whiskers Pip Biscuit Cleo Oscar".split(),
    "names for a dog": "Max Bella Rex Daisy Buddy Rusty Lucky Bruno Molly Scout".split(),
    "names for a robot": "Bolt Sprocket Pixel Gizmo Beep Cog Chip Tinker Zap Rivet".split(),
    "things to take to the beach": ["a towel", "sun cream", "a hat", "a book", "a bottle of water", "sunglasses", "a ball", "a snack", "a bucket", "an umbrella"],
    "things to pack for a trip": ["a toothbrush", "warm socks", "a jacket", "a book", "a phone charger", "a map", "some snacks", "a bottle of water", "a rain coat", "a spare shirt"],
    "things to do on a rainy day": ["read a book", "bake a cake", "paint a picture", "build a blanket fort", "call a friend", "play a board game", "listen to music", "write a letter", "watch a film", "tidy a drawer"],
    "things in a kitchen": ["a spoon", "a pan", "a kettle", "a plate", "a fridge", "a knife", "a cup", "an oven", "a table", "a bowl"],
    "things you find in a forest": ["trees", "mushrooms", "moss", "birds", "leaves", "a stream", "berries", "squirrels", "stones", "ferns"],
    "ways to save energy": ["turn off the lights", "use the stairs", "take a shorter shower", "wear a warm sweater", "ride a bicycle", "dry clothes in the sun"],
    "ideas for breakfast": ["toast with jam", "a bowl of oats", "an egg and bread", "yogurt with fruit", "pancakes", "a banana and some nuts"],
    "ideas for dinner": ["soup with bread", "pasta with tomato sauce", "rice with vegetables", "a big salad", "baked potatoes", "an omelette"],
    "gift ideas": ["a good book", "a plant", "a warm scarf", "a box of tea", "a photo in a frame", "a hand-made card", "a puzzle", "some flowers"],
    "ways to relax": ["take a walk", "drink a cup of tea", "listen to music", "breathe slowly", "read a book", "take a warm bath"],
}
