"""Bring transcripts: what a product really said, brought in as recordings; and recordings taken away as files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from components.core.explained import Explained
from components.core.recording import Recording
from components.models import transcripts
from components.models.transcripts import ColumnChoice, Transcripts, UnknownEncoding
from components.prompts.bundled_recordings import bundled_recordings
from components.report import recordings_export as files
from components.store.recording_library import RecordingSummary
from components.ui.recordings import import_preview
from components.ui.shared import state, theme
from components.ui.shared.downloads import show_download
from components.ui.shared.problems import defer_problems, show_problems

MAX_FILE_MB = 20  # MB of a file
FILE_ENDINGS = ["jsonl", "ndjson", "json", "csv", "tsv", "txt"]
WHAT_IS_READ = (
    "Your own export from ChatGPT (conversations.json), Claude, Open WebUI or LibreChat; JSON, JSON lines or a CSV "
    "with messages or with questions and answers; traces from Langfuse, LangSmith, Phoenix or OpenTelemetry; pairs of "
    "requests and responses of any large provider. Times that the file does not tell are made up, and the recordings "
    "say so."
)
COLUMN_LABELS: Mapping[str, str] = {
    "question": "Question", "answer": "Answer", "conversation": "Conversation", "created": "Date",
    "model": "Model", "first": "Time to first word", "total": "Time to the end", "system": "System prompt",
    "more": "More of the question", "history": "Earlier messages", "role": "Who speaks", "text": "What is said",
}  # fmt: skip
MAIN_COLUMNS, COLUMNS_IN_A_ROW = 4, 4  # fields that are always shown; select boxes side by side
RECORDING_FILES = (
    ("JSON lines", "jsonl", "application/jsonl", files.recordings_jsonl),
    ("CSV", "csv", "text/csv", files.recordings_csv),
)  # fmt: skip


def show_upload() -> None:
    """A file of conversations, looked at first and then kept."""
    with st.expander("Bring conversations in"):
        st.caption(WHAT_IS_READ)
        file = st.file_uploader("File", type=FILE_ENDINGS, key="transcripts", max_upload_size=MAX_FILE_MB)
        if file is None:
            show_bundled_button("bring")
            return
        with show_problems():
            show_file(file.getvalue())


def show_file(content: bytes) -> None:
    """How a file is read, with what has to be chosen for it, and the button that keeps what it holds. Explained where
    it cannot be read.
    """
    encoding = choose_encoding(content)
    columns = choose_columns(content, encoding)
    every = st.toggle("Every answer of a conversation, not only its last one", key="transcripts-every")
    day_first: bool | None = None
    found = read_file(content, columns, encoding, every, day_first)
    if found.asked_dates:
        day_first = choose_day_order(found.asked_dates)
        found = found if day_first is None else read_file(content, columns, encoding, every, day_first)
    import_preview.show_import_preview(found)
    show_keep_button(found)


def read_file(
    content: bytes, columns: ColumnChoice | None, encoding: str, every: bool, day_first: bool | None
) -> Transcripts:
    """The recordings in a file, as it is chosen to be read. Explained where there are none."""
    today = datetime.now(UTC).date().isoformat()
    return transcripts.read_transcripts(content, today, every, columns, encoding, day_first)


def choose_encoding(content: bytes) -> str:
    """The encoding of a file: asked for where its letters cannot be told, "" where they can. UnknownEncoding until it
    is chosen.
    """
    try:
        transcripts.columns_of(content)
    except UnknownEncoding as unknown:
        samples = unknown.samples
        chosen = st.selectbox(
            "How its letters are written (encoding)", list(samples), None, key="transcripts-encoding",
            placeholder="Choose the one that reads right",
            format_func=lambda name: f"{transcripts.ENCODING_NAMES[name]}: {samples[name]}",
        )  # fmt: skip
        if chosen is None:
            raise
        return chosen
    except Explained:
        return ""
    return ""


def choose_day_order(dates: tuple[str, ...]) -> bool | None:
    """Whether the day stands first in a file's dates, asked for; None until it is said."""
    orders = {"The day": True, "The month": False}
    chosen = st.radio(
        f"What stands first in its dates, such as {theme.inert_label(dates[0])}?", list(orders), None,
        key="transcripts-day-order", horizontal=True,
    )  # fmt: skip
    return None if chosen is None else orders[chosen]


