"""Basis: what a result rests on and what was left out of it, in sentences."""

import pandas as pd

from components.core.prompt import isolate_direction
from components.report.document import shorten_line
from components.report.results.answer_groups import AnswerGroup
from components.report.results.gap_sentences import join_sentences
from components.stats.person_means import RatingCounts, count_ratings
from components.store import RatedComparison


def basis_sentences(frame: pd.DataFrame) -> list[str]:
    """A sentence for each fact about what was counted; facts that are zero are left out."""
    counts = count_ratings(frame)
    seen = count_with_noun(counts.trials, "pane")
    people, ratings = count_with_noun(counts.people, "person", "people"), count_with_noun(counts.ratings, "rating")
    every = f"{people} gave {ratings} about {seen} that they watched."
    again = f"{count_with_noun(counts.corrected, 'answer was', 'answers were')} corrected; the last one counts."
    return [every, *([again] if counts.corrected else []), *left_out_sentences(frame, counts)]


def left_out_sentences(frame: pd.DataFrame, counts: RatingCounts) -> list[str]:
    """A sentence for each kind of rating that is special, and what that means for the results."""
    facts = (
        (
            counts.void,
            f"{count_with_noun(counts.void, 'pane')} played late or in a hidden tab: left out of all that is about "
            "speed.",
        ),
        (
            counts.told,
            f"{count_with_noun(counts.told, 'answer was', 'answers were')} given with the clock on the screen: counted "
            "apart, and in none of the sentences and charts above.",
        ),
        (
            counts.live,
            f"{count_with_noun(counts.live, 'pane')} played live: everybody saw another answer, so a difference may "
            "come from the answer too.",
        ),
        (counts.stopped, f"{count_with_noun(counts.stopped, 'pane')} stopped by the person: counted."),
        (counts.broke, f"{count_with_noun(counts.broke, 'pane')} ended in a failure: counted."),
    )
    return [*own_answer_sentences(frame), *(sentence for count, sentence in facts if count)]


def own_answer_sentences(frame: pd.DataFrame) -> list[str]:
    """A sentence that panes had answers of their own, and what that means for the results; none where they had not."""
    plays = frame.loc[frame["answers"].ne(""), "play"].nunique()
    if not plays:
        return []
    models = " / ".join(isolate_direction(shorten_line(name)) for name in frame["models"].unique() if name)
    return [
        f"In {count_with_noun(plays, 'play')} each pane had an answer of its own ({models}): what is shown is about "
        "those answers, their words and their times, as much as about what is around them. It is no comparison of "
        "patterns."
    ]


def count_with_noun(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun in the right number: “1 person”, “2 people”."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def comparison_title(comparison: RatedComparison) -> str:
    """A comparison in one line: its prototypes, how many people, when last rated."""
    names = " / ".join(arm.label for arm in comparison.arms)
    when = pd.Timestamp(comparison.last)
    people = count_with_noun(comparison.people, "person", "people")
    return f"{names} · {people} · last rated {when.day} {when:%b %Y, %H:%M} UTC"


def group_title(group: AnswerGroup) -> str:
    """The answers of a group in one line: their question, of what kind they are, and how many people."""
    return f"{group.title} · {group.source} · {count_with_noun(group.people, 'person', 'people')}"


def describe_prompts(frame: pd.DataFrame) -> str:
    """A line with the first prompt, how many others there were, and how many recordings."""
    prompts = frame.loc[frame["prompt_text"].ne(""), "prompt_text"].unique()
    recordings = frame.loc[frame["recording"].ne(""), "recording"].nunique()
    first = f"“{isolate_direction(shorten_line(prompts[0]))}”" if len(prompts) else ""
    others = f"and {count_with_noun(len(prompts) - 1, 'other prompt')}" if len(prompts) > 1 else ""
    return join_sentences(first, others, f"· {count_with_noun(recordings, 'recording')}" if recordings else "")
