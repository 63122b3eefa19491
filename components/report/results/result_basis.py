"""Basis: what a result rests on and what was left out of it, in sentences."""

import pandas as pd

from components.core.prompt import isolated
from components.report.results.pair_gaps import said
from components.stats.person_means import Counted, counted
from components.store import Comparison


def basis(frame: pd.DataFrame) -> list[str]:
    """What was counted, one sentence a fact; facts that are zero are left out."""
    found = counted(frame)
    seen = many(found.trials, "pane")
    every = f"{many(found.people, 'person', 'people')}, {many(found.ratings, 'rating')}, {seen} seen."
    again = f"{many(found.corrected, 'answer was', 'answers were')} corrected; the last one counts."
    return [every, *([again] if found.corrected else []), *left_out(found)]


def left_out(found: Counted) -> list[str]:
    """What is special about some of it, and what that means for the results."""
    facts = (
        (found.void, f"{many(found.void, 'pane')} played late or in a hidden tab: left out of felt times and speed."),
        (found.told, f"{many(found.told, 'felt time')} given when the clock was on the screen: left out."),
        (found.live, f"{many(found.live, 'pane')} played live: output quality not held constant."),
        (found.stopped, f"{many(found.stopped, 'pane')} stopped by the person: counted."),
        (found.broke, f"{many(found.broke, 'pane')} ended in a failure: counted."),
    )
    return [sentence for count, sentence in facts if count]


def many(count: int, one: str, more: str = "") -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def title(comparison: Comparison) -> str:
    """A comparison in one line: its prototypes, how many people, when last rated."""
    names = " / ".join(arm.label for arm in comparison.arms)
    when = pd.Timestamp(comparison.last)
    return f"{names} · {many(comparison.people, 'person', 'people')} · last rated {when.day} {when:%b %Y, %H:%M} UTC"


def asked(frame: pd.DataFrame) -> str:
    """What the prompts were and how many answers they had."""
    prompts = frame.loc[frame["prompt_text"].ne(""), "prompt_text"].unique()
    recordings = frame.loc[frame["recording"].ne(""), "recording"].nunique()
    first = f"“{isolated(short(prompts[0]))}”" if len(prompts) else ""
    others = f"and {many(len(prompts) - 1, 'other prompt')}" if len(prompts) > 1 else ""
    return said(first, others, f"· {many(recordings, 'recording')}" if recordings else "")


def short(text: str, most: int = 90) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
