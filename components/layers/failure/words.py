"""Words: what went wrong and what to do about it, for each kind of fault, in plain language."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from components.core.portable import Portable, portable_step


class Words(NamedTuple):
    """What happened, told about it or by it, and what the person can do."""

    plain: str
    personal: str
    do: str


FAULTS = {
    "timeout": Words(
        "The answer took too long to come.", "I took too long to answer.",
        "Nothing is wrong with your question. Try again; it often works the second time.",
    ),
    "refused": Words(
        "The model could not be reached.", "I could not reach the model.",
        "Check that it is running and that you are connected, then try again.",
    ),
    "rate": Words(
        "Too many questions are being asked at the moment.", "I am being asked too much at the moment.",
        "Wait a little, then try again.",
    ),
    "server": Words(
        "The model's server had a problem.", "Something went wrong on my side.",
        "Nothing is wrong with your question. Try again in a moment.",
    ),
    "cut": Words(
        "The connection broke before the answer was complete.", "I was cut off before I had finished.",
        "Try again to get the whole answer.",
    ),
    "malformed": Words(
        "Part of the answer could not be read.", "I sent something that could not be read.",
        "Try again; nothing is wrong with your question.",
    ),
    "empty": Words(
        "The model gave an empty answer.", "I had no answer to that.",
        "Try again, or put the question another way.",
    ),
    "context": Words(
        "The question is longer than the model can read.", "That is more than I can read.",
        "Shorten it, then ask again.",
    ),
    "request": Words(
        "The model's server did not accept the question.", "I was not able to take that question.",
        "Put it another way; if it happens again, check the model's settings.",
    ),
    "key": Words(
        "The model's server did not let us in.", "I am not allowed to answer here.",
        "Check the key of this model, then try again.",
    ),
    "missing": Words(
        "There is no such model at this address.", "I was not found where I should be.",
        "Check the model's name and its address, then try again.",
    ),
    "tls": Words(
        "The connection to the model is not secure.", "I could not be reached safely.",
        "Check the address and the certificate of its server.",
    ),
    "address": Words(
        "The model's address leads nowhere.", "I could not be found under my address.",
        "Check the address for a typing error, and your connection.",
    ),
    "stopped": Words(
        "The answer was stopped.", "I stopped, as I was asked to.",
        "Try again whenever you like.",
    ),
    "worker": Words(
        "The model stopped working on this computer.", "I stopped working for a moment.",
        "Try again; it is started anew.",
    ),
    "unrecorded": Words(
        "There is no recorded answer to this.", "I have no recorded answer to this.",
        "Ask the model live to get one.",
    ),
}  # fmt: skip
OTHER = Words(
    "The answer could not be given.", "I could not answer this.",
    "Try again; if it happens once more, put the question another way.",
)  # fmt: skip
KEPT = "What came before is kept."


def words_for(fault: object) -> Words:
    """The words for a kind of fault; general ones where it is not known."""
    return FAULTS.get(str(fault), OTHER)


PRODUCT_FAULTS = {kind: words for kind, words in FAULTS.items() if kind not in ("stopped", "worker", "unrecorded")}


def portable_failure(
    rows: Mapping[str, Sequence[str]], other: Sequence[str], raw: bool = False, kept: str = "", keep: bool = True,
    empty: bool = True, needs_words: bool = False, excepted: Sequence[str] = (), labels: list[str] | None = None,
    technical: bool = False, data: Mapping[str, object] | None = None,
) -> Portable:  # fmt: skip
    """A step that tells a break: its fields are those of core/portable.py."""
    return portable_step(
        "told", faults={fault: list(row) for fault, row in rows.items()}, other=list(other), raw=raw, kept=kept,
        keep=keep, empty=empty, needs_words=needs_words, excepted=list(excepted), labels=labels, technical=technical,
        data=dict(data or {}),
    )  # fmt: skip
