"""Bring transcripts: what a product really said, brought in as recordings; and recordings taken away as files."""

from dataclasses import fields
from datetime import UTC, datetime

import streamlit as st

from components.models import transcripts
from components.models.transcripts import ColumnChoice, Transcripts
from components.prompts.bundled_recordings import bundled_recordings
from components.report import recordings_export as files
from components.store.recording_library import RecordingSummary
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems, show_problems

MAX_FILE_MB, MAX_SHOWN_PROBLEMS = 20, 20  # MB of a file; troubles that are listed


def show_upload() -> None:
    """A file of conversations, looked at first and then kept."""
    with st.expander("Bring conversations in"):
        st.caption(
            "JSON lines in the chat-completions form, a CSV, or a trace export. Times that the file does not tell "
            "are made up, and the recordings say so."
        )
        file = st.file_uploader(
            "File", type=["jsonl", "json", "csv", "tsv", "txt"], key="transcripts", max_upload_size=MAX_FILE_MB
        )
        if file is None:
            show_bundled_button("bring")
            return
        content = file.getvalue()
        with show_problems():
            show_import(
                transcripts.read_transcripts(
                    content, datetime.now(UTC).date().isoformat(), columns=choose_columns(content)
                )
            )


def show_bundled_button(key_part: str) -> None:
    """The bundled model's answers to the prompt packs, for who wants to look around before recording any."""
    label = f"Bring in {len(bundled_recordings())} answers of the bundled model"
    words = "Its answers to every prompt of the packs, as they come with Parallax. Put away what you do not need."
    st.button(label, on_click=keep_bundled, help=words, key=f"shelf-{key_part}", icon=":material/library_add:")


@defer_problems()
def keep_bundled() -> None:
    """Keep what comes with Parallax; what is here already stays as it is."""
    state.shared_store().keep_recordings(bundled_recordings())
    st.toast(f"{len(bundled_recordings())} recordings kept.", icon=":material/check:")


def choose_columns(content: bytes) -> ColumnChoice | None:
    """Which column holds what, proposed from the header; None for files that are no table."""
    table = transcripts.columns_of(content)
    if table is None:
        return None
    guess = transcripts.propose_columns(table)
    names = [field.name for field in fields(ColumnChoice) if not field.name.endswith("_unit")]
    columns = st.columns(len(names))
    chosen = {
        name: column.selectbox(name.capitalize(), ["", *table.header], column_index(table.header, getattr(guess, name)),
                              key=f"column-{name}")
        for name, column in zip(names, columns, strict=True)
    }  # fmt: skip
    return ColumnChoice(**chosen, first_unit=guess.first_unit, total_unit=guess.total_unit)


def column_index(header: tuple[str, ...], name: str) -> int:
    """A column's index in the list of choices, of which the first is none."""
    return header.index(name) + 1 if name in header else 0


def show_import(transcripts: Transcripts) -> None:
    """What the file holds, drawn, with the button that keeps it."""
    st.write(f"{len(transcripts.recordings):,} answers, {len(transcripts.troubles):,} rows with something odd.")
    if transcripts.troubles:
        lines = [
            f"- Row {problem.row}: {theme.inert_label(problem.text)}"
            for problem in transcripts.troubles[:MAX_SHOWN_PROBLEMS]
        ]
        st.markdown("\n".join(lines))
    if transcripts.recordings and st.button("Keep them", type="primary", key="transcripts-keep"):
        state.shared_store().keep_recordings(transcripts.recordings)
        st.toast(f"{len(transcripts.recordings):,} recordings kept.", icon=":material/check:")


def show_downloads(chosen: list[RecordingSummary]) -> None:
    """The buttons that download the chosen recordings, drawn."""
    store = state.shared_store()
    recordings = [recording for summary in chosen if (recording := store.recording(summary.id)) is not None]
    for label, ending, make in (("JSON lines", "jsonl", files.recordings_jsonl), ("CSV", "csv", files.recordings_csv)):
        st.download_button(
            label, make(recordings), f"recordings.{ending}", icon=":material/download:", on_click="ignore",
            key=f"take-{ending}",
        )  # fmt: skip
