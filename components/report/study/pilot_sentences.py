"""Pilot sentences: what the first people tell of the length and the size of a study, each with its uncertainty."""

from statistics import median

from components.report.results.result_basis import count_with_noun
from components.report.study.study_sentences import MEASURE_UNITS, format_size, measure_name
from components.stats.interval import Interval
from components.stats.pilot_plan import MOST_PLANNED_PEOPLE, PilotFacts, PilotSpread, left_share
from components.study.study import Design
from components.study.study_checks import LONG_MINUTES

SMALL_SPREAD_NOTE = (
    "So few people tell a spread only roughly: the range is right in 8 of 10 pilots. Which prototype is ahead was not "
    "looked at."
)


def length_sentences(facts: PilotFacts, expected: float) -> list[str]:
    """How long it took, against the minutes that were expected, and what to do about it; [] where nobody's is known."""
    if not facts.minutes:
        return []
    middle, least, most = median(facts.minutes), facts.minutes[0], facts.minutes[-1]
    people = count_with_noun(len(facts.minutes), "person", "people")
    told = (
        f"{people} took {middle:.0f} minutes in the middle ({least:.0f} to {most:.0f}); {expected:.0f} were expected."
    )
    if middle > LONG_MINUTES:
        return [
            told,
            f"Over {LONG_MINUTES:.0f} minutes people tire: in a copy, fewer questions for each prototype help.",
        ]
    if middle > 1.25 * expected:
        return [told, f"Announce {middle:.0f} minutes: in a copy, write them into what people agree to."]
    return [told, "The length can stay."]


def dropout_sentence(facts: PilotFacts, wanted: int) -> str:
    """How many left, and how many should be invited therefore."""
    settled, share = facts.settled_people, left_share(facts)
    if not facts.left:
        return (
            f"Of the {settled} who are through nobody has left; up to {share.high * 100:.0f} % may, of so few people."
        )
    least, most = (round(wanted / (1 - end)) for end in (share.low, share.high))
    return (
        f"{facts.left} of {settled} left before the end. If that goes on, {least} to {most} have to begin so that "
        f"{wanted} complete it."
    )


def spread_sentence(found: PilotSpread, design: Design) -> str:
    """How far people differ, with the interval."""
    size, unit, what = found.spread, MEASURE_UNITS.get(found.item, "points"), measure_name(found.item)
    whose = (
        f"In {what}, people who saw the same prototype differ"
        if design == "between"
        else f"In {what}, what a person gives one prototype more than another differs from person to person"
    )
    ends = " to ".join(format_size(found.item, end) for end in (size.low, size.high))
    return f"{whose} by {format_size(found.item, size.estimate)} {unit} ({ends}, a standard deviation), n = {size.n}."


def people_sentence(people: Interval, effect: float, item: str, wanted: int) -> str:
    """How many people it takes by that spread, as a range, and what that means for the number that was planned."""
    ends = " to ".join(people_text(end) for end in (people.low, people.high))
    unit = MEASURE_UNITS.get(item, "points")
    told = f"A difference of {effect:g} {unit} is shown in 80 of 100 studies with {ends} people"
    told += f" ({people_text(people.estimate)} by the spread as it is told)."
    if wanted < people.low:
        return f"{told} The {wanted} that are planned are too few, wherever in that range it lies."
    if wanted >= people.high:
        return f"{told} The {wanted} that are planned are enough, wherever in that range it lies."
    return f"{told} Whether the {wanted} that are planned are enough cannot be told yet."


def people_text(count: float) -> str:
    """A number of people; of more than can be planned only that."""
    return f"over {MOST_PLANNED_PEOPLE:,}" if count >= MOST_PLANNED_PEOPLE else f"{count:.0f}"