def show_bundled_button(key_part: str) -> None:
    """The bundled model's answers to the prompt packs, for who wants to look around before recording any."""
    label = f"Bring in {len(bundled_recordings())} answers of the bundled model"
    words = "Its answers to every prompt of the packs, as they come with Parallax. Archive what you do not need."
    st.button(label, on_click=keep_bundled, help=words, key=f"shelf-{key_part}", icon=":material/library_add:")


@defer_problems()
def keep_bundled() -> None:
    """Keep what comes with Parallax; what is here already stays as it is."""
    state.shared_store().keep_recordings(bundled_recordings())
    st.toast(f"{len(bundled_recordings())} recordings kept.", icon=":material/check:")


def choose_columns(content: bytes, encoding: str) -> ColumnChoice | None:
    """Which column holds what, proposed from its name and its cells; None for files that say so themselves."""
    table = transcripts.columns_of(content, encoding)
    if table is None:
        return None
    guess = transcripts.propose_columns(table)
    chosen = choose_from(table.header, guess, tuple(COLUMN_LABELS)[:MAIN_COLUMNS])
    with st.popover("More columns"):
        chosen |= choose_from(table.header, guess, tuple(COLUMN_LABELS)[MAIN_COLUMNS:])
    return replace(guess, **chosen)


def choose_from(header: tuple[str, ...], guess: ColumnChoice, names: tuple[str, ...]) -> dict[str, Any]:
    """A select box for each of these fields, drawn in rows; the chosen columns by field."""
    chosen: dict[str, Any] = {}
    for start in range(0, len(names), COLUMNS_IN_A_ROW):
        for name, place in zip(names[start:], st.columns(COLUMNS_IN_A_ROW), strict=False):
            index = column_index(header, getattr(guess, name))
            chosen[name] = place.selectbox(COLUMN_LABELS[name], ["", *header], index, key=f"column-{name}")
    return chosen


def column_index(header: tuple[str, ...], name: str) -> int:
    """A column's index in the list of choices, of which the first is none."""
    return header.index(name) + 1 if name in header else 0


def show_keep_button(found: Transcripts) -> None:
    """The button that keeps what a file holds, drawn where it holds anything; it waits until its dates are told."""
    if not found.recordings:
        return
    waiting = bool(found.asked_dates)
    why = "Say first what stands first in its dates." if waiting else None
    label = "Keep the recording" if len(found.recordings) == 1 else f"Keep {len(found.recordings):,} recordings"
    st.button(
        label, on_click=keep_found, args=(found.recordings,), type="primary", key="transcripts-keep",
        disabled=waiting, help=why,
    )  # fmt: skip


@defer_problems()
def keep_found(recordings: Sequence[Recording]) -> None:
    """Keep what a file holds, whatever is pressed or typed meanwhile."""
    state.shared_store().keep_recordings(recordings)
    kept = "1 recording" if len(recordings) == 1 else f"{len(recordings):,} recordings"
    st.toast(f"{kept} kept.", icon=":material/check:")


def show_downloads(chosen: list[RecordingSummary]) -> None:
    """The buttons that download the chosen recordings, drawn."""
    store = state.shared_store()
    recordings = [recording for summary in chosen if (recording := store.recording(summary.id)) is not None]
    for label, ending, mime, make in RECORDING_FILES:
        show_download(label, partial(make, recordings), f"recordings.{ending}", mime, key=f"take-{ending}")
