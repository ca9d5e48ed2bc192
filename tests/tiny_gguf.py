"""A language model of a few kilobytes: llama.cpp loads and runs it in a moment, and what it says is noise.

Written by hand in the GGUF format (version 3): a llama of one layer, a vocabulary of single bytes, random
numbers for weights.
"""

from __future__ import annotations

import random
import struct
from math import prod
from pathlib import Path

WIDTH, HIDDEN, HEADS, CONTEXT = 32, 64, 2, 4096
# In a byte-level vocabulary every byte is written as a character: itself where it is printable, else one
# beyond the first 256.
PRINTABLE = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
HIDDEN_BYTES = [byte for byte in range(256) if byte not in PRINTABLE]
TOKENS = [
    "<|end|>",
    *(chr(byte) if byte in PRINTABLE else chr(256 + HIDDEN_BYTES.index(byte)) for byte in range(256)),
]
NORMAL, CONTROL = 1, 3
UINT32, INT32, FLOAT32, STRING, ARRAY = 4, 5, 6, 8, 9
ALIGNMENT = 32

TENSORS = {
    "token_embd.weight": (WIDTH, len(TOKENS)),
    "output_norm.weight": (WIDTH,),
    "blk.0.attn_norm.weight": (WIDTH,),
    "blk.0.attn_q.weight": (WIDTH, WIDTH),
    "blk.0.attn_k.weight": (WIDTH, WIDTH),
    "blk.0.attn_v.weight": (WIDTH, WIDTH),
    "blk.0.attn_output.weight": (WIDTH, WIDTH),
    "blk.0.ffn_norm.weight": (WIDTH,),
    "blk.0.ffn_gate.weight": (WIDTH, HIDDEN),
    "blk.0.ffn_up.weight": (WIDTH, HIDDEN),
    "blk.0.ffn_down.weight": (HIDDEN, WIDTH),
}


def write_tiny_gguf(path: Path) -> Path:
    """Write the model to `path`; the same bytes every time."""
    settings = [
        _string("general.architecture", "llama"),
        _number("llama.context_length", CONTEXT),
        _number("llama.embedding_length", WIDTH),
        _number("llama.block_count", 1),
        _number("llama.feed_forward_length", HIDDEN),
        _number("llama.attention.head_count", HEADS),
        _number("llama.rope.dimension_count", WIDTH // HEADS),
        _key("llama.attention.layer_norm_rms_epsilon", FLOAT32) + struct.pack("<f", 1e-5),
        _string("tokenizer.ggml.model", "gpt2"),
        _string("tokenizer.ggml.pre", "qwen2"),
        _array("tokenizer.ggml.tokens", STRING, [_text(token) for token in TOKENS]),
        _array(
            "tokenizer.ggml.token_type",
            INT32,
            [struct.pack("<i", CONTROL)] + [struct.pack("<i", NORMAL)] * 256,
        ),
        _array("tokenizer.ggml.merges", STRING, [_text("a b")]),
        _number("tokenizer.ggml.eos_token_id", 0),
    ]
    draw = random.Random(0)  # noqa: S311
    infos, data = [], b""
    for name, shape in TENSORS.items():
        infos.append(_text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data)))
        values = [1.0] * WIDTH if len(shape) == 1 else [draw.gauss(0, 0.2) for _ in range(prod(shape))]
        data += _aligned(struct.pack(f"<{len(values)}f", *values))
    head = b"GGUF" + struct.pack("<IQQ", 3, len(infos), len(settings))
    path.write_bytes(_aligned(head + b"".join(settings) + b"".join(infos)) + data)
    return path


def _aligned(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % ALIGNMENT)


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _key(name: str, kind: int) -> bytes:
    return _text(name) + struct.pack("<I", kind)


def _string(name: str, value: str) -> bytes:
    return _key(name, STRING) + _text(value)


def _number(name: str, value: int) -> bytes:
    return _key(name, UINT32) + struct.pack("<I", value)


def _array(name: str, kind: int, values: list[bytes]) -> bytes:
    return _key(name, ARRAY) + struct.pack("<IQ", kind, len(values)) + b"".join(values)
