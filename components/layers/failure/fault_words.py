"""Words: what a person is told when an answer broke."""

from collections.abc import Mapping, Sequence

from components.core.faults import FAULT_KINDS, UNKNOWN_FAULT, FaultKind, fault_kind
from components.core.portable import Portable, portable_step

FAULT_WORDS = {
    name: kind for name, kind in FAULT_KINDS.items() if kind.plain != UNKNOWN_FAULT.plain
}  # with words of theirs
KEPT_TEXT = "What came before is kept."


def fault_words(fault: object) -> FaultKind:
    """The words for a kind of fault (`plain`, `personal`, `do`); general ones where it is not known."""
    return fault_kind(fault)


PRODUCT_FAULTS = {
    name: kind for name, kind in FAULT_WORDS.items() if kind.outside
}  # that a model at an address can have


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
