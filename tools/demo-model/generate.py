"""Read an exported folder back, dequantize it, and generate with it on the CPU.

    python tools/demo-model/generate.py "Tell me a story about a fox." [--temperature 0.6]
    python tools/demo-model/generate.py --file tools/demo-model/prompts.txt [--folder FOLDER] [--direct]

Questions on the command line make one conversation, turn by turn; those of a file stand alone.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import vocabulary
from export import FOLDER
from model import Llama
from quantize import dequantize, unpack
from shape import END, SHAPE

LIMIT = 400


def read_tensors(folder: Path) -> dict[str, np.ndarray]:
    """All tensors of a folder by name."""
    found = {}
    for shard in json.loads((folder / "tensor-cache.json").read_text())["records"]:
        body = (folder / shard["dataPath"]).read_bytes()
        for r in shard["records"]:
            piece = body[r["byteOffset"] : r["byteOffset"] + r["nbytes"]]
            found[r["name"]] = np.frombuffer(piece, r["dtype"]).reshape(r["shape"])
    return found


def read_model(folder: Path = FOLDER) -> Llama:
    """The model with the very weights a GPU computes with: (q - 7) * scale in float32."""
    found, model = read_tensors(folder), Llama(SHAPE)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            stem = name.removesuffix(".weight")
            if name in found:
                weight.copy_(torch.from_numpy(found[name].copy()))
            else:
                scale = torch.from_numpy(found[f"{stem}.q_scale"].copy())
                weight.copy_(dequantize(unpack(found[f"{stem}.q_weight"]), scale))
    return model.eval()


def pick(logits: torch.Tensor, temperature: float, top_p: float) -> int:
    """The likeliest token at temperature 0, else one drawn from the top_p nucleus."""
    if temperature == 0:
        return int(logits.argmax())
    chance, order = torch.softmax(logits / temperature, -1).sort(descending=True)
    chance[chance.cumsum(-1) - chance > top_p] = 0
    return int(order[torch.multinomial(chance, 1)])


@torch.no_grad()
def run(model: Llama, ids: list[int], limit: int, temperature: float = 0.0, top_p: float = 0.9):
    """Yield (token, logits) after the prompt ids; the last token may be the stop token."""
    past = [[] for _ in model.model.layers]
    logits = model(torch.tensor([ids]), 0, past)[0, -1]
    for position in range(len(ids), len(ids) + limit):
        token = pick(logits, temperature, top_p)
        yield token, logits
        if token == END:
            return
        logits = model(torch.tensor([[token]]), position, past)[0, -1]


def answer(model: Llama, tokenizer, messages: list[dict], temperature: float = 0.0, direct: bool = False) -> str:
    """The model's answer to a conversation, as text; what it thought first included."""
    ids = vocabulary.prompt(tokenizer, messages, direct)
    tokens = [token for token, _ in run(model, ids, LIMIT, temperature)]
    return tokenizer.decode(tokens, skip_special_tokens=True)


def main() -> None:
    """Answer the questions given."""
    options = argparse.ArgumentParser()
    options.add_argument("question", nargs="*")
    options.add_argument("--file", type=Path, help="one question a line")
    options.add_argument("--temperature", type=float, default=0.0)
    options.add_argument("--folder", type=Path, default=FOLDER)
    options.add_argument("--direct", action="store_true", help="tell a model that thinks not to")
    given = options.parse_args()
    torch.set_num_threads(1)
    tokenizer, model = vocabulary.read(given.folder / "tokenizer.json"), read_model(given.folder)
    talks = [[line] for line in given.file.read_text().splitlines()] if given.file else [given.question]
    for questions in talks:
        talk = []
        for question in questions:
            talk.append(dict(role="user", content=question))
            text = answer(model, tokenizer, talk, given.temperature, given.direct)
            talk.append(dict(role="assistant", content=text.split("</think>")[-1].lstrip()))
            print(f"> {question}\n{text}\n", flush=True)


if __name__ == "__main__":
    main()
