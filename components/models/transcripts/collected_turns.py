"""Collected turns: what the rows of a file tell, made into recordings, with what holds for the file as a whole: which
number of a date is the day, in which unit its times are, and which answers bear no date.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from components.core.explained import Explained
from components.core.recording import Recording
from components.models.transcripts.answer_facts import MILLISECOND_S, ReadOptions
from components.models.transcripts.file_text import MAX_ROWS
from components.models.transcripts.moment_forms import find_day_order, is_ambiguous_date
from components.models.transcripts.row_shapes import RowResult
from components.models.transcripts.table_columns import MAX_PLAUSIBLE_S
from components.models.transcripts.transcript_turn import Turn, turn_recording

MAX_FILE_WORDS = 1_000_000  # in a whole file
FILE_FULL_TEXT = (
    f"This row and the rest were not read: a file may hold {MAX_ROWS:,} answers with {MAX_FILE_WORDS:,} words together."
)
MILLISECONDS_NOTE = "Its times have no unit and would be very long in seconds, so they were read as milliseconds."
NumberedResult = tuple[int, RowResult]  # what a row says, with its number


@dataclass(frozen=True)
class RowProblem:
    """What could not be taken over as it was, in one plain sentence; `row` as a spreadsheet or an editor counts it."""

    row: int
    text: str


@dataclass(frozen=True)
class Transcripts:
    """The recordings that a file holds, each with its row in `rows`, and what was odd about rows.

    `notes` say how the file as a whole was read. `asked_dates` are dates that can be read with the day or with the
    month first, where nobody said which.
    """

    recordings: tuple[Recording, ...]
    troubles: tuple[RowProblem, ...]
    rows: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    asked_dates: tuple[str, ...] = ()


def collect_recordings(
    read: Callable[[ReadOptions], Iterator[NumberedResult]], options: ReadOptions, today: str, notes: tuple[str, ...]
) -> Transcripts:
    """The recordings of what `read` tells, in the order of the rows, and the troubles with them."""
    results = list(read(options))
    turns = [result for _, result in results if isinstance(result, Turn)]
    asked = list(dict.fromkeys(turn.date_text for turn in turns if not turn.made and is_ambiguous_date(turn.date_text)))
    order = find_day_order(turn.date_text for turn in turns) if asked else None
    if order is not None:
        results, asked = list(read(replace(options, day_first=order))), []
        turns = [result for _, result in results if isinstance(result, Turn)]
    scales = time_scales(turns)
    recordings, troubles, undated = row_recordings(results, scales, today)
    answers = "one of its answers, so it bears" if undated == 1 else f"{undated:,} of its answers, so they bear"
    notes += (MILLISECONDS_NOTE,) if scales else ()
    notes += (f"No day is told for {answers} today's.",) if undated else ()
    recordings.sort(key=lambda pair: pair[0])
    troubles.sort(key=lambda trouble: trouble.row)
    rows = tuple(number for number, _ in recordings)
    return Transcripts(tuple(recording for _, recording in recordings), tuple(troubles), rows, notes, tuple(asked))


def row_recordings(
    results: Sequence[NumberedResult], scales: dict[str, float], today: str
) -> tuple[list[tuple[int, Recording]], list[RowProblem], int]:
    """(recordings with their rows, what was odd, how many tell no day), until a file is full."""
    numbered: list[tuple[int, Recording]] = []
    troubles: list[RowProblem] = []
    words, undated = 0, 0
    for number, result in results:
        if words >= MAX_FILE_WORDS or len(numbered) >= MAX_ROWS:
            troubles.append(RowProblem(number, FILE_FULL_TEXT))
            break
        try:
            if isinstance(result, Explained):
                raise result
            read = result if isinstance(result, Recording) else turn_recording(scaled_turn(result, scales), today)
        except Explained as problem:
            troubles.append(RowProblem(number, problem.what))
            continue
        recording, notes = (read, ()) if isinstance(read, Recording) else read
        words += len(recording.events)
        undated += isinstance(result, Turn) and not result.made and not result.date_text
        numbered.append((number, recording))
        troubles += [RowProblem(number, note) for note in dict.fromkeys(notes)]
    return numbered, troubles, undated


def time_scales(turns: Sequence[Turn]) -> dict[str, float]:
    """By which of `first` and `total` in a file are to be multiplied: those without a unit of which most would be very
    long seconds.
    """
    scales = {}
    for which in ("first", "total"):
        told = [seconds for turn in turns if which in turn.unitless and (seconds := getattr(turn, which)) is not None]
        if told and median(told) > MAX_PLAUSIBLE_S:
            scales[which] = MILLISECOND_S
    return scales


def scaled_turn(turn: Turn, scales: dict[str, float]) -> Turn:
    """The turn with its times in seconds."""
    scaled = {which: getattr(turn, which) * scale for which, scale in scales.items() if which in turn.unitless}
    return replace(turn, **scaled) if scaled else turn
