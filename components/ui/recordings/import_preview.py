"""Import preview: how the first conversations of a file were read, and what was left out and why, before it is kept."""

import streamlit as st

from components.core.recording import Recording
from components.models.transcripts import RowProblem, Transcripts
from components.ui.shared import theme

MAX_PREVIEWS = 3  # conversations that are shown
MAX_SHOWN_CHARS = 600  # characters of a message that are shown
MAX_SHOWN_PROBLEMS, MAX_SHOWN_ROWS = 20, 5  # sentences that are listed; rows that one of them names
SPEAKER_NAMES = {"system": "System prompt", "user": "Person", "assistant": "Model"}
TIME_WORDS = {
    "measured": "each word's time measured",
    "spread": "its words spread over it",
    "made up": "its words' times made up",
}


def show_import_preview(found: Transcripts) -> None:
    """What a file holds, drawn: how much, how it was read as a whole, what was odd, and its first conversations."""
    answers = "1 answer" if len(found.recordings) == 1 else f"{len(found.recordings):,} answers"
    rows = len({problem.row for problem in found.troubles})
    st.write(f"{answers}, {rows:,} {'row' if rows == 1 else 'rows'} with something odd.")
    lines = [theme.inert_label(note) for note in found.notes]
    sentences = rows_by_sentence(found.troubles)
    lines += [
        theme.inert_label(f"{row_names(of)}: {text}") for text, of in list(sentences.items())[:MAX_SHOWN_PROBLEMS]
    ]
    if len(sentences) > MAX_SHOWN_PROBLEMS:
        lines.append(f"And {len(sentences) - MAX_SHOWN_PROBLEMS:,} other things in other rows.")
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
    if not found.recordings:
        return
    several = min(MAX_PREVIEWS, len(found.recordings))
    st.markdown("**How the first one was read**" if several == 1 else f"**How the first {several} were read**")
    for number, recording in enumerate(found.recordings[:MAX_PREVIEWS]):
        show_conversation(recording, found.rows[number], number)


def rows_by_sentence(problems: tuple[RowProblem, ...]) -> dict[str, list[int]]:
    """The rows of which each sentence is said."""
    rows: dict[str, list[int]] = {}
    for problem in problems:
        rows.setdefault(problem.text, []).append(problem.row)
    return rows


def row_names(rows: list[int]) -> str:
    """Rows as a sentence names them, the first of many."""
    if len(rows) == 1:
        return f"Row {rows[0]:,}"
    told = ", ".join(f"{row:,}" for row in rows[:MAX_SHOWN_ROWS])
    return f"Rows {told}" if len(rows) <= MAX_SHOWN_ROWS else f"Rows {told} and {len(rows) - MAX_SHOWN_ROWS:,} more"


def show_conversation(recording: Recording, row: int, number: int) -> None:
    """One conversation as it was read, drawn: who says what, and what is told of the answer."""
    with st.container(border=True, key=f"card-import-{number}"):
        last = recording.events[-1]
        ending = f", broke off: {last.text[:MAX_SHOWN_CHARS]}" if last.kind == "error" else ""
        st.caption(theme.inert_label(
            f"Row {row:,} · {recording.card.name} · {recording.made} · {recording.seconds:.1f} s, "
            f"{TIME_WORDS.get(recording.card.times, recording.card.times)}{ending}"
        ))  # fmt: skip
        for message in recording.prompt.messages:
            st.markdown(f"**{SPEAKER_NAMES[message.role]}**")
            st.text(shortened_text(message.text))
        if thoughts := "\n".join(text for _, text in recording.events[0].data.get("thoughts", ())):
            st.markdown("**Model, its reasoning, kept apart**")
            st.text(shortened_text(thoughts))
        if recording.text:
            st.markdown("**Model, the answer**")
            st.text(shortened_text(recording.text))


def shortened_text(text: str) -> str:
    """The beginning of a text, with a sign where there is more."""
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[:MAX_SHOWN_CHARS].rstrip()} …"
