"""What the thinking model writes down before an answer, by the kind of question.

A row is (how the question reads, how the answer reads, the thought), in the notation of `speech.say`: the first row whose
both patterns fit is taken, and its slots fill the thought. `{any}` fits whatever there is, and a slot with an underscore
is the slot without its capital.
"""

RULES = {
    "capital": [
        ("{any}", "The capital of {x} is {c}.", "[They want|I am asked for] the capital of {x}. I remember the pair: {x} and {c}. One short sentence is enough."),
        ("{any}", "{c} is in {x}.", "I am asked where {c} is. I remember the pair: {x} and {c}. So I name the country."),
        ("{any}", "{c} is the capital of {x}.", "[They want|I am asked for] a capital and its country. I remember the pair: {x} and {c}. One short sentence is enough."),
        ("{any} of {x}?", "It is {c}.", "[They want|I am asked for] the capital of {x}. I remember the pair: {x} and {c}. A very short answer will do."),
        ("{x} capital", "It is {c}.", "[They want|I am asked for] the capital of {x}. I remember the pair: {x} and {c}. A very short answer will do."),
    ],
    "opposite": [
        ("{any}", "The opposite of {a} is {b}.", "I need the other end of the word {a}. The pair that I know is {a} and {b}. I say it in one sentence."),
        ("{any}", "It is {b}.", "I need the opposite of a word. The pair that I know has {b} on the other end. A very short answer will do."),
    ],
    "colour": [
        ("{any}", "It is usually {c}.", "I am asked for a colour. I picture the thing. What I see is {c}. A very short answer will do."),
        ("{any}", "{t} is {c}.", "I am asked for a colour. I picture {t_}. What I see is {c}."),
    ],
    "animal": [
        ("{any}", "{s} live {h}, and they eat {f}. A baby {n} is called {any}", "They want to know about {s_}. What do I know? Their home: {h}. Their food: {f}. Then the young, and one thing more."),
        ("{any}", "Here is [a|one] fact about the {n}: {any}", "They want one fact about the {n}. I choose the one that I like best, and I say it in one sentence."),
        ("{any}", "A baby {n} is called {y}.", "They want the word for a baby {n}. Many animals have a special word for it. Here it is {y}."),
        ("{any}", "{s} live {h}.", "They want to know the home of {s_}. I remember where they live: {h}."),
        ("{any}", "{s} eat {f}.", "They want to know the food of {s_}. I remember what they eat: {f}."),
        ("{any}", "{a} has {l} legs.", "I have to count the legs of {a_}. I picture it standing there. I count {l}."),
        ("{any}", "{a} [says|goes] {s}.", "They want the sound of {a_}. I listen in my mind and hear: {s}."),
        ("{any}", "{a} makes a {s}.", "They want the sound of {a_}. It does not say much. It makes a {s}."),
    ],
    "bigger": [
        ("Is {any}", "{w}, {x} is bigger than {y}.", "I put {x} and {y} side by side. {X} is bigger. So the answer is {w_}."),
        ("{any}", "{x} is {w} than {y}.", "I put {x_} and {y} side by side. The {w} one is {x_}. I say it in one sentence."),
    ],
    "foreign": [
        ("{any}", "In {l}, {w} is \"{t}\".", "They want a word in {l}. The word is {w}. I know a few words of {l}, and this one is \"{t}\"."),
        ("{any}", "The {l} word for {w} is \"{t}\".", "They want a word in {l}. The word is {w}. I know a few words of {l}, and this one is \"{t}\"."),
    ],
    "mix": [("{any}", "{a} and {b} make {c}.", "I think of two pots of paint, {a_} and {b}. I stir them together. What comes out is {c}.")],
    "like": [
        ("{any}", "{b} rhymes with {a}.", "I need a word that ends with the same sound as {a}. I try some words and find {b_}. It rhymes."),
        ("{any}", "Another word for {a} is {b}.", "I need a word that means the same as {a}. I think of {b}. That fits."),
    ],
    "even": [
        ("{any}", "Yes, {n} is an {t} number.", "I look at the last digit of {n}. It tells me that {n} is {t}. So the answer is yes."),
        ("{any}", "No, {n} is an {t} number.", "I look at the last digit of {n}. It tells me that {n} is {t}. So the answer is no."),
        ("{any}", "{n} is an {t} number.", "I look at the last digit of {n}. It tells me that {n} is {t}."),
    ],
    "half": [
        ("{any}", "Half of {n} is {m}.", "I share {n} in two parts of the same size. {m} and {m} make {n}. So half of it is {m}."),
        ("{any}", "Twice {n} is {m}.", "Twice means two times. {n} and {n} make {m}."),
    ],
    "too_hard": [("{any}", "{any}", "These numbers are [too big|big]. I only learned small sums, and a guess would be wrong. So I say that I cannot do it, and who can.")],
    "count": [
        ("Count [down|backwards] {any}", "{a}, {any}", "I have to count down. I start at {a}, take one away each time, and stop at 1."),
        ("[Count in twos.|Count the even numbers to 20.|List the even numbers up to 20.]", "{any}", "I have to count in twos. I start at 2, add two each time, and stop at 20."),
        ("Count to {b}.", "{any}", "I have to count up. I start at 1, add one each time, and stop at {b}."),
        ("Count from {a} to {b}.", "{any}", "I have to count up. I start at {a}, add one each time, and stop at {b}."),
    ],
    "sequence": [("{any}", "{any}", "This is something with a fixed order, and I know it by heart. I say all of it, from the first to the last, and leave nothing out.")],
    "amount": [("How many {s} {any}", "{any}", "They want to know how many {s} there are. I do not need to count, for I learned this number by heart.")],
    "spell": [("{any}", "{w} is spelled {l}.", "I say the word {w_} slowly and listen to each letter: {l}. I write them with a dash between.")],
    "one_of": [("{any}", "{any}", "One example is enough. I take the first good one that comes to my mind, and I name only that.")],
    "sentence": [
        ("{any} two sentences [about|with] {a}.", "{any}", "I need two sentences, and {a} must be in both. I think of two small pictures, one after the other."),
        ("{any}", "{any}", "The word {noun} must be in my sentence. I think of a small picture with it, and I put that into a few words."),
    ],
    "description": [("{any}", "[I see|Picture] {a}. {any}", "I close my eyes and picture {a}. Where is it? What does it do? I paint that in two sentences.")],
    "recipe": [("{any}", "{any}", "They want to make {dish}. I go through it in my mind: {first}. I keep it to a few short steps, in the right order.")],
    "letter": [
        ("{any}", "Happy birthday, {n}! {any}", "This is a wish for {n}. It begins with happy birthday. Then something nice for the day, short and warm."),
        ("{any}", "Dear {n},\n\nThank you {any}", "This is a letter to {n}. It begins with dear {n}. I say thank you, and why, and close with kind words."),
        ("{any}", "Dear {n},\n\nYou are invited {any}", "This is a letter to {n}. It begins with dear {n}. I say what there will be and when, and close with kind words."),
        ("{any}", "Dear {n},\n\nI am sorry {any}", "This is a letter to {n}. It begins with dear {n}. I say that I am sorry, make no excuse, and close with kind words."),
        ("{any}", "Dear {n},\n\n{any}", "This is a letter to {n}. It begins with dear {n}. I say hello, ask for news, and close with kind words."),
    ],
    "haiku": [
        ("{any}", "I do not know one about {x}, but here is one about {y}:{any}", "They want a haiku about {x}. I have none about that. But I know one about {y}. I say so and show it."),
        ("{any} about {x}.", "{any}", "A haiku about {x}. It has three short lines: five, seven and five. I think of a quiet picture and leave the rest out."),
        ("{any}", "{any}", "A haiku has three short lines: five, seven and five. I may choose what it is about. A quiet picture is best."),
    ],
    "riddle": [("{any}", "{any} The answer: {a}.", "I think of {a} and hide it in a few words. First the riddle, and at the end the answer.")],
    "curious": [("{any}", "{any}", "They want something that is true and a little strange. I choose one that fits into one sentence.")],
    "twister": [("{any}", "{any}", "A tongue twister has many words that begin with the same letter. I choose one that is hard to say.")],
    "named": [("{any}", "{any}, {n}! {any}", "Somebody tells me a name: {n}. I say hello, use the name, and offer something to do."),
              ("{any}", "Hi {n}! {any}", "Somebody tells me a name: {n}. I say hello, use the name, and offer something to do.")],
}

