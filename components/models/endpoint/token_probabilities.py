"""Token probabilities: the tokens of a piece with their probabilities, used only where they spell its words."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

MAX_ROUNDING = 1e-3  # natural logarithm; a probability may be rounded to this much above one
BLANK_SIGNS = str.maketrans({"Ġ": " ", "Ċ": "\n", "▁": " ", "ĉ": "\t"})
PIECE_SIGNS = ("\ufffd", "bytes:", "<0x")  # how servers write a token that is only a part of a character


class ListedToken(NamedTuple):
    """One token as a server lists it; `logprob` is a natural logarithm, None where it is not known."""

    text: str
    data: bytes
    logprob: float | None
    alternatives: tuple[tuple[str, float], ...]

    @property
    def is_part(self) -> bool:
        """Whether it is no text by itself: empty, or a part of a character."""
        return not self.text or any(sign in self.text for sign in PIECE_SIGNS)


class SpelledToken(NamedTuple):
    """A stretch of an answer with the data of its event: its probability and its alternatives, where they are known."""

    text: str
    data: dict[str, Any]


class TokenSpeller:
    """Finds the tokens of each piece; a part of a character that came before its words counts with them."""

    def __init__(self) -> None:
        self._parts: list[ListedToken] = []

    def spell(self, text: str, logprobs: object) -> Iterator[SpelledToken]:
        """The tokens that make up a text, or the text as one without a probability where none of them do."""
        tokens = listed_tokens(logprobs)
        if not text:
            self._parts += [token for token in tokens if token.is_part]
            return
        before, self._parts = self._parts, []
        run = spelling_run(text, tokens) or spelling_run(text, [plain_token(token) for token in tokens])
        if not run:
            yield SpelledToken(text, {})
            return
        for spelled, parts in run:
            yield SpelledToken(spelled, probability_data(spelled, [*before, *parts]))
            before = []


def spelling_run(text: str, tokens: Sequence[ListedToken]) -> list[tuple[str, Sequence[ListedToken]]] | None:
    """The last unbroken run of tokens that spells the text, as (letters, their tokens); None where there is none.

    Tokens before and behind it are of thoughts, or end a turn. Blanks at both ends of a text may have been cut off.
    """
    groups = grouped_parts(tokens)
    for is_bare in (False, True):
        for first in reversed(range(len(groups))):
            said = ""
            for behind in range(first, len(groups)):
                said += groups[behind][0]
                if said == text or (is_bare and said.strip() == text and said.strip() != said):
                    return trimmed_run(groups[first : behind + 1], said, text)
                if len(said.strip()) > len(text):
                    break
    whole = b"".join(token.data for token in tokens)
    if tokens and all(token.is_part for token in tokens) and (is_one_character(text) or whole == text.encode()):
        return [(text, tokens)]
    return None


def plain_token(token: ListedToken) -> ListedToken:
    """The token with blanks in the place of the signs that some vocabularies write for them."""
    plain = token.text.translate(BLANK_SIGNS)
    return token._replace(text=plain, data=plain.encode(errors="replace"))


def grouped_parts(tokens: Sequence[ListedToken]) -> list[tuple[str, list[ListedToken]]]:
    """The tokens as (letters, tokens): parts of a character are put together until their bytes are letters."""
    groups: list[tuple[str, list[ListedToken]]] = []
    parts: list[ListedToken] = []
    for token in tokens:
        if not token.is_part:
            groups += [("\ufffd", parts)] if parts and any(part.text for part in parts) else []
            groups.append((token.text, [token]))
            parts = []
            continue
        parts.append(token)
        try:
            letters = b"".join(part.data for part in parts).decode()
        except UnicodeDecodeError:
            continue
        if letters and "\ufffd" not in letters:
            groups.append((letters, parts))
            parts = []
    return [*groups, ("\ufffd", parts)] if any(part.text for part in parts) else groups


def trimmed_run(
    run: Sequence[tuple[str, Sequence[ListedToken]]], said: str, text: str
) -> list[tuple[str, Sequence[ListedToken]]]:
    """The run without the blanks at its ends that the text does not have."""
    start = said.index(text)
    bounds, trimmed = [0], []
    for letters, _ in run:
        bounds.append(bounds[-1] + len(letters))
    for (begin, end), (_, tokens) in zip(pairwise(bounds), run, strict=True):
        if letters := said[max(begin, start) : min(end, start + len(text))]:
            trimmed.append((letters, tokens))
    return trimmed


def probability_data(text: str, tokens: Sequence[ListedToken]) -> dict[str, Any]:
    """The data of an event for these tokens together; nothing where the probability of one is not known."""
    known = [token.logprob for token in tokens if token.logprob is not None]
    if not known or len(known) < len(tokens):
        return {}
    last = tokens[-1]
    alone = len(tokens) == 1 and last.text == text
    alternatives = last.alternatives or ((last.text, known[-1]),) if alone else ((text, sum(known)),)
    return {"logprob": sum(known), "alternatives": [[name, value] for name, value in alternatives]}


def listed_tokens(logprobs: object) -> list[ListedToken]:
    """The tokens that a server lists with a piece: in the chat's form, or in that of the older completions."""
    if not isinstance(logprobs, Mapping):
        return []
    if isinstance(logprobs.get("tokens"), list) and not logprobs.get("content"):
        return older_tokens(logprobs)
    listed = logprobs.get("content") or logprobs.get("refusal")
    entries = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
    return [
        ListedToken(
            str(entry.get("token") or ""), token_bytes(entry), log_probability(entry.get("logprob")),
            tuple(likely_alternatives(entry.get("top_logprobs"))),
        )
        for entry in entries
    ]  # fmt: skip


def older_tokens(logprobs: Mapping[str, Any]) -> list[ListedToken]:
    """The tokens in the form of the older completions: a list of texts beside one of numbers."""
    texts = [str(text) for text in logprobs["tokens"]]

    def column(name: str) -> list[Any]:
        values = logprobs.get(name)
        return [*(values if isinstance(values, list) else []), *[None] * len(texts)][: len(texts)]

    return [
        ListedToken(text, text.encode(errors="replace"), log_probability(value), tuple(likely_alternatives(top)))
        for text, value, top in zip(texts, column("token_logprobs"), column("top_logprobs"), strict=True)
    ]


def token_bytes(entry: Mapping[str, Any]) -> bytes:
    """The bytes of a token: those that are listed, else those of its text."""
    listed = entry.get("bytes")
    if isinstance(listed, list) and all(isinstance(byte, int) and 0 <= byte < 256 for byte in listed):
        return bytes(listed)
    return str(entry.get("token") or "").encode(errors="replace")


def likely_alternatives(listed: object) -> Iterator[tuple[str, float]]:
    """What else a token could have been, with natural logarithms; from a list of objects or from a mapping."""
    if isinstance(listed, Mapping):
        pairs: list[tuple[object, object]] = list(listed.items())
    else:
        entries = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
        pairs = [(entry.get("token"), entry.get("logprob")) for entry in entries]
    for text, value in pairs:
        if (logprob := log_probability(value)) is not None:
            yield str(text or ""), logprob


def log_probability(value: object) -> float | None:
    """A natural logarithm of a probability; None for what is none, such as a number above zero."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return None
    return None if value > MAX_ROUNDING else min(0.0, float(value))


def is_one_character(text: str) -> bool:
    """Whether a text is one sign on the screen, modifiers and joiners included; blanks around it do not count."""
    joined = text.strip().replace("\u200d", "").replace("\ufe0f", "")
    return 0 < len(joined) <= 2 and not joined.isascii()
