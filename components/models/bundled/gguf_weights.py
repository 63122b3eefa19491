"""Convert: what the bundled model's one file holds (GGUF, 4 bit): its weights, measures and tokenizer."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

Array = NDArray[Any]
END_TOKEN = "<|im_end|>"  # the file's own generation settings name another token; the chat ends here
WEIGHT_NAMES = {
    "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
}  # fmt: skip


class ShippedWeights:
    """The weights file as it was shipped."""

    def __init__(self, path: Path) -> None:
        self.reader = GGUFReader(path)
        self.tensors = {tensor.name: tensor for tensor in self.reader.tensors}

    def weight(self, name: str) -> Array:
        """One weight in float32."""
        tensor = self.tensors[f"{name}.weight"]
        return np.ascontiguousarray(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)

    def field(self, name: str) -> Any:
        """A metadata field of the file. KeyError where it has none of this name."""
        return self.reader.fields[name].contents()

    @property
    def shape(self) -> dict[str, Any]:
        """The model's measures, by the names that a config.json uses."""
        return {
            "num_hidden_layers": self.field("llama.block_count"),
            "hidden_size": self.field("llama.embedding_length"),
            "intermediate_size": self.field("llama.feed_forward_length"),
            "num_attention_heads": self.field("llama.attention.head_count"),
            "num_key_value_heads": self.field("llama.attention.head_count_kv"),
            "head_dim": self.field("llama.rope.dimension_count"),
            "rope_theta": self.field("llama.rope.freq_base"),
            "rms_norm_eps": self.field("llama.attention.layer_norm_rms_epsilon"),
            "max_position_embeddings": self.field("llama.context_length"),
            "vocab_size": self.field("llama.vocab_size"),
        }


def build_tokenizer(shipped: ShippedWeights) -> Tokenizer:
    """The tokenizer that the file describes; digits stand alone, as the model was trained."""
    words: list[str] = shipped.field("tokenizer.ggml.tokens")
    merges = [tuple(merge.split(" ")) for merge in shipped.field("tokenizer.ggml.merges")]
    tokenizer = Tokenizer(models.BPE({word: n for n, word in enumerate(words)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    kinds: list[int] = shipped.field("tokenizer.ggml.token_type")
    tokenizer.add_special_tokens(
        [AddedToken(word, special=True, normalized=False) for word, kind in zip(words, kinds, strict=True) if kind == 3]
    )
    return tokenizer


def write_float32(shipped: ShippedWeights, folder: Path) -> None:
    """The same weights as a folder that `transformers` loads by itself: tests and benchmarks compare with it."""
    shape = shipped.shape
    heads = {"attn_q": shape["num_attention_heads"], "attn_k": shape["num_key_value_heads"]}
    tensors = {
        "model.embed_tokens.weight": shipped.weight("token_embd"),
        "model.norm.weight": shipped.weight("output_norm"),
    }
    for n in range(shape["num_hidden_layers"]):
        for name, long in WEIGHT_NAMES.items():
            weight = shipped.weight(f"blk.{n}.{name}")
            tensors[f"model.layers.{n}.{long}.weight"] = (
                split_rotary_halves(weight, heads[name]) if name in heads else weight
            )
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(shipped).save(str(folder / "tokenizer.json"))
    special = {
        "bos_token": "<|im_start|>",
        "eos_token": END_TOKEN,
        "pad_token": END_TOKEN,
        "unk_token": "<|endoftext|>",
    }
    ids = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2}
    template = {"chat_template": shipped.field("tokenizer.chat_template")}
    llama = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "tie_word_embeddings": True, "dtype": "float32",
    }  # fmt: skip
    write_json(folder / "config.json", {**llama, **shape, **ids})
    write_json(folder / "generation_config.json", ids)
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", **special, **template})


def split_rotary_halves(weight: Array, heads: int) -> Array:
    """Rows with rotary pairs a half apart, as transformers has them, from neighbours."""
    width = weight.shape[0] // heads
    pairs = weight.reshape(heads, width // 2, 2, weight.shape[1])
    return np.ascontiguousarray(pairs.swapaxes(1, 2).reshape(weight.shape))


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Write one small JSON file."""
    path.write_text(json.dumps(values, indent=1))
