"""ChatML: how the bundled model reads a conversation, and its tokens as words."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from components.core.prompt import Message

DEFAULT_SYSTEM = (
    "You are a helpful AI assistant named SmolLM, trained by Hugging Face"  # its template's own first words
)


class ChatML:
    """The codec of the bundled model. What a person types can never become one of its signs for a turn."""

    def __init__(self, folder: Path) -> None:
        self.tokens: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.begin, self.end = self.token_id("<|im_start|>"), self.token_id("<|im_end|>")
        self.ends = frozenset({self.end, self.token_id("<|endoftext|>")})
        self.tokens.encode_special_tokens = True  # "<|im_end|>" in a question is eight plain characters and two bars
        self.names: dict[int, str] = {}

    def encode(self, messages: Sequence[Message], partial: str) -> list[int]:
        """The tokens of a conversation; after `partial` the answer goes on."""
        whole = messages if messages[0].role == "system" else (Message("system", DEFAULT_SYSTEM), *messages)
        turns = [
            (self.begin, *self.encode_text(f"{turn.role}\n{turn.text}"), self.end, *self.encode_text("\n"))
            for turn in whole
        ]
        answer = (self.begin, *self.encode_text(f"assistant\n{partial.removesuffix(' ')}"))
        return [id for turn in (*turns, answer) for id in turn]

    def token_id(self, name: str) -> int:
        """The id of a special token."""
        return int(self.tokens.token_to_id(name))

    def encode_text(self, text: str) -> list[int]:
        """The token ids of a text, special tokens in it taken as plain text."""
        ids: list[int] = self.tokens.encode(text, add_special_tokens=False).ids
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """The text of some token ids."""
        return str(self.tokens.decode(list(ids), skip_special_tokens=True))

    def token_name(self, id: int) -> str:
        """The text of one token, or its name where it has none."""
        if id not in self.names:
            self.names[id] = self.decode([id]) or str(self.tokens.id_to_token(id))
        return self.names[id]
