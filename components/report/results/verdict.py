"""Verdict: what is shown so far, in two sentences: which one feels faster, and which one people would ship."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from components.report.results.pair_gaps import Gap, amount, clocked, faster, gaps, said, span, undecided, unshown
from components.stats.interval import LEAST, Interval
from components.stats.preference import NONE, Share, favourite, shares
from components.store import Arm

LASTING = (
    "The intervals in these two sentences stay right however often you look and whenever you stop, over all pairs "
    "together. That makes them wider than those in the charts, which are right for a single look at a number of people "
    "fixed beforehand."
)
TRUST = "Trust is what people said, not whether the answer deserved it."


@dataclass(frozen=True)
class Verdict:
    """One sentence, arms among its words so that a page can colour their names, and what it rests on.

    `tone` is "shown", "none" (no difference shown), "early" or "disagree" (liked and trusted are not the same one).
    """

    sentence: tuple[str | Arm, ...]
    detail: str
    tone: str

    @property
    def text(self) -> str:
        """The sentence in plain words."""
        return "".join(part if isinstance(part, str) else part.label for part in self.sentence)


def too_early(about: str, n: int) -> Verdict:
    """Nothing is said before LEAST people."""
    left = max(LEAST - n, 1)
    so_far = f"n = {n} so far" if n else "Nobody has answered yet"
    more = "1 more person" if left == 1 else f"{left} more people"
    return Verdict((f"Too early to call {about}.",), f"{so_far}; about {more} before anything is said.", "early")


def speed(frame: pd.DataFrame, arms: Sequence[Arm]) -> Verdict:
    """Which one feels faster: by felt seconds to the first words, or by the speed rating where nobody gave seconds."""
    felt = gaps(frame, "felt_first", arms)
    item = "felt_first" if any(gap.interval.n for gap in felt) else "speed"
    found = felt if item == "felt_first" else gaps(frame, "speed", arms)
    most = max((gap.interval.n for gap in found), default=0)
    if most < LEAST:
        return too_early("which one feels faster", most)
    shown = [gap for gap in found if gap.interval.shown]
    measure = "Felt seconds to the first words" if item == "felt_first" else "Satisfaction with the speed, 1 to 7"
    if not shown:
        return Verdict(("No difference in felt speed is shown.",), f"{measure}. {unshown(item, found)}", "none")
    first, *others = shown
    fast, slow = (first.under, first.over) if item == "felt_first" else (first.over, first.under)
    size = amount(item, first.interval.estimate)
    felt_shorter = item == "felt_first"
    middle = f" feels {size} faster than " if felt_shorter else " is rated faster than "
    last = "." if felt_shorter else f" by {size}."
    told = f"{measure}, 95 % interval {span(item, first.interval)}, n = {first.interval.n}."
    rest = [faster(item, gap) for gap in others] + [undecided(item, gap) for gap in found if not gap.interval.shown]
    detail = said(told, clocked(frame, first, item), *rest)
    return Verdict((fast, middle, slow, last), detail, "shown")


def shipped(frame: pd.DataFrame, arms: Sequence[Arm]) -> Verdict:
    """Which one people would ship, and whether it is the one they trust; never the most trusted one by itself."""
    by_id = {arm.prototype: arm for arm in arms}
    votes = shares(frame, list(by_id))
    n = votes[0].n if votes else 0
    if n < LEAST:
        early = too_early("which one people would ship", n)
        return Verdict(early.sentence, said(early.detail, tally(votes, by_id) if n else ""), "early")
    best = favourite(frame, {arm.prototype: arm.label for arm in arms})
    trust = gaps(frame, "trust", arms)
    if not best:
        return Verdict(("No favourite is shown.",), said(tally(votes, by_id), trusted(trust)), "none")
    liked = by_id[best]
    vote = next(share for share in votes if share.choice == best)
    told = f"Chosen by {percent(vote.always)}, n = {n}."
    against = next((gap for gap in trust if gap.under == liked and gap.interval.shown), None)
    if against is None:
        return Verdict(("People would ship ", liked, "."), said(told, trusted(trust)), "shown")
    size = f"{amount('trust', against.interval.estimate)} ({span('trust', against.interval)}, n = {against.interval.n})"
    return Verdict(
        ("People would ship ", liked, ". They trust ", against.over, " more."),
        said(told, f"Trust is higher by {size}. These two disagree: decide which one you ship for.", TRUST),
        "disagree",
    )


def percent(share: Interval) -> str:
    """A share with its interval, in percent."""
    return f"{share.estimate:.0%} ({share.low * 100:.0f} to {share.high * 100:.0f})".replace("%", " %")


def tally(votes: Sequence[Share], arms: Mapping[str, Arm]) -> str:
    """Who chose what, most first."""
    named = [(vote.count, arms[vote.choice].label if vote.choice != NONE else "no difference") for vote in votes]
    return " · ".join(f"{name} {count}" for count, name in sorted(named, key=lambda pair: -pair[0])) + "."


def trusted(found: Sequence[Gap]) -> str:
    """What trust shows, which is never a reason to ship by itself."""
    shown = [gap for gap in found if gap.interval.shown]
    if shown:
        each_one = (
            f"{gap.over.label} is trusted more than {gap.under.label} by {amount('trust', gap.interval.estimate)} "
            f"({span('trust', gap.interval)})."
            for gap in shown[:2]
        )
        return said(*each_one, TRUST)
    decided = [gap for gap in found if isfinite(gap.interval.low)]
    if not decided:
        return ""
    ruled = amount("trust", max(gap.interval.ruled_out for gap in decided))
    return f"In trust no difference is shown, and more than {ruled} is ruled out."
