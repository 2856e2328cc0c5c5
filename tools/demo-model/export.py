"""Write the model's folder as web-llm reads it: config, tensor-cache.json and weight shards.

    python tools/demo-model/export.py CHECKPOINT [FOLDER]
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch

from model import Llama
from quantize import pack, quantize
from shape import ASSISTANT, BEGIN, END, SHAPE, SPECIALS, SYSTEM, USER

FOLDER = Path(__file__).resolve().parents[2] / "public/models/demo/resolve/main"
SHARD_BYTES = 512 * 1024


def tensors(model: Llama) -> list[tuple[str, np.ndarray]]:
    """Every stored tensor by its MLC name: matrices as q_weight and q_scale, norms as they are."""
    found = []
    for name, weight in model.named_parameters():
        weight = weight.detach().float()
        if weight.dim() == 1:
            found.append((name, weight.numpy()))
            continue
        q, scale = quantize(weight)
        stem = name.removesuffix(".weight")
        found += [(f"{stem}.q_weight", pack(q)), (f"{stem}.q_scale", scale.numpy())]
    return found


def shards(found: list[tuple[str, np.ndarray]]) -> list[list[tuple[str, np.ndarray]]]:
    """Fill shards in order; a tensor is never split."""
    filled, size = [[]], 0
    for name, array in found:
        if filled[-1] and size + array.nbytes > SHARD_BYTES:
            filled.append([])
            size = 0
        filled[-1].append((name, array))
        size += array.nbytes
    return filled


def write_shard(folder: Path, number: int, content: list[tuple[str, np.ndarray]]) -> dict:
    """Write one shard and return its record."""
    body, records = b"", []
    for name, array in content:
        records.append(
            dict(name=name, shape=list(array.shape), dtype=str(array.dtype), format="raw",
                 nbytes=array.nbytes, byteOffset=len(body))
        )
        body += array.astype(array.dtype.newbyteorder("<")).tobytes()
    path = folder / f"params_shard_{number}.bin"
    path.write_bytes(body)
    digest = hashlib.md5(body).hexdigest()
    return dict(dataPath=path.name, format="raw-shard", nbytes=len(body), records=records, md5sum=digest)


def write_weights(model: Llama, folder: Path) -> None:
    """Write all shards and tensor-cache.json, removing the shards of an earlier export."""
    for old in folder.glob("params_shard_*.bin"):
        old.unlink()
    found = tensors(model)
    total = sum(array.nbytes for _, array in found)
    count = sum(weight.numel() for weight in model.parameters())
    metadata = dict(ParamSize=len(found), ParamBytes=total, BitsPerParam=total * 8 / count)
    records = [write_shard(folder, i, content) for i, content in enumerate(shards(found))]
    write_json(folder / "tensor-cache.json", dict(metadata=metadata, records=records))


def conv_template() -> dict:
    """How a conversation becomes text; an empty system message is left out altogether."""
    return dict(
        name="demo",
        system_template=f"{SPECIALS[SYSTEM]}{{system_message}}{SPECIALS[END]}",
        system_message="",
        render_empty_system_message=False,
        system_prefix_token_ids=[BEGIN],
        add_role_after_system_message=True,
        roles=dict(user=SPECIALS[USER], assistant=SPECIALS[ASSISTANT], tool=SPECIALS[USER]),
        role_templates=dict(
            user="{user_message}", assistant="{assistant_message}", tool="{tool_message}"
        ),
        messages=[],
        seps=[SPECIALS[END]],
        role_content_sep="",
        role_empty_sep="",
        stop_str=[],
        stop_token_ids=[END],
        function_string="",
        use_function_calling=False,
    )


def chat_config() -> dict:
    """mlc-chat-config.json."""
    model_config = {k: getattr(SHAPE, k) for k in SHAPE.__dataclass_fields__}
    return dict(
        version="0.1.0", model_type="llama", quantization="q4f32_1", model_config=model_config,
        vocab_size=SHAPE.vocab_size, context_window_size=SHAPE.context_window_size,
        sliding_window_size=-1, attention_sink_size=-1, prefill_chunk_size=SHAPE.prefill_chunk_size,
        temperature=0.3, top_p=0.9, repetition_penalty=1.0, presence_penalty=0.0, frequency_penalty=0.0,
        bos_token_id=BEGIN, eos_token_id=[END], pad_token_id=END,
        tokenizer_files=["tokenizer.json", "tokenizer_config.json"],
        tokenizer_info=dict(
            token_postproc_method="byte_level", prepend_space_in_encode=False, strip_space_in_decode=False
        ),
        conv_template=conv_template(),
    )


def tokenizer_config() -> dict:
    """tokenizer_config.json, for those who use the folder with other tools."""
    template = (
        "{{ bos_token }}{% for m in messages %}"
        "{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
    )
    return dict(
        tokenizer_class="PreTrainedTokenizerFast", bos_token=SPECIALS[BEGIN], eos_token=SPECIALS[END],
        pad_token=SPECIALS[END], clean_up_tokenization_spaces=False,
        model_max_length=SHAPE.context_window_size, chat_template=template,
    )


def write_json(path: Path, data: dict) -> None:
    """Indented JSON with a final newline."""
    path.write_text(json.dumps(data, indent=1) + "\n")


def load(checkpoint: str) -> Llama:
    """The model of a checkpoint file, in float32."""
    model = Llama(SHAPE)
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    return model.eval()


def export(model: Llama, folder: Path) -> None:
    """Everything but the tokenizer.json, which vocabulary.py writes."""
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(model, folder)
    write_json(folder / "mlc-chat-config.json", chat_config())
    write_json(folder / "tokenizer_config.json", tokenizer_config())


if __name__ == "__main__":
    export(load(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER)
