"""Remark: what a designer should know about a prototype before people see it."""

from dataclasses import dataclass

NO_DELIVERY, NO_RECOVERY = LACKS = ("no delivery pattern", "no failure pattern")


@dataclass(frozen=True)
class Remark:
    """One remark on a prototype, a "warning" or a "note".

    Where one step cures it, `without` names the patterns to take away, and `lacks` is what the prototype has to be
    given, one of LACKS.
    """

    text: str
    level: str = "warning"
    without: tuple[str, ...] = ()
    lacks: str = ""