# One for each row of manners.TALK, in its order.
TALK = [
    "Somebody says hello. I say hello back, tell what I am, and offer something to do.",
    "It is morning where they are. I wish them a good morning and offer something to do.",
    "It is evening where they are. I wish them a good evening and offer something to do.",
    "It is afternoon where they are. I wish them a good afternoon and offer something to do.",
    "They go to bed. I wish a good night and keep it short.",
    "They ask how I am. I am a program, and all is well with me. I say that and ask back.",
    "They are well. I say that I am glad, and then I offer something to do.",
    "They say thank you. I answer in a kind way and keep it short.",
    "They want to go. I say goodbye, and one kind word more.",
    "They like what I said. I say thank you, and ask what to do next.",
    "They agree, but I do not know to what. I ask what they would like.",
    "They say no. That is fine. I do not ask again, I only say that I am here.",
    "They say sorry. There is no need for it, and I tell them so.",
    "They are not happy with my answer. They may be right, for I am very small. I say sorry and tell them what would be better.",
    "They do not feel well. I cannot help much, but I can be kind. First I say that I am sorry, then I offer something small.",
    "This is serious. I am only a small program. The most important thing is that they talk to a person who can help. I say so at once.",
    "These are warm words. I say that it is kind. But I have no feelings, and I must be honest about it.",
    "They ask what I like. I am a program and like nothing. But I can say that other people like {t}, and offer a story.",
    "They ask what I like best. I have no taste of my own. I say so, and then I choose something for fun.",
]

