"""SmolLM: the bundled model's sums, written out in int8 because that is three times as fast as the general library."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

Tensor = Any


class SmolLM:
    """A Llama of int8 weights with its memory of what it has read; one conversation at a time."""

    def __init__(self, folder: Path, progress: Callable[[float], None] = lambda _share: None) -> None:
        self.shape = json.loads((folder / "shape.json").read_text())
        kept = load_file(folder / "int8.safetensors")
        layers, self.heads = self.shape["num_hidden_layers"], self.shape["num_key_value_heads"]
        self.width, self.eps = self.shape["head_dim"], self.shape["rms_norm_eps"]
        self.group = self.shape["num_attention_heads"] // self.heads
        self.context: int = self.shape["max_position_embeddings"]
        self.embed, self.embed_scale = kept["embed"], kept["embed.scale"]
        self.head, self.norm = packed(kept, "embed"), kept["norm"]
        parts = ("qkv", "out", "gate_up", "down")
        self.layers = []
        for n in range(layers):
            weights = (packed(kept, f"{n}.{part}") for part in parts)
            self.layers.append((kept[f"{n}.norm"], kept[f"{n}.mlp_norm"], *weights))
            progress((n + 1) / layers)
        # Memory for the whole context is only reserved here; it costs nothing until it is written.
        self.memory = torch.empty(layers, 2, self.heads, self.context, self.width)
        turns = self.shape["rope_theta"] ** (-torch.arange(0, self.width, 2) / self.width)
        angles = torch.outer(torch.arange(self.context), turns)
        self.turn = torch.polar(torch.ones_like(angles), angles).unsqueeze(1)
        self.read = 0

    def back(self) -> None:
        """Forget what was read."""
        self.read = 0

    def feed(self, ids: list[int]) -> Tensor:
        """Read some tokens; what comes next as one unnormalised score for each word of the vocabulary."""
        known = torch.tensor(ids)
        x = self.embed[known].float() * self.embed_scale[known].unsqueeze(1)
        start, end = self.read, self.read + len(ids)
        turn = self.turn[start:end]
        mask = None if len(ids) == 1 else self.sight(start, end)
        linear, width = torch.ops.quantized.linear_dynamic, (x.shape[1],)
        for memory, (norm, mlp_norm, qkv, out, gate_up, down) in zip(self.memory, self.layers, strict=True):
            mixed = linear(F.rms_norm(x, width, norm, self.eps), qkv, True)
            x = x + linear(self.attend(mixed, memory, turn, start, end, mask), out, True)
            gate, up = linear(F.rms_norm(x, width, mlp_norm, self.eps), gate_up, True).chunk(2, dim=1)
            x = x + linear(F.silu(gate) * up, down, True)
        self.read = end
        return linear(F.rms_norm(x[-1:], width, self.norm, self.eps), self.head, True)[0]

    def sight(self, start: int, end: int) -> Tensor:
        """Which tokens each new token may look at: itself and all before it."""
        return torch.arange(end).unsqueeze(0) <= torch.arange(start, end).unsqueeze(1)

    def attend(self, mixed: Tensor, memory: Tensor, turn: Tensor, start: int, end: int, mask: Tensor) -> Tensor:
        """What each new token takes from those before it."""
        count, heads, group, width = end - start, self.heads, self.group, self.width
        both, values = mixed.split([(heads * group + heads) * width, heads * width], dim=1)
        pairs = torch.view_as_complex(both.reshape(count, -1, width // 2, 2))
        turned = torch.view_as_real(pairs * turn).reshape(count, -1, width).transpose(0, 1)
        memory[0, :, start:end] = turned[heads * group :]
        memory[1, :, start:end] = values.view(count, heads, width).transpose(0, 1)
        keys, values = memory[0, :, :end], memory[1, :, :end]
        if mask is None:
            seen = torch.bmm(turned[: heads * group].reshape(heads, group, width), keys.transpose(1, 2))
            return torch.bmm(seen.softmax(-1), values).view(1, -1)
        asked = turned[: heads * group].unsqueeze(0)
        taken = F.scaled_dot_product_attention(
            asked, keys.unsqueeze(0), values.unsqueeze(0), mask, scale=1.0, enable_gqa=True
        )
        return taken[0].transpose(0, 1).reshape(count, -1)


def packed(kept: dict[str, Tensor], name: str) -> Tensor:
    """An int8 weight in the order that this processor multiplies fastest."""
    scale = kept[f"{name}.scale"].double()
    zeros = torch.zeros(len(scale), dtype=torch.long)
    with warnings.catch_warnings(action="ignore"):  # that a later version of the library will do this otherwise
        weight = torch._make_per_channel_quantized_tensor(kept[name], scale, zeros, 0)
    return torch.ops.quantized.linear_prepack(weight, None)
