"""Verdict: what is shown so far, in a sentence a question: which one feels faster, which one people would ship."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from components.report.results.gap_sentences import (
    MOMENT_PHRASES,
    against_clock_sentence,
    felt_size_text,
    format_difference,
    format_interval,
    join_sentences,
    pair_sentences,
    ruled_out_text,
    seconds_sentence,
    shown_sentence,
    sign_text,
)
from components.report.results.pair_gaps import Gap, find_gaps, people_needed, why_no_pair
from components.stats.error_budget import ERROR_PARTS, PAGE_ERROR_SHARE
from components.stats.interval import MIN_LIVE_PEOPLE, Interval
from components.stats.preference import NO_DIFFERENCE, PreferenceShare, find_favourite, preference_shares
from components.store import Arm

ITEM_LABELS = {
    "faster": "which one felt faster",
    "felt_first": "felt time to the first words", "felt_complete": "felt time to the complete answer",
    "speed": "satisfaction with the speed", "trust": "trust", "ship": "what people would ship",
}  # fmt: skip
LASTING_NOTE = (
    "Look as often as you like, and stop when you like: these sentences and their intervals stay right. Together they "
    f"are wrong in at most {PAGE_ERROR_SHARE * 100:g} of 100 studies, shared out as "
    + ", ".join(f"{part.total * 100:g} for {ITEM_LABELS[item]}" for item, part in ERROR_PARTS.items())
    + ". That makes the intervals wider than those in the charts, which are right for a single look at a number of "
    "people fixed beforehand."
)
SIMULTANEOUS_NOTE = (
    "All panes played at once and shared people's attention: good for a design session, no basis for a claim about "
    "waiting times."
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


def speed_verdicts(frame: pd.DataFrame, arms: Sequence[Arm]) -> tuple[Verdict, ...]:
    """Which one feels faster: as people chose, in their seconds, and by rating where nobody gave seconds."""
    items = set(frame["item"])
    chosen = (faster_verdict(frame, arms),) if len(arms) > 1 and "faster" in items else ()
    if len(arms) > 1 and items & set(MOMENT_PHRASES):
        return (*chosen, *(gap_verdict(frame, item, arms) for item in MOMENT_PHRASES))
    return chosen if chosen and "speed" not in items else (*chosen, gap_verdict(frame, "speed", arms))


def faster_verdict(frame: pd.DataFrame, arms: Sequence[Arm]) -> Verdict:
    """Which one people chose as the one that felt faster; "no difference" is a choice like the others."""
    by_id = {arm.prototype: arm for arm in arms}
    votes = preference_shares(frame, list(by_id), item="faster")
    n, best, most = votes[0].n, find_favourite(votes, "faster"), "faster" if len(by_id) < 3 else "fastest"
    apart = told_choices(frame, by_id, "faster")
    tally = join_sentences(vote_tally(votes, by_id) if n else "", apart)
    if best is None and n < MIN_LIVE_PEOPLE:
        reason = people_needed(n) if n else why_no_pair(frame, "faster", arms) if not apart else ""
        return Verdict((f"Too early to call which one felt {most}.",), join_sentences(reason, tally), "early")
    if best is None:
        return Verdict((f"None of them is shown to feel {most}.",), tally, "none")
    if n < MIN_LIVE_PEOPLE:
        return Verdict((f"{best.count} of {n} people say that ", by_id[best.choice], f" felt {most}."), tally, "shown")
    return Verdict((by_id[best.choice], f" felt {most}."), join_sentences(favourite_share(best), tally), "shown")


def favourite_share(vote: PreferenceShare) -> str:
    """How large a share of people chose the favourite, with its interval."""
    return f"Chosen by {format_share(vote.anytime)}, n = {vote.n}."


def gap_verdict(frame: pd.DataFrame, item: str, arms: Sequence[Arm]) -> Verdict:
    """Which of the prototypes is ahead in felt time or in the speed rating, with every pair told."""
    gaps = find_gaps(frame, item, arms)
    most = max((gap.n for gap in gaps), default=0)
    when = f" {MOMENT_PHRASES[item]}" if item in MOMENT_PHRASES else ""
    if gaps and gaps[0].shown:
        return shown_verdict(frame, gaps, arms, when)
    if most < MIN_LIVE_PEOPLE:
        reason = people_needed(most) if most else why_no_pair(frame, item, arms)
        early = "There is nothing to compare." if len(arms) < 2 else f"Too early to call which one feels faster{when}."
        return Verdict((early,), reason, "early")
    open_pairs = sum(gap.undecided for gap in gaps)
    what = ITEM_LABELS[item]
    if open_pairs:
        words = f"No difference in {what} is shown, and {open_pairs} of {len(gaps)} pairs are undecided."
        words = words if len(gaps) > 1 else f"Undecided: nothing can be said yet of {what}."
    else:
        words = f"No difference in {what} is shown."
    return Verdict((words,), join_sentences(pair_sentences(gaps), clock_part(frame, item, arms)), "none")


def shown_verdict(frame: pd.DataFrame, gaps: Sequence[Gap], arms: Sequence[Arm], when: str) -> Verdict:
    """The verdict where the first gap is shown; the other pairs are told in its detail."""
    first, rest, item = gaps[0], pair_sentences(gaps[1:]), gaps[0].item
    if item not in MOMENT_PHRASES:
        sentence: tuple[str | Arm, ...] = (first.over, " is rated faster than ", first.under, ".")
        return Verdict(sentence, join_sentences("Satisfaction with the speed, 1 to 7.", pair_sentences(gaps)), "shown")
    clock = join_sentences(seconds_sentence(frame, first), rest, clock_part(frame, item, arms))
    if first.interval.excludes_zero:
        sentence = (first.under, " feels faster than ", first.over, f"{when}.")
        return Verdict(sentence, join_sentences(f"It feels {felt_size_text(first)}.", clock), "shown")
    sentence = (f"{sign_text(first)} feel ", first.under, " faster than ", first.over, f"{when}.")
    counted = f"Counted, not measured: {first.interval.note}." if first.interval.note else "Counted, not measured."
    return Verdict(sentence, join_sentences(counted, clock), "shown")


def clock_part(frame: pd.DataFrame, item: str, arms: Sequence[Arm]) -> str:
    """How long each one feels against its own clock; "" for a rating."""
    return against_clock_sentence(frame, item, arms) if item in MOMENT_PHRASES else ""


def ship_verdict(frame: pd.DataFrame, arms: Sequence[Arm]) -> Verdict:
    """Which one people would ship, and whether it is the one they trust; never the most trusted one by itself."""
    by_id = {arm.prototype: arm for arm in arms}
    if len(by_id) < 2:
        return Verdict(("There is nothing to choose between.",), why_no_pair(frame, "ship", arms), "early")
    votes = preference_shares(frame, list(by_id))
    n, best = votes[0].n, find_favourite(votes)
    apart = told_choices(frame, by_id)
    if best is None and n < MIN_LIVE_PEOPLE:
        reason = people_needed(n) if n else why_no_pair(frame, "ship", arms) if not apart else ""
        detail = join_sentences(reason, vote_tally(votes, by_id) if n else "", apart)
        return Verdict(("Too early to call which one people would ship.",), detail, "early")
    trust = find_gaps(frame, "trust", arms)
    if best is None:
        detail = join_sentences(vote_tally(votes, by_id), trust_sentence(trust), apart)
        return Verdict(("No favourite is shown.",), detail, "none")
    return favourite_verdict(by_id[best.choice], best, trust, join_sentences(vote_tally(votes, by_id), apart))


def favourite_verdict(liked: Arm, vote: PreferenceShare, trust: Sequence[Gap], tally: str) -> Verdict:
    """The verdict where one prototype is the favourite."""
    few = vote.n < MIN_LIVE_PEOPLE
    who = f"{vote.count} of {vote.n} people" if few else "People"
    finding = join_sentences("" if few else favourite_share(vote), tally)
    against = next((gap for gap in trust if gap.under == liked and gap.shown), None)
    if against is None:
        return Verdict((f"{who} would ship ", liked, "."), join_sentences(finding, trust_sentence(trust)), "shown")
    disagree = "These two disagree: decide which one you ship for."
    return Verdict(
        (f"{who} would ship ", liked, ". They trust ", against.over, " more."),
        join_sentences(finding, trust_size_sentence(against), disagree, TRUST_NOTE),
        "disagree",
    )


def trust_size_sentence(gap: Gap) -> str:
    """By how much the one on top is trusted more."""
    if not gap.interval.excludes_zero:
        return shown_sentence(gap)
    size, between = format_difference("trust", gap.interval.estimate), format_interval("trust", gap.interval)
    return f"Trust is higher by {size} ({between}, n = {gap.interval.n})."


def format_share(share: Interval) -> str:
    """A share with its interval, as in “62.5 % (48 to 74)”."""
    estimate = f"{share.estimate * 100:.1f}".removesuffix(".0")
    return f"{estimate} % ({share.low * 100:.0f} to {share.high * 100:.0f})"


def vote_tally(votes: Sequence[PreferenceShare], arms: Mapping[str, Arm]) -> str:
    """How many chose each prototype, most first, in one line."""
    named = [
        (vote.count, arms[vote.choice].label if vote.choice != NO_DIFFERENCE else "no difference") for vote in votes
    ]
    return " · ".join(f"{name} {count}" for count, name in sorted(named, key=lambda pair: -pair[0])) + "."


def told_choices(frame: pd.DataFrame, arms: Mapping[str, Arm], item: str = "ship") -> str:
    """What people chose with the clock on the screen, in a sentence; "" where nobody did."""
    votes = preference_shares(frame, list(arms), blind=False, item=item)
    if not votes[0].n:
        return ""
    return f"With the clock on the screen, counted apart: {vote_tally(votes, arms)}"


def trust_sentence(gaps: Sequence[Gap]) -> str:
    """A sentence on trust, which is never a reason to ship by itself; "" where nothing is known."""
    if not any(gap.n for gap in gaps):
        return ""
    if any(gap.shown for gap in gaps):
        return join_sentences(pair_sentences(gaps), TRUST_NOTE)
    if any(gap.undecided for gap in gaps):
        return f"Trust: {pair_sentences(gaps)}"
    widest = max(gaps, key=lambda gap: gap.interval.smallest_excluded)
    return f"In trust no difference is shown, and in every pair more than {ruled_out_text(widest)} is ruled out."
