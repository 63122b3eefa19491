"""Backing: what people said about a prototype, from every comparison that it took part in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.store import RatedComparison

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Backing:
    """One comparison: which prototypes and what was asked, what it shows so far, and what that rests on."""

    title: str
    prompts_text: str
    sentences: tuple[str, ...]
    basis: tuple[str, ...]


def backings_for(
    prototype: str, comparisons: tuple[RatedComparison, ...], frame: "Callable[..., pd.DataFrame]"
) -> tuple[Backing, ...]:
    """What each comparison with this prototype's id in it shows, in the sentences of the results page."""
    return tuple(
        backing
        for comparison in comparisons
        if prototype in (arm.prototype for arm in comparison.arms)
        for backing in answer_backings(comparison, frame(*comparison.ids))
    )


def answer_backings(comparison: RatedComparison, frame: "pd.DataFrame") -> Iterator[Backing]:
    """What one comparison shows, apart for answers that must not be averaged."""
    from components.report.results import answer_groups  # as below

    groups = answer_groups.answer_groups(frame)
    for group in answer_groups.widest_groups(groups):
        yield make_backing(comparison, group.ratings_in(frame), group.source)


def make_backing(comparison: RatedComparison, frame: "pd.DataFrame", source: str) -> Backing:
    """What one comparison shows of answers of one kind, in the sentences of the results page."""
    from components.report.results import result_basis, verdict  # scipy costs a second, which only a finding needs
    from components.report.results.gap_sentences import join_sentences

    verdicts = (*verdict.speed_verdicts(frame, comparison.arms), verdict.ship_verdict(frame, comparison.arms))
    said = any(finding.tone != "early" for finding in verdicts)
    lasting = (verdict.SIMULTANEOUS_NOTE, verdict.LASTING_NOTE) if said else ()
    return Backing(
        result_basis.comparison_title(comparison),
        join_sentences(result_basis.describe_prompts(frame), f"· {source}"),
        tuple(join_sentences(finding.text, finding.detail) for finding in verdicts),
        (*result_basis.basis_sentences(frame), *lasting),
    )