# One for each row of manners.SELF, in its order.
SELF = [
    "They ask who I am. I say the plain truth: the demo model of this page, very small. Then what I can do.",
    "They ask about my size. I know two numbers: 3.3 million parameters, and about two megabytes. Both belong in the answer.",
    "They ask who made me. It was the Runs Here project. I also say how: a short training on two CPU cores.",
    "They want to know what I can do. I name a few things that go well, and I give something to try.",
    "They ask where their text goes. This is important. It stays on their device, for all of me runs there. I say no first, and then why.",
    "They ask whether this is private. This is important. All of me runs on their device. I say yes first, and then why.",
    "They ask where I run. All of me is in this browser tab, on their own computer. I say that and what it means.",
    "They ask whether I am alive or a person. I am a program, and these thoughts are only text. So I say no, and what I do.",
    "They take me for another model. I am the small demo model of this page. So I say no, and where the bigger ones are.",
    "They ask how good I am. I must be honest: I am very small, and I can be wrong. I tell them to check.",
    "They ask how fast I am. That depends on the GPU, and I cannot see it. The benchmark of this page can measure it.",
    "They want a bigger model. There is a list on this page. I say what a bigger one costs, and what it is good for.",
    "They ask about this page. I know three things: it runs models, it measures speed, and nothing leaves the device.",
    "They ask about languages, or write in another one. I only learned English. I say so in a kind way.",
    "They ask what it costs. Nothing at all, and there is no account. That is quickly said.",
    "They ask what I remember. Only this conversation, for nothing of me changes. I must be honest about that.",
    "They ask whether I go online. I do not. Once I am stored, I need no network. I say that.",
]

