"""Bring transcripts: what a product really said, brought in as recordings; and recordings taken away as files."""

from dataclasses import fields
from datetime import UTC, datetime

import streamlit as st

from components.models import transcripts
from components.models.transcripts import Columns, Transcripts
from components.prompts.bundled_recordings import shelf
from components.report import recordings_export as files
from components.store.recording_library import Summary
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems, show_problems

LARGEST, SHOWN = 20, 20  # MB of a file; troubles that are listed


def bring() -> None:
    """A file of conversations, looked at first and then kept."""
    with st.expander("Bring conversations in"):
        st.caption(
            "JSON lines in the chat-completions form, a CSV, or a trace export. Times that the file does not tell "
            "are made up, and the recordings say so."
        )
        file = st.file_uploader(
            "File", type=["jsonl", "json", "csv", "tsv", "txt"], key="transcripts", max_upload_size=LARGEST
        )
        if file is None:
            shelved("bring")
            return
        content = file.getvalue()
        with show_problems():
            looked(transcripts.read(content, datetime.now(UTC).date().isoformat(), columns=mapped(content)))


def shelved(place: str) -> None:
    """The bundled model's answers to the prompt packs, for who wants to look around before recording any."""
    label = f"Bring in {len(shelf())} answers of the bundled model"
    words = "Its answers to every prompt of the packs, as they come with Parallax. Put away what you do not need."
    st.button(label, on_click=shelve, help=words, key=f"shelf-{place}", icon=":material/library_add:")


@defer_problems()
def shelve() -> None:
    """Keep what comes with Parallax; what is here already stays as it is."""
    state.store().keep_recordings(shelf())
    st.toast(f"{len(shelf())} recordings kept.", icon=":material/check:")


def mapped(content: bytes) -> Columns | None:
    """Which column holds what, proposed from the header; None for files that are no table."""
    table = transcripts.columns_of(content)
    if table is None:
        return None
    guess = transcripts.proposed(table)
    names = [field.name for field in fields(Columns) if not field.name.endswith("_unit")]
    places = st.columns(len(names))
    chosen = {
        name: place.selectbox(name.capitalize(), ["", *table.header], index_of(table.header, getattr(guess, name)),
                              key=f"column-{name}")
        for name, place in zip(names, places, strict=True)
    }  # fmt: skip
    return Columns(**chosen, first_unit=guess.first_unit, total_unit=guess.total_unit)


def index_of(header: tuple[str, ...], name: str) -> int:
    """Where a column stands in the list of choices; the first one is none."""
    return header.index(name) + 1 if name in header else 0


def looked(found: Transcripts) -> None:
    """What the file holds, before it is kept."""
    st.write(f"{len(found.recordings):,} answers, {len(found.troubles):,} rows with something odd.")
    if found.troubles:
        lines = [f"- Row {one.row}: {theme.plain(one.text)}" for one in found.troubles[:SHOWN]]
        st.markdown("\n".join(lines))
    if found.recordings and st.button("Keep them", type="primary", key="transcripts-keep"):
        state.store().keep_recordings(found.recordings)
        st.toast(f"{len(found.recordings):,} recordings kept.", icon=":material/check:")


def take(chosen: list[Summary]) -> None:
    """The chosen recordings as files."""
    store = state.store()
    kept = [recording for one in chosen if (recording := store.recording(one.id)) is not None]
    for label, ending, make in (("JSON lines", "jsonl", files.jsonl), ("CSV", "csv", files.csv)):
        st.download_button(
            label, make(kept), f"recordings.{ending}", icon=":material/download:", on_click="ignore",
            key=f"take-{ending}",
        )  # fmt: skip
