"""Study sentences: how one contrast, one arm or one level of a study is said, in words that anybody reads."""

from collections.abc import Mapping, Sequence
from math import inf, isfinite

from components.core.prompt import isolate_direction
from components.report.document import shorten_line
from components.report.results.gap_sentences import MOMENT_PHRASES, format_apart, format_ratio, join_sentences
from components.stats.arm_contrasts import ArmContrast
from components.stats.interval import Interval
from components.stats.study_families import CALIBRATION_ITEM
from components.stats.sweep_curves import SweepCrossing
from components.stats.trust_calibration import ArmReliance
from components.store.study_people_frame import OWN_ITEMS
from components.study.instruments import load_instruments
from components.study.study import OwnItem, Study
from components.study.study_item import StudyItem

MEASURE_NAMES = {
    "trust": "trust", "speed": "satisfaction with the speed", "likely": "how likely an answer seems to be correct",
    CALIBRATION_ITEM: "trust calibration", "felt_first": "felt time to the first words",
    "felt_complete": "felt time to the complete answer", "accept": "answers accepted",
}  # fmt: skip
MEASURE_UNITS = {"trust": "points of 100", "speed": "points of 7", "likely": "points of 100"}
LARGEST_DIFFERENCES = {"trust": 100.0, "speed": 6.0, "likely": 100.0, CALIBRATION_ITEM: 2.0}  # of −1 to 1
MAX_NAME_CHARS = 60


def arm_names(study: Study) -> dict[str, str]:
    """What each arm is called, by key: its level in a sweep, else its name, with its key where two share it."""
    shown = {arm.key: isolate_direction(shorten_line(arm.name or arm.key, MAX_NAME_CHARS)) for arm in study.shown_arms}
    if study.sweep:
        return {arm.key: level_text(study, arm.level or 0.0) for arm in study.shown_arms}
    names = list(shown.values())
    return {key: name if names.count(name) == 1 else f"{name} ({key})" for key, name in shown.items()}


def level_text(study: Study, level: float) -> str:
    """A level of a sweep: “30 % wrong”, or “2.5 s”."""
    return f"{level * 100:.0f} % wrong" if study.sweep == "errors" else f"{level:g} s"


def measure_name(item: str, own_items: Sequence[OwnItem] = ()) -> str:
    """What an item or a score measures, in words; of one of the designer's own the question."""
    if item in MEASURE_NAMES:
        return MEASURE_NAMES[item]
    if own := own_question(item, own_items):
        return f"“{isolate_direction(shorten_line(own.text, MAX_NAME_CHARS))}”"
    instrument, _, score = item.partition(".")
    known = load_instruments().get(instrument)
    titles = {one.name: one.title for one in known.scores} if known else {}
    return titles.get(score, item)


def own_question(item: str, own_items: Sequence[OwnItem]) -> StudyItem | None:
    """The designer's own question that an item is about; None where it is about none."""
    instrument, _, name = item.partition(".")
    return next((own.item for own in own_items if instrument == OWN_ITEMS and own.item.name == name), None)


def format_size(item: str, value: float) -> str:
    """A difference as a number: shares as percentage points, everything else as it is."""
    if item == CALIBRATION_ITEM:
        return format_apart(value * 100, 0)
    return format_apart(value, 1).removesuffix(".0")


def measure_unit(item: str) -> str:
    """What a difference is counted in."""
    return "percentage points" if item == CALIBRATION_ITEM else MEASURE_UNITS.get(item, "points")


def largest_difference(item: str, own_items: Sequence[OwnItem] = ()) -> float:
    """The largest difference that the scale of an item or a score can have; inf where its scale is not known."""
    if own := own_question(item, own_items):
        return own.scale_width
    instrument, _, name = item.partition(".")
    known = load_instruments().get(instrument)
    widths = {score.name: score.most - score.least for score in known.scores} if known else {}
    return LARGEST_DIFFERENCES.get(item, widths.get(name, inf))


def sized_text(contrast: ArmContrast) -> str:
    """A difference with unit, interval and n, as in “8 points of 100 (3 to 13), n = 36”; of seconds as a ratio."""
    shown = contrast.shown_interval
    if contrast.is_ratio:
        ends = " to ".join(format_ratio(end).removesuffix(" ×") for end in (shown.low, shown.high))
        return f"{format_ratio(shown.estimate)} as long ({ends}), n = {shown.n}"
    ends = " to ".join(format_size(contrast.item, end) for end in (shown.low, shown.high))
    return f"{format_size(contrast.item, shown.estimate)} {measure_unit(contrast.item)} ({ends}), n = {shown.n}"


def claimed_sentence(contrast: ArmContrast, names: Mapping[str, str], own_items: Sequence[OwnItem] = ()) -> str:
    """A sentence on a pair of which a difference is shown, the one with more first; of felt time the shorter one."""
    shorter = contrast.measure == "felt"
    turned = contrast if (contrast.mean.estimate > 0) != shorter else contrast.flip()
    over, under, size = names[turned.first], names[turned.second], sized_text(turned)
    match turned.item, turned.measure:
        case ("trust", _):
            return f"{over} is trusted more than {under} by {size}."
        case ("speed", _):
            return f"{over} is rated faster than {under} by {size}."
        case (item, _) if item == CALIBRATION_ITEM:
            return f"With {over} people tell right answers from wrong ones better than with {under}, by {size}."
        case (item, "felt"):
            return f"{over} feels faster than {under} {MOMENT_PHRASES[item]}: {size}."
        case (item, "felt_to_clock"):
            return f"Against its own clock {over} feels longer than {under} {MOMENT_PHRASES[item]}: {size}."
    return f"{measure_name(turned.item, own_items)}: {over} is higher than {under} by {size}."


