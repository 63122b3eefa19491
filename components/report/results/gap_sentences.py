"""Sentences about gaps: how a difference, a ratio and a pair of which nothing is shown are said."""

from collections.abc import Sequence
from math import exp, isfinite

import pandas as pd

from components.report.results.pair_gaps import Gap
from components.stats.interval import MIN_LIVE_PEOPLE, Interval, ratio_interval
from components.stats.person_means import CLOCK_COLUMNS, clock_means, pivot_means
from components.stats.play_contrasts import MIN_RATIO_CLOCK_S, felt_to_clock_means, measure_ratings
from components.store import Arm

UNITS = {"trust": "points", "speed": "points of 7"}
PLACES = {"trust": 1, "speed": 1}
RATIO_PLACES = 2
MAX_PLACES = 6
MOMENT_PHRASES = {"felt_first": "to the first words", "felt_complete": "to the complete answer"}
MORE_PHRASES = {"trust": "is trusted more than", "speed": "is rated faster than"}


def format_apart(value: float, places: int, neutral: float = 0.0) -> str:
    """A number with so many places, or as many as it takes not to read as `neutral`, which would say “no difference”.

    The minus is a real one.
    """
    while places < MAX_PLACES and value != neutral and round(value, places) == neutral:
        places += 1
    return f"{value:.{places}f}".replace("-", "−")


def format_points(item: str, value: float) -> str:
    """A number of points; of trust, whose steps are tens, without a decimal where it is whole."""
    return format_apart(value, PLACES[item]).removesuffix(".0" if item == "trust" else "none")


def format_difference(item: str, value: float) -> str:
    """A difference with its unit."""
    return f"{format_points(item, value)} {UNITS[item]}"


def format_interval(item: str, interval: Interval) -> str:
    """Both ends of an interval, as in “1.5 to 4.2”; no end reads as zero that is not."""
    return f"{format_points(item, interval.low)} to {format_points(item, interval.high)}"


def format_ratio(ratio: float) -> str:
    """A ratio, as in “0.58 ×”; it never reads as 1 where it is not."""
    return f"{format_apart(ratio, RATIO_PLACES, 1.0)} ×"


def format_ratio_interval(interval: Interval) -> str:
    """Both ends of the interval of a ratio, as in “0.50 to 0.67”."""
    ends = (format_apart(end, RATIO_PLACES, 1.0) for end in (interval.low, interval.high))
    return " to ".join(ends)


def join_sentences(*sentences: str) -> str:
    """The sentences that are not empty, joined by spaces."""
    return " ".join(sentence for sentence in sentences if sentence)


def sign_text(gap: Gap) -> str:
    """How many of the people lean to the one on top, as in “9 of 9 people”."""
    return f"{gap.signs.first} of {gap.n} people"


def felt_size_text(gap: Gap) -> str:
    """How long the faster one feels beside the slower one, with interval and n; of a gap that its interval shows."""
    ratio = gap.interval.flip()
    ends = Interval(exp(ratio.estimate), exp(ratio.low), exp(ratio.high), ratio.n)
    return f"{format_ratio(ends.estimate)} as long ({format_ratio_interval(ends)}), n = {ends.n}"


def shown_sentence(gap: Gap) -> str:
    """A sentence on a pair of which a difference is shown."""
    over, under = gap.over.label, gap.under.label
    if gap.item in CLOCK_COLUMNS:
        if gap.interval.excludes_zero:
            return f"{under} feels {felt_size_text(gap)}, as {over}."
        return f"{sign_text(gap)} feel {under} faster than {over}."
    if gap.interval.excludes_zero:
        size = format_difference(gap.item, gap.interval.estimate)
        return (
            f"{over} {MORE_PHRASES[gap.item]} {under} by {size} ({format_interval(gap.item, gap.interval)}), "
            f"n = {gap.interval.n}."
        )
    return f"{sign_text(gap)} gave {over} more than {under}."


def undecided_sentence(gap: Gap) -> str:
    """A sentence on a pair of which no difference is shown: what is ruled out, or why nothing is known yet."""
    pair = f"{gap.over.label} against {gap.under.label}"
    if not gap.undecided:
        return f"{pair}: no difference shown, more than {ruled_out_text(gap)} is ruled out, n = {gap.interval.n}."
    if not gap.n:
        return f"{pair}: undecided, nobody rated both."
    if gap.signs.neither == gap.n:
        return f"{pair}: undecided, all n = {gap.n} gave both the same."
    if gap.interval.n >= MIN_LIVE_PEOPLE or not gap.interval.n:
        return f"{pair}: undecided, {gap.interval.note}, n = {gap.n}."
    return f"{pair}: undecided, n = {gap.n} of the {MIN_LIVE_PEOPLE} that an interval needs."


def ruled_out_text(gap: Gap) -> str:
    """The smallest difference that a pair's interval rules out, with its unit."""
    limit = gap.interval.smallest_excluded
    return format_ratio(exp(limit)) if gap.item in CLOCK_COLUMNS else format_difference(gap.item, limit)


def pair_sentences(gaps: Sequence[Gap]) -> str:
    """A sentence on every pair: what is shown, what is ruled out, and what is undecided."""
    return join_sentences(*(shown_sentence(gap) if gap.shown else undecided_sentence(gap) for gap in gaps))


def seconds_sentence(frame: pd.DataFrame, gap: Gap) -> str:
    """Felt and clock seconds of a pair, the faster one first: geometric means of people, means of the clock."""
    ids = [gap.under.prototype, gap.over.prototype]
    felt = pivot_means(measure_ratings(frame, gap.item, "felt"), "measured", ids).dropna().mean()
    clock = clock_means(frame, gap.item, ids).dropna().mean()
    if not (felt.notna().all() and clock.notna().all()):
        return ""
    fast, slow = (f"{format_apart(exp(felt[id]), 1)} s" for id in ids)
    quick, late = (f"{format_apart(float(clock[id]), 1)} s" for id in ids)
    return f"That is about {fast} against {slow}; the clock says {quick} against {late}."


def against_clock_sentence(frame: pd.DataFrame, item: str, arms: Sequence[Arm]) -> str:
    """How long each prototype feels beside its own clock, with Student's t 95 % interval; "" where nobody told."""
    logs = felt_to_clock_means(frame, item, [arm.prototype for arm in arms])
    told = []
    for arm in arms:
        ratio = ratio_interval(logs[arm.prototype])
        if isfinite(ratio.low):
            told.append(f"{arm.label} {format_ratio(ratio.estimate)} ({format_ratio_interval(ratio)}, n = {ratio.n})")
    clocks = clock_means(frame, item, [arm.prototype for arm in arms]).max()
    short = [arm.label for arm in arms if clocks[arm.prototype] < MIN_RATIO_CLOCK_S]
    why = f"{' and '.join(short)}: the clock is under {MIN_RATIO_CLOCK_S:g} s, no ratio." if short else ""
    return join_sentences(f"Felt against its own clock: {'; '.join(told)}." if told else "", why)
