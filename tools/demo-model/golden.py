"""Write golden.json: fixed prompts, and what the exported weights must answer greedily.

    python tools/demo-model/golden.py [FOLDER] [--thinks]

Computed in float64 from the dequantized weights. `margins` are the gaps between the best
and the second-best logit, per output token: where one is small, another arithmetic may
fairly choose otherwise, so an answer is cut before the first margin below SURE.
`logits` are those of token ids 0..15 after the prompt. For the model that thinks there are cases
that are to be answered directly, too.
"""

import argparse
import json
from pathlib import Path

import vocabulary
from export import FOLDER
from generate import read_model, run
from shape import BEGIN, END, MODEL, THINKING_MODEL

LIMIT, SURE = 64, 0.05
SYSTEM_TEXT = "You are a helpful assistant."
WINDOW = (
    "The context window is the number of tokens a model can keep in mind at once. Mine is 2048 tokens, for your text "
    "and my answers together. When it is full, the conversation must be cut or started again."
)
TOKEN = (
    "A token is a small piece of text, often a short word or a part of a word. A language model reads and writes "
    "tokens, one after the other. For example, the word \"cat\" may be one token, and a long rare word may be several. "
    "This is why speed is counted in tokens per second."
)
SPEED = (
    "Tokens per second says how many pieces of text a model can read or write in one second. A higher number means a "
    "faster answer. People read about five to ten tokens per second, so more than that feels quick."
)
GREETING = "Hello and welcome! I am a tiny model that runs inside your browser. Would you like a story?"
CHATS = {
    "greeting": ["Hello!"],
    "story": ["Write a story about a young wizard."],
    "private": ["Does my text leave my device?"],
    "token": ["What is a token?"],
    "language model": ["What is a language model?"],
    "first answer": ["Why is the first answer slow?"],
    "haiku": ["Write a haiku about the sea."],
    "four questions": ["Hi there", GREETING, "What is a token?", TOKEN, "What are tokens per second?", SPEED, "How big are you?"],
}
THINKING_CHATS = {
    "greeting": ["Hello!"],
    "sum": ["What is 3 plus 4?"],
    "private": ["Does my text leave my device?"],
    "capital": ["What is the capital of France?"],
    "token": ["What is a token?"],
    "story": ["Write a story about a young wizard."],
    "two questions": ["What is a token?", TOKEN, "What is the capital of Japan?"],
}
DIRECT_CHATS = {
    "direct, greeting": ["Hello!"],
    "direct, private": ["Does my text leave my device?"],
    "direct, token": ["What is a token?"],
}
RAW = {
    "raw, one token": (1, "The"),
    "raw, a beginning": (0, "The context window is"),
    "raw, exactly one chunk": (64, "The context window is"),
    "raw, one chunk and a token": (65, "The sky is blue because"),
    "raw, two chunks": (128, "The sky is blue because"),
    "raw, several chunks": (200, "The context window is"),
}


def raw_prompt(tokenizer, length: int, text: str) -> list[int]:
    """The text behind as many tokens of other documents as make the length (0: none of them).

    A length of 1 is the text's own token alone, not even <|begin|> before it.
    """
    if length == 1:
        return vocabulary.encode(tokenizer, text)
    ids = [BEGIN, *vocabulary.encode(tokenizer, text)]
    missing = max(length - len(ids), 0)
    filler = [END, *reversed(vocabulary.encode(tokenizer, WINDOW)), BEGIN]
    before = [filler[i % len(filler)] for i in range(missing)]
    return [*reversed(before), *ids]


def sure(steps: list) -> list:
    """The steps before the first that another arithmetic might decide otherwise."""
    for i, (_, logits) in enumerate(steps):
        best = logits.topk(2).values
        if best[0] - best[1] < SURE:
            return steps[:i]
    return steps


def case(model, tokenizer, name: str, messages: list[dict] | None, ids: list[int]) -> dict:
    """One golden case: the prompt and its greedy continuation."""
    steps = sure(list(run(model, ids, LIMIT)))
    tokens = [token for token, _ in steps]
    best = [logits.topk(2).values.tolist() for _, logits in steps]
    return dict(
        name=name,
        messages=messages,
        promptTokens=ids,
        outputTokens=tokens,
        finish="stop" if tokens[-1] == END else "length",
        text=tokenizer.decode(tokens, skip_special_tokens=True),
        margins=[round(first - second, 4) for first, second in best],
        logits=[round(x, 6) for x in steps[0][1][:16].tolist()],
    )


def said(turns: list[str]) -> list[dict]:
    """Messages, the first by the user."""
    return [dict(role=("user", "assistant")[i % 2], content=turn) for i, turn in enumerate(turns)]


def cases(model, tokenizer, thinks: bool) -> list[dict]:
    """All chats, one of them with a system message, then (messages null) those without thinking and the raw prompts."""
    made = []
    for name, turns in (THINKING_CHATS if thinks else CHATS).items():
        made.append(case(model, tokenizer, name, said(turns), vocabulary.prompt(tokenizer, said(turns))))
    messages = [dict(role="system", content=SYSTEM_TEXT), dict(role="user", content="What can you do?")]
    made.append(case(model, tokenizer, "system message", messages, vocabulary.prompt(tokenizer, messages)))
    for name, turns in (DIRECT_CHATS if thinks else {}).items():
        made.append(case(model, tokenizer, name, None, vocabulary.prompt(tokenizer, said(turns), direct=True)))
    for name, (length, text) in RAW.items():
        made.append(case(model, tokenizer, name, None, raw_prompt(tokenizer, length, text)))
    return made


def main(folder: Path, thinks: bool) -> None:
    """Compute, report the smallest margins, write."""
    model = read_model(folder).double()
    found = cases(model, vocabulary.read(folder / "tokenizer.json"), thinks)
    for c in found:
        print(f"{c['name']}: {len(c['promptTokens'])} + {len(c['outputTokens'])} tokens,"
              f" smallest margin {min(c['margins']):.3f}\n  {c['text']!r}")
    lines = ",\n".join(json.dumps(c, ensure_ascii=False) for c in found)
    text = f'{{"version": 1, "model": "{THINKING_MODEL if thinks else MODEL}", "cases": [\n{lines}\n]}}\n'
    (folder / "golden.json").write_text(text)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    options.add_argument("--thinks", action="store_true", help="the folder holds the model that thinks")
    given = options.parse_args()
    main(given.folder, given.thinks)
