"""Remark: what a designer should know about a prototype before people see it."""

from dataclasses import dataclass

NO_DELIVERY, NO_RECOVERY, NO_SIGN_OF_WAITING = LACKS = (
    "no delivery pattern", "no failure pattern", "no sign of waiting",
)  # fmt: skip


@dataclass(frozen=True)
class Remark:
    """One remark on a prototype, a "warning" or a "note".

    Where one step cures it, `without` names the patterns to take away, `lacks` is what the prototype has to be given,
    one of LACKS, and `turns` are the dials to be turned: pattern, dial, value.
    """

    text: str
    level: str = "warning"
    without: tuple[str, ...] = ()
    lacks: str = ""
    turns: tuple[tuple[str, str, str], ...] = ()
