"""Backing: what people said about a prototype, from every comparison that it took part in."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from components.report.results import result_basis, verdict
from components.report.results.pair_gaps import said
from components.store import Comparison


@dataclass(frozen=True)
class Backing:
    """One comparison: which prototypes and what was asked, what it shows so far, and what that rests on."""

    title: str
    asked: str
    sentences: tuple[str, ...]
    rests: tuple[str, ...]


def backings(
    prototype: str, known: tuple[Comparison, ...], frame: Callable[[str], pd.DataFrame]
) -> tuple[Backing, ...]:
    """What each comparison with this prototype's id in it shows, in the sentences of the results page."""
    return tuple(backing(one, frame(one.id)) for one in known if prototype in (arm.prototype for arm in one.arms))


def backing(comparison: Comparison, frame: pd.DataFrame) -> Backing:
    """The sentences of one comparison."""
    found = (verdict.speed(frame, comparison.arms), verdict.shipped(frame, comparison.arms))
    lasting = (verdict.LASTING,) if any(one.tone != "early" for one in found) else ()
    return Backing(
        result_basis.title(comparison),
        result_basis.asked(frame),
        tuple(said(one.text, one.detail) for one in found),
        (*result_basis.basis(frame), *lasting),
    )