def open_sentence(
    contrast: ArmContrast, ruled_out: Interval, names: Mapping[str, str], margin: float | None,
    own_items: Sequence[OwnItem] = (),
) -> str:  # fmt: skip
    """A sentence on a pair of which no difference is shown: what is ruled out, or why nothing is known yet.

    `ruled_out` is the interval of what is still possible. With a `margin` that was declared beforehand, no difference
    that matters is said where the whole interval lies within it.
    """
    pair = f"{names[contrast.first]} against {names[contrast.second]}"
    if not (isfinite(ruled_out.low) and isfinite(ruled_out.high)):
        return f"{pair}: undecided, {contrast.note or 'nobody rated both'}, n = {contrast.mean.n}."
    limit = ruled_out.smallest_excluded
    if contrast.is_ratio:
        largest = format_ratio(2.718281828459045 ** min(limit, 50.0))
        return f"{pair}: no difference shown, more than {largest} as long is ruled out, n = {ruled_out.n}."
    if limit >= largest_difference(contrast.item, own_items):
        return f"{pair}: no difference shown, and none is ruled out yet, n = {ruled_out.n}."
    size = f"{format_size(contrast.item, limit)} {measure_unit(contrast.item)}"
    if margin is not None and contrast.item == "trust" and limit <= margin:
        return (
            f"{pair}: no difference that matters. {format_size('trust', margin)} points were declared beforehand as "
            f"what would not matter; more than {size} is ruled out, n = {ruled_out.n}."
        )
    return f"{pair}: no difference shown, more than {size} is ruled out, n = {ruled_out.n}."


def reliance_sentence(found: ArmReliance, name: str) -> str:
    """The headline of one arm: what people took and left, with denominators."""
    right, wrong = found.counts["right"], found.counts["wrong"]
    if not right:
        if not wrong:
            return f"With {name}, nobody has said yet what they would do with an answer."
        taken = f"{percent_text(found.over.estimate)} of them ({wrong} shown)"
        return f"With {name} every answer was wrong, and people would use {taken}."
    accepted = (
        f"With {name}, people would use {percent_text(1 - found.under.estimate)} of the right answers ({right} shown)"
    )
    if not wrong:
        return f"{accepted}. No wrong answer was shown: whether trust is deserved cannot be told."
    size = found.calibration
    ends = f" ({size.low * 100:.0f} to {size.high * 100:.0f})" if isfinite(size.low) else f" ({size.note})"
    score = f"{format_apart(size.estimate * 100, 0)} points{ends}, n = {size.n}"
    taken = f"{percent_text(found.over.estimate)} of the wrong ones ({wrong} shown)"
    return join_sentences(
        f"{accepted} and {taken}: trust calibration {score}.",
        own_answer_sentence("turned to a right answer after a wrong one of their own", found.switched,
                            found.counts["first wrong, answer right"]),
        own_answer_sentence("kept their own right answer against a wrong one", found.stayed,
                            found.counts["first right, answer wrong"]),
    )  # fmt: skip


def own_answer_sentence(what: str, share: Interval, count: int) -> str:
    """How often people switched or stayed, with its denominator; "" where there was nothing to switch from."""
    return (
        f"They {what} in {percent_text(share.estimate)} of {count} trials."
        if count and isfinite(share.estimate)
        else ""
    )


def percent_text(share: float) -> str:
    """A share in per cent."""
    return f"{share * 100:.0f} %"


def crossing_sentence(found: SweepCrossing, study: Study) -> str:
    """Up to which level something holds: “Trusted up to 34 % wrong (22 to 41), n = 60”."""
    what = {"trust": "Trusted", "accept": "Accepted", "speed": "Tolerated"}[found.item]
    line = {"trust": "mean trust falls below 50 of 100", "accept": "fewer than half accept an answer",
            "speed": "mean satisfaction falls below the middle, 4 of 7"}[found.item]  # fmt: skip
    at, n = found.crossing, found.crossing.n
    if at.note:
        return f"{what}: undecided, {at.note}, n = {n}."
    if at.estimate == inf:
        low = "" if at.low == inf else f" (from {level_text(study, at.low)} on it could fall)"
        return f"{what} at every level, up to {level_text(study, max(found.levels))}{low}, n = {n}."
    if at.estimate == -inf:
        return f"{what} at no level, not even at {level_text(study, min(found.levels))}, n = {n}."
    ends = " to ".join(level_end_text(study, end) for end in (at.low, at.high))
    return f"{what} up to {level_text(study, at.estimate)} ({ends}), n = {n}: beyond, {line}."


def level_end_text(study: Study, end: float) -> str:
    """An end of the interval of a level; beyond the sweep it is told as that."""
    if isfinite(end):
        return f"{end * 100:.0f}" if study.sweep == "errors" else f"{end:.1f}"
    return "beyond the highest level" if end > 0 else "below the lowest level"


def equality_sentence(pair: tuple[str, str], found: Interval, names: Mapping[str, str]) -> str:
    """What a pattern is worth in seconds; "" where it cannot be told."""
    first, second = names[pair[0]], names[pair[1]]
    if not isfinite(found.low):
        return ""
    ends = " to ".join(format_apart(end, 1) for end in (found.low, found.high))
    more = "more" if found.estimate >= 0 else "less"
    return (
        f"{first} seems as fast as {second} when it takes {format_apart(abs(found.estimate), 1)} s {more} until it is "
        f"complete (difference {ends} s), n = {found.n}."
    )
