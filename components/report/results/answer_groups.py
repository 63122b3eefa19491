"""Answer groups: which ratings may be averaged, so that two answers to the same question never share a mean."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import pandas as pd

from components.core.prompt import isolate_direction
from components.core.scenario import WRITTEN_MODEL
from components.report.document import shorten_line

SOURCE_COLUMNS = ["lives", "model", "outcome", "several"]


@dataclass(frozen=True)
class AnswerGroup:
    """The ratings of one answer, or of answers of one kind to different questions; those that played beside each other
    are one answer here.

    `recordings` are the answers' ids, `people` gave `ratings`. `title` says which answers they are, `source` of what
    kind.
    """

    recordings: frozenset[str]
    title: str
    source: str
    people: int
    ratings: int

    def ratings_in(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame that belong to the group."""
        return frame[answer_keys(frame).isin(self.recordings)]


def answer_groups(frame: pd.DataFrame) -> tuple[AnswerGroup, ...]:
    """Every answer of a frame (as components.store gives it), and all answers of a kind where none shares its question
    with another; the group with most people first, the wider one before what is in it.

    A model's live answers are a kind of their own: everybody saw another one, and the page says so.
    """
    if frame.empty:
        return ()
    frame = frame.assign(
        recording=answer_keys(frame), model=frame["models"].where(frame["models"].ne(""), frame["model"])
    )
    frame["outcome"] = frame["outcome"].where(frame["answers"].eq(""), "")
    columns = ["prompt_text", "model", "outcome", "answers"]
    answers = frame.drop_duplicates("recording").set_index("recording")[columns]
    answers["lives"] = frame.groupby("recording")["live"].all()
    answers["several"] = answers["answers"].ne("")
    groups = []
    for _, alike in answers.groupby(SOURCE_COLUMNS, sort=False):
        rows = alike.to_dict("index")
        questions = [str(row["prompt_text"]) for row in rows.values()]
        for place, (recording, row) in enumerate(rows.items()):
            number = questions[: place + 1].count(questions[place])
            which = f", answer {number}" if questions.count(questions[place]) > 1 else ""
            groups.append(make_group(frame, [str(recording)], row, which))
        if len(rows) > 1 and (alike["lives"].all() or len(set(questions)) == len(questions)):
            groups.append(make_group(frame, [str(recording) for recording in rows], next(iter(rows.values()))))
    return tuple(sorted(groups, key=lambda group: (-group.people, -group.ratings, -len(group.recordings))))


def answer_keys(frame: pd.DataFrame) -> pd.Series:
    """The answer that each rating is about: a recording, or all that played beside each other."""
    return frame["recording"].where(frame["answers"].eq(""), frame["answers"])


def make_group(
    frame: pd.DataFrame, recordings: list[str], answer: Mapping[Hashable, object], which: str = ""
) -> AnswerGroup:
    """The group of these answers; `answer` is one of them, and `which` tells it from others to the same question."""
    rows, source = frame[frame["recording"].isin(recordings)], source_text(answer) + which
    asked = (
        f"“{isolate_direction(shorten_line(str(answer['prompt_text'])))}”" if answer["prompt_text"] else "One answer"
    )
    title = asked if len(recordings) == 1 else f"All {len(recordings)} answers together"
    return AnswerGroup(frozenset(recordings), title, source, int(rows["rater"].nunique()), len(rows))


def source_text(answer: Mapping[Hashable, object]) -> str:
    """Of what kind an answer is, in a few words: “the wrong answer, as written”, “answered by SmolLM2”."""
    if answer["outcome"]:
        return f"the {answer['outcome']} answer, as written"
    if answer["model"] == WRITTEN_MODEL:
        return "a written answer"
    name = isolate_direction(shorten_line(str(answer["model"]))) if answer["model"] else "a model that is not kept"
    if answer["several"]:
        anew = ", while people watched, each time anew" if answer["lives"] else ""
        models = " and " in str(answer["model"])
        return (
            f"several models, one question: {name}{anew}"
            if models
            else f"an answer of its own in each pane, by {name}{anew}"
        )
    return f"answered by {name}{' while people watched, each time anew' if answer['lives'] else ''}"


def widest_groups(groups: tuple[AnswerGroup, ...]) -> tuple[AnswerGroup, ...]:
    """The groups that are part of no other: each rating is in one of them."""
    return tuple(group for group in groups if not any(group.recordings < other.recordings for other in groups))


def default_group(groups: tuple[AnswerGroup, ...], recording: str = "") -> AnswerGroup:
    """The group to show: the smallest that has this answer, else the first. IndexError where there is none."""
    named = [group for group in groups if recording in group.recordings]
    return min(named, key=lambda group: len(group.recordings)) if named else groups[0]
