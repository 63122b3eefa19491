"""Verdict: what is shown so far, in two sentences: which one feels faster, and which one people would ship."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from components.report.results.pair_gaps import (
    Gap,
    clock_sentence,
    faster_sentence,
    find_gaps,
    format_difference,
    format_interval,
    join_sentences,
    undecided_sentence,
    unshown_sentence,
)
from components.stats.interval import MIN_LIVE_PEOPLE, Interval
from components.stats.preference import NO_DIFFERENCE, PreferenceShare, find_favourite, preference_shares
from components.store import Arm

LASTING_NOTE = (
    "The intervals in these two sentences stay right however often you look and whenever you stop, over all pairs "
    "together. That makes them wider than those in the charts, which are right for a single look at a number of people "
    "fixed beforehand."
)
TRUST_NOTE = "Trust is what people said, not whether the answer deserved it."


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
    """The verdict before MIN_LIVE_PEOPLE people have answered."""
    left = max(MIN_LIVE_PEOPLE - n, 1)
    so_far = f"n = {n} so far" if n else "Nobody has answered yet"
    more = "1 more person" if left == 1 else f"{left} more people"
    return Verdict((f"Too early to call {about}.",), f"{so_far}; about {more} before anything is said.", "early")


def speed_verdict(frame: pd.DataFrame, arms: Sequence[Arm]) -> Verdict:
    """Which one feels faster: by felt seconds to the first words, or by the speed rating where nobody gave seconds."""
    felt = find_gaps(frame, "felt_first", arms)
    item = "felt_first" if any(gap.interval.n for gap in felt) else "speed"
    gaps = felt if item == "felt_first" else find_gaps(frame, "speed", arms)
    most = max((gap.interval.n for gap in gaps), default=0)
    if most < MIN_LIVE_PEOPLE:
        return too_early("which one feels faster", most)
    shown = [gap for gap in gaps if gap.interval.excludes_zero]
    measure = "Felt seconds to the first words" if item == "felt_first" else "Satisfaction with the speed, 1 to 7"
    if not shown:
        return Verdict(("No difference in felt speed is shown.",), f"{measure}. {unshown_sentence(item, gaps)}", "none")
    first, *others = shown
    fast, slow = (first.under, first.over) if item == "felt_first" else (first.over, first.under)
    size = format_difference(item, first.interval.estimate)
    felt_shorter = item == "felt_first"
    middle = f" feels {size} faster than " if felt_shorter else " is rated faster than "
    last = "." if felt_shorter else f" by {size}."
    finding = f"{measure}, 95 % interval {format_interval(item, first.interval)}, n = {first.interval.n}."
    rest = [faster_sentence(item, gap) for gap in others] + [
        undecided_sentence(item, gap) for gap in gaps if not gap.interval.excludes_zero
    ]
    detail = join_sentences(finding, clock_sentence(frame, first, item), *rest)
    return Verdict((fast, middle, slow, last), detail, "shown")


def ship_verdict(frame: pd.DataFrame, arms: Sequence[Arm]) -> Verdict:
    """Which one people would ship, and whether it is the one they trust; never the most trusted one by itself."""
    by_id = {arm.prototype: arm for arm in arms}
    votes = preference_shares(frame, list(by_id))
    n = votes[0].n if votes else 0
    if n < MIN_LIVE_PEOPLE:
        early = too_early("which one people would ship", n)
        return Verdict(early.sentence, join_sentences(early.detail, vote_tally(votes, by_id) if n else ""), "early")
    best = find_favourite(frame, {arm.prototype: arm.label for arm in arms})
    trust = find_gaps(frame, "trust", arms)
    if not best:
        return Verdict(
            ("No favourite is shown.",), join_sentences(vote_tally(votes, by_id), trust_sentence(trust)), "none"
        )
    liked = by_id[best]
    vote = next(share for share in votes if share.choice == best)
    finding = f"Chosen by {format_share(vote.anytime)}, n = {n}."
    against = next((gap for gap in trust if gap.under == liked and gap.interval.excludes_zero), None)
    if against is None:
        return Verdict(("People would ship ", liked, "."), join_sentences(finding, trust_sentence(trust)), "shown")
    between = against.interval
    interval = f"{format_interval('trust', between)}, n = {between.n}"
    size = f"{format_difference('trust', between.estimate)} ({interval})"
    return Verdict(
        ("People would ship ", liked, ". They trust ", against.over, " more."),
        join_sentences(
            finding, f"Trust is higher by {size}. These two disagree: decide which one you ship for.", TRUST_NOTE
        ),
        "disagree",
    )


def format_share(share: Interval) -> str:
    """A share with its interval, as in “62 % (48 to 74)”."""
    return f"{share.estimate:.0%} ({share.low * 100:.0f} to {share.high * 100:.0f})".replace("%", " %")


def vote_tally(votes: Sequence[PreferenceShare], arms: Mapping[str, Arm]) -> str:
    """How many chose each prototype, most first, in one line."""
    named = [
        (vote.count, arms[vote.choice].label if vote.choice != NO_DIFFERENCE else "no difference") for vote in votes
    ]
    return " · ".join(f"{name} {count}" for count, name in sorted(named, key=lambda pair: -pair[0])) + "."


def trust_sentence(gaps: Sequence[Gap]) -> str:
    """A sentence on trust, which is never a reason to ship by itself; "" where nothing is known."""
    shown = [gap for gap in gaps if gap.interval.excludes_zero]
    if shown:
        each_one = (
            f"{gap.over.label} is trusted more than {gap.under.label} by "
            f"{format_difference('trust', gap.interval.estimate)} ({format_interval('trust', gap.interval)})."
            for gap in shown[:2]
        )
        return join_sentences(*each_one, TRUST_NOTE)
    decided = [gap for gap in gaps if isfinite(gap.interval.low)]
    if not decided:
        return ""
    ruled = format_difference("trust", max(gap.interval.smallest_excluded for gap in decided))
    return f"In trust no difference is shown, and more than {ruled} is ruled out."