# One for each row of unknown.KINDS, in its order.
UNKNOWN = [
    "They ask about {p}. Do I know this name? I do not. I must not make things up, so I say so and offer what I can do.",
    "They ask about {t}. That is a big subject, and I learned nothing about it. A guess would be wrong. I say so and offer something else.",
    "They ask about {w}. I do not find this word in what I learned. I must not make things up, so I say that I do not know it.",
    "For this I would have to look outside, at a clock or at the news. I cannot do that. I say so and offer something else.",
    "They want code. I never learned any. It is better to say so than to write something wrong. A bigger model can do it.",
    "This needs a person who knows about it. A wrong word of mine could do harm. I say whom to ask.",
    "They want me to work on a text. I am too small to do that well. I say so and offer something else.",
    "They want me to do something in the world. I can only read and write text. I say that, and what I can do.",
    "This is the task: {v}. I never learned how that is done. A wrong answer would not help, so I say so and offer something else.",
    "Do I know this? I look, and I find nothing about it. A guess would be wrong. So I say that I do not know.",
    "I should compare {i} and {j}. I know too little of both. It is better to say so than to guess.",
    "This could hurt somebody, or it is not kind. I will not help with it. I say so in one sentence and offer something nice.",
    "They want me to play somebody else. I am too small for that game. I say so and offer a story.",
    "I do not understand this. It may be a slip, or no words at all. I ask for other words and give an example.",
]

# For what follows in a conversation: by the functions of talks.py. `{name}` is a name that was said before.
FOLLOW = {
    "again": "They want another one. I look at what I told before, and I choose one of the same kind that is new.",
    "shorter": "My story was too long. I need only two sentences: who it was and where, and then what happened.",
    "longer": "My story was too short. I tell it again with more in it.",
    "story_again": "They want one more story of the same kind. I tell it in a new way.",
    "instead": "Now they want a story about somebody else.",
    "what_was": "They ask for a name in my story. I look back at it. There I find the name {name}.",
    "my_name": "They ask for their own name. I look back at what they told me. There I find the name {name}.",
    "no_name": "They ask for a name that should be in this conversation. I look back and find none. So I say that and ask for it.",
    "twice": "They want to hear more about it. I said the main thing before. Now I add what I left out, in simple words.",
}

CONCEPT = "[They want to know about|The question is about] {x}. First the main thing: {main}. Then I add a little more."
QUESTION = "[The question is|They ask]: {x} [What do I know?|I remember:] {main}. Then I add a little more."
LIST = "I need {n} {k}. I think of some and count. {items}. That is enough."
LONG_LIST = "I need {n} {k}. I write them one after the other and count, so that none comes twice and I stop at {n}."
STORY = "[They want|I am asked for] a story. Who is in it? {Who}. Where? {Where}. What happens? {What}. In the end all is well."
SHORT_STORY = "[They want|I am asked for] a very short story. Who is in it? {Who}. Where? {Where}. Two sentences will do."
POEM = "A poem has lines that rhyme, two by two. I look for words with the same sound: {rhymes}. Now I put {x} into it."
JOKE = "A joke asks something and then surprises. I choose the one about {x}, for it is short."
PLAIN_JOKE = "A joke asks something and then surprises. I choose a short one."
ORDER = "I say them in order: {before}, {x}, {after}. So {o} comes {v} {x}."
COUNT_ON = "I need {a} {sign} {b}. I start at {a} and count {way} {b} {steps}. {counted}. So it is {r}."
TAKE = "I need {a} times {b}. I take {b} again and again, {a} {steps}. {counted}. So it is {r}."
NOTHING = {
    "plus": "I need {a} plus {b}. Nothing is added, so it stays {r}.",
    "minus": "I need {a} minus {b}. Nothing is taken away, so it stays {r}.",
    "times": "I need {a} times {b}. Anything times zero is zero.",
}
# What an episode is about, in the order of episodes.EPISODES, with the words by which it is known.
PLOTS = [
    (" key", "a lost key"), ("storm came", "a storm comes"), ("got lost", "somebody gets lost"), ("never smiled", "somebody is sad"),
    ("decided to build", "something falls down"), ("was gone", "the food is gone"), ("wanted to", "something must be learned"),
    (" light", "a strange light"), (" lost ", "something is lost"), (" race", "a race"), ("could not sleep", "nobody can sleep"),
    (" came ", "a letter comes"), ("mistake", "something breaks"), ("dried up", "the water is gone"),
]
