"""Words: what a person is told when an answer broke."""

from components.core.faults import FAULT_KINDS, UNKNOWN_FAULT, FaultKind, fault_kind

FAULTS = {name: kind for name, kind in FAULT_KINDS.items() if kind.plain != UNKNOWN_FAULT.plain}  # with words of theirs
KEPT = "What came before is kept."


def words_for(fault: object) -> FaultKind:
    """The words for a kind of fault (`plain`, `personal`, `do`); general ones where it is not known."""
    return fault_kind(fault)
