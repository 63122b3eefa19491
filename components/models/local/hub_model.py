"""Hub: any other model: a folder of weights or a hub's name, loaded in float32 with the general library.

It runs on a graphics card where torch sees one that speaks CUDA, else on the processor.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DynamicCache,
)

from components.core.explained import Explained, plain_reason
from components.core.prompt import Message
from components.models.local.classifier_engine import ClassifierEngine
from components.models.local.model_task import is_classifier
from components.models.local.token_draft import LikelyTokens
from components.models.local.token_engine import Engine
from components.models.source import Settings, Source

DEFAULT_CONTEXT_TOKENS = 4096  # tokens, for a model that does not say how much it can read
TOP_TOKENS = 256  # only so many of the likeliest words are ever drawn from


class HubNet:
    """Any causal language model of the general library, read in a bare loop with its cache: one answer at a time."""

    rows, piece, remembers = 1, 64, False

    def __init__(self, model: Any) -> None:
        self.model = model
        self.context = int(getattr(model.config, "max_position_embeddings", 0) or DEFAULT_CONTEXT_TOKENS)
        self.cache: Any = None

    def read(self, row: int, ids: Sequence[int], start: int) -> LikelyTokens:
        """Read these tokens too, or from the start; what may come next."""
        assert row < self.rows
        if start == 0:
            self.cache = DynamicCache(config=self.model.config)
        with torch.inference_mode():
            inputs = torch.tensor([ids], device=self.model.device)
            out = self.model(inputs, past_key_values=self.cache, use_cache=True, logits_to_keep=1)
            logprobs = out.logits[0, -1].float().log_softmax(-1)
            top = logprobs.topk(min(TOP_TOKENS, len(logprobs)))
        return top.indices.cpu().numpy(), top.values.cpu().numpy()

    def step(self, ids: Sequence[int], starts: Sequence[int]) -> list[LikelyTokens]:
        """Read one more token."""
        return [self.read(0, ids, starts[0])]

    def swap(self, first: int, second: int, count: int) -> None:
        """Nothing: there is one row only."""

    def copy(self, source: int, target: int, count: int) -> None:
        """Nothing: there is one row only."""


class TemplateCodec:
    """The codec of a model that brings its own tokenizer and chat template."""

    def __init__(self, tokenizer: Any, ends: frozenset[int]) -> None:
        self.tokenizer, self.ends = tokenizer, ends

    def encode(self, messages: Sequence[Message], partial: str) -> list[int]:
        """The tokens of a conversation; after `partial` the answer goes on."""
        if not self.tokenizer.chat_template:
            text = "\n".join(message.text for message in messages)
            return list(self.tokenizer(f"{text}\n{partial}")["input_ids"])
        turns = [{"role": message.role, "content": message.text} for message in messages]
        if partial:
            turns.append({"role": "assistant", "content": partial})
        encoded = self.tokenizer.apply_chat_template(
            turns, add_generation_prompt=not partial, continue_final_message=bool(partial), return_dict=True
        )
        return list(encoded["input_ids"])

    def decode(self, ids: Sequence[int]) -> str:
        """The words of some tokens."""
        return str(self.tokenizer.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False))

    def token_name(self, id: int) -> str:
        """The text of one token, or its name where it has none."""
        return self.decode([id]) or str(self.tokenizer.convert_ids_to_tokens(id))


def load_hub_model(
    source: Source, settings: Settings, progress: Callable[[float, str], None]
) -> Engine | ClassifierEngine:
    """The engine of a folder or a hub's model. Explained where it cannot be loaded."""
    try:
        progress(0.4, "Loading the tokenizer")
        tokenizer = AutoTokenizer.from_pretrained(source.where)
        sorts = is_classifier(AutoConfig.from_pretrained(source.where).architectures)
        kind = AutoModelForSequenceClassification if sorts else AutoModelForCausalLM
        progress(0.5, "Loading the weights")
        model = kind.from_pretrained(source.where, dtype=torch.float32).eval().to(torch_device())
    except (OSError, ValueError, RuntimeError, ImportError, MemoryError, SafetensorError) as error:
        raise unreachable_model(source, error) from error
    if sorts:
        return ClassifierEngine(model, tokenizer)
    named = model.generation_config.eos_token_id if model.generation_config else None
    ends = {tokenizer.eos_token_id, *(named if isinstance(named, list) else [named])}
    return Engine(HubNet(model), TemplateCodec(tokenizer, frozenset(id for id in ends if id is not None)), settings)


def torch_device() -> str:
    """“cuda” where torch sees such a card, else “cpu”."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def unreachable_model(source: Source, error: Exception) -> Explained:
    """Why a model could not be loaded, and what to do."""
    reason = plain_reason((str(error).strip().splitlines() or [""])[0])
    told = f" What failed: {reason}" if reason else ""
    if is_out_of_memory(error):
        where = "the graphics card's memory" if "cuda" in str(error).lower() else "this computer's memory"
        return Explained(
            f"The model “{source.where}” is too large for {where}.",
            "The bundled model and all recordings stay usable.",
            "Close other programs that use that memory and try again, or name a smaller model.",
        )
    if source.kind == "folder":
        return Explained(
            f"The model in {source.where} cannot be loaded.",
            "The bundled model and all recordings stay usable.",
            f"Check that the folder holds the whole model: its config, weights and tokenizer.{told}",
        )
    return Explained(
        f"The model “{source.where}” cannot be reached.",
        "The bundled model and all recordings stay usable.",
        f"Check the name and the network, or download it elsewhere and name its folder here.{told}",
    )


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory ran out, the card's or the processor's: torch says the second only in words."""
    told = str(error).lower()
    return isinstance(error, MemoryError) or "allocate memory" in told or "out of memory" in told
