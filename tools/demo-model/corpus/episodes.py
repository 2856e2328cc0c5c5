"""The sentences of the stories. Slots: who, noun, hero, trait, name, where, helper, ahelper, friend."""

OPENINGS = {
    True: [
        "[Once upon a time|Once|Long ago|A long time ago], there [was|lived] {a} named {name}. {Name} lived {where}.",
        "{Name} was {a} who lived {where}.",
        "Once upon a time, {where}, there lived {a} called {name}.",
        "There was once {a} whose name was {name}. {Name} had a small home {where}.",
    ],
    False: [
        "[Once upon a time|Once|Long ago|A long time ago], there was {a} who lived {where}.",
        "Once upon a time, {where}, there lived {a}.",
        "{A} lived {where}.",
        "There was once {a}. Its home was {where}.",
    ],
}
HABITS = [
    "Every [morning|evening], {who} [looked at the sky|counted the clouds|sang a little song|listened to the wind] and [dreamed of far places|smiled|hoped for something new].",
    "{Who} loved [warm bread|long walks|bright stars|quiet mornings|small surprises] more than anything [in the world|else].",
    "All [the neighbours|the others] knew that {who} was [kind|curious|patient|full of ideas], and they [often came to visit|liked that very much].",
    "{Who} had one big wish: to [see the sea|make a true friend|learn to dance|fly above the clouds|find a treasure].",
    "Nobody [there] [laughed|worked|asked questions] as [much|often] as {who}.",
    "Most days were [quiet|slow|calm], and {who} [did not mind|liked it that way].",
]
EPISODES = [
    ("{who} found a small [silver|golden|rusty] key [under a stone|in the grass|beside the path]. \"What does it open?\" [asked|wondered] {who}. {Who} tried every [door|box] nearby, but the key [did not fit|was too small]. Then {ahelper} came along and said, \"I have [lost|been looking for] that key all [day|week]!\" It opened a [little box|wooden chest] full of [letters|songs|old photographs], and {friend} shared [every one of them|them all] with {who}.",
     "One day {who} found a lost key and gave it back to {ahelper}, and the two became friends."),
    ("a [great|terrible|sudden] storm came. The wind blew and the rain [fell and fell|would not stop]. {Who} heard a [small|weak] voice calling for help. It was {ahelper}, [stuck in the mud|lost in the dark|cold and wet]. {Who} was afraid, but went out [anyway|all the same]. Step by step, {who} led {friend} to a [dry|warm|safe] place, and they [waited|drank tea|told stories] together until the sun came back.",
     "When a storm came, {who} helped {ahelper} find a safe place, and they waited for the sun together."),
    ("{who} got lost. Every path looked the same, and it was getting [dark|late]. {Who} wanted to cry, but [sat down and took a deep breath|stopped to think] instead. \"Look for [the brightest star|the sound of water|the smell of home],\" said a voice. It was {ahelper}. They walked [together|side by side], slowly and carefully, and [soon|before long] {who} could see [the lights of home|a window with a light]. \"Thank you,\" said {who}. \"Come and visit me [tomorrow|soon]!\"",
     "One day {who} got lost, but {ahelper} showed the way home, and {who} was thankful."),
    ("{who} met {ahelper} who never smiled. \"Why are you so sad?\" asked {who}. \"Nobody [plays|talks|sits] with me,\" said {friend}. {Who} thought about it. Then {who} [told a joke|sang a silly song|danced in a circle] until {friend} began to laugh. They laughed so [much|loudly] that [the birds|the neighbours|the trees] laughed too. From then on, they met every [day|afternoon].",
     "One day {who} met {ahelper} who never smiled, and made {friend} laugh again."),
    ("{who} decided to build a [bridge|boat|tower|house]. It was hard work. The first one fell down. The second one [fell down too|broke in the middle]. \"I will never [finish it|do it],\" said {who}. But {ahelper} had been watching. \"You only need [a little help|stronger wood|one more try],\" said {friend}. They worked together [all day|for three days], and this time it [stood firm|held]. Everybody came to [see|admire] it.",
     "One day {who} tried to build something and failed twice, but with the help of {ahelper} it stood firm."),
    ("all the [bread|soup|water|honey] was gone. Everyone was hungry and [cross|worried]. {Who} had only one small [loaf|bowl|apple] left. \"It is not [much|enough],\" said {who}, \"but we can share it.\" First came {ahelper}, then [another|a neighbour], then [ten more|many others]. Each one brought something [small|little]. In the end there was a [feast|big dinner] for all, and nobody went to bed hungry.",
     "When the food was gone, {who} shared the last bit, and soon everyone shared too."),
    ("{who} wanted to [sing|dance|swim|climb|paint], but did not know how. {Who} tried and tried, and it [went wrong every time|looked terrible]. \"I am no good at this,\" said {who}. \"Nobody is good [at first|on the first day],\" said {ahelper}. So {who} practised a little every day. After [one week|one month], something [wonderful|surprising] happened: it [worked|was easy]! {Friend} clapped [and cheered].",
     "{who} wanted to learn something new, and with a little practice every day it worked."),
    ("{who} saw a [strange|soft|blue] light [behind the hill|between the trees|far away]. Everyone else was afraid of it. \"I will go and look,\" said {who}. The way was long and [dark|cold]. At the end of it sat {ahelper} with a [lamp|lantern]. \"I light it every night,\" said {friend}, \"so that nobody has to be [alone|lost].\" {Who} [smiled|nodded] and [stayed for a while|sat down too], and the night was not so dark any more.",
     "One night {who} followed a strange light and found {ahelper} with a lamp and a kind heart."),
    ("{who} lost [a red hat|a small bell|a favourite button|a little map]. {Who} looked under the bed, behind the door and [even] on the roof, but it was [nowhere|gone]. {Ahelper} offered to help. They [followed|looked for] every clue: a [footprint|crumb], a [feather|thread], a [funny sound|trail of dust]. At last they found it [in a bird's nest|on top of a snowman|in the hands of a sleeping baby]. {Who} laughed. \"Let it stay there,\" said {who}. \"It looks [happy|better] there.\"",
     "{who} lost something dear, found it in a funny place with the help of {ahelper}, and let it stay there."),
    ("there was a race. {Who} was the [slowest|smallest] of all, and the others [smiled|laughed] about it. The race began, and soon {who} was [last|far behind]. Then {who} saw {ahelper} who had fallen [down|on the path]. All the others had run past. {Who} stopped to help. They reached the end [together|hand in hand] when the sun went down, [and|but] everyone clapped for them. \"You did not win the race,\" said {friend}, \"but you won a friend.\"",
     "{who} lost a race because {who} stopped to help {ahelper}, and won a friend."),
    ("{who} could not sleep. The moon was [too bright|round and white], and the night was full of [little] sounds. So {who} went [outside|for a walk] and met {ahelper}, who could not sleep either. They [counted the stars|told each other stories|listened to the owls]. At number [one hundred|fifty|ninety], {friend} began to [yawn|snore]. {Who} [smiled|yawned too], went home, and slept until [noon|morning].",
     "One night {who} could not sleep, and counted the stars with {ahelper} until both were tired."),
    ("a [letter|map|message] came [with the wind|in a bottle|in the post]. It said: \"[Come to the old tree|Walk to the top of the hill|Look behind the waterfall].\" {Who} packed [an apple|some bread] and [a warm coat|a lamp] and set off. On the way, {ahelper} asked to come along. When they arrived, there was [no gold and no treasure|nothing but a bench]. But from there they could see [the whole world|the sea and the mountains|a thousand lights]. \"This is better than gold,\" said {who}.",
     "{who} followed a strange letter with {ahelper} and found a view that was better than gold."),
    ("{who} made a mistake and broke {friend}'s [favourite cup|window|flower pot]. {Who} wanted to [hide|run away]. But the heart of {who} felt [heavy|as heavy as a stone]. So {who} went to {friend} and said, \"It was me. I am sorry.\" {Friend} was quiet [for a moment|at first]. Then {friend} said, \"Thank you for telling the truth. Let us [mend it|fix it] together.\" And so they did.",
     "{who} broke something, told the truth about it, and was forgiven."),
    ("the [river|well|lake] dried up. All the [flowers|plants] hung their heads. {Who} [climbed the hill|walked for a whole day] to see why, and found a big stone [in the way|that blocked the water]. {Who} pushed and pushed, but the stone did not move. Then came {ahelper}, and then [two more friends|a whole family of ants]. They all pushed [at once|together]. The stone rolled away, and the water [sang|came back].",
     "When the water stopped, {who} and {ahelper} pushed a big stone out of its way."),
]
ENDINGS = [
    "And [so|that is how] {who} learned that [a friend makes every road shorter|small steps go a long way|kindness always comes back|it is good to ask for help|being brave means trying anyway].",
    "From that day on, {who} and {friend} were the best of friends.",
    "That night, {who} fell asleep with a smile. The end.",
    "And if you go there today, you may still [see|hear] {who} [laughing|singing|smiling].",
    "{Who} never forgot that day, and neither did {friend}.",
    "And they all lived happily [ever after|for a long time]. The end.",
    "\"What a day!\" said {who}. And [it was|everyone agreed].",
]
