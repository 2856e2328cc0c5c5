"""Write golden.json: fixed prompts, and what the exported weights must answer greedily.

    python tools/demo-model/golden.py [FOLDER]

Computed in float64 from the dequantized weights. `margins` are the gaps between the best
and the second-best logit, per output token: where one is small, another arithmetic may
fairly choose otherwise. `logits` are those of token ids 0..15 after the prompt.
"""

import json
import sys
from pathlib import Path

import vocabulary
from export import FOLDER
from generate import read_model, run
from shape import BEGIN, END, MODEL

LIMIT = 64
SYSTEM_TEXT = "You are a helpful assistant."
CHATS = {
    "greeting": [("user", "Hello!")],
    "story": [("user", "Tell me a story about a brave fox.")],
    "private": [("user", "Does my text leave my device?")],
    "explain": [("user", "What is a token?")],
    "size": [("user", "How big are you?")],
    "with a system message": [("system", SYSTEM_TEXT), ("user", "What can you do?")],
    "three turns": [
        ("user", "Hi there"),
        ("assistant", "Hello! I am a tiny model that runs inside your browser. What would you like to try?"),
        ("user", "What is the capital of France?"),
        ("assistant", "The capital of France is Paris."),
        ("user", "Thank you! Now tell me a story about a small robot."),
    ],
}
TEXTS = {
    "one token": "",
    "start of a story": "Once upon a time",
}


def long_text() -> str:
    """A raw prompt that spans several prefill chunks."""
    return " ".join(
        "Once upon a time there was a little fox who lived near a quiet river. "
        "The fox was very brave and liked to help every animal in the forest. "
        "One morning the fox found a small key under an old tree.".split()
    ) + " " + "The fox looked at the key and thought for a long time. " * 4


def case(model, tokenizer, name: str, messages: list[dict] | None, ids: list[int]) -> dict:
    """One golden case: the prompt and its greedy continuation."""
    steps = list(run(model, ids, LIMIT))
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


def cases(model, tokenizer) -> list[dict]:
    """All chats, then the raw prompts (messages null)."""
    made = []
    for name, turns in CHATS.items():
        messages = [dict(role=role, content=content) for role, content in turns]
        made.append(case(model, tokenizer, name, messages, vocabulary.prompt(tokenizer, messages)))
    for name, text in {**TEXTS, "several chunks": long_text().strip()}.items():
        ids = [BEGIN, *vocabulary.encode(tokenizer, text)]
        made.append(case(model, tokenizer, name, None, ids))
    return made


def main(folder: Path) -> None:
    """Compute, report the smallest margins, write."""
    model = read_model(folder).double()
    found = cases(model, vocabulary.read(folder / "tokenizer.json"))
    for c in found:
        print(f"{c['name']}: {len(c['promptTokens'])} + {len(c['outputTokens'])} tokens,"
              f" smallest margin {min(c['margins']):.3f}\n  {c['text']!r}")
    lines = ",\n".join(json.dumps(c, ensure_ascii=False) for c in found)
    text = f'{{"version": 1, "model": "{MODEL}", "cases": [\n{lines}\n]}}\n'
    (folder / "golden.json").write_text(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
