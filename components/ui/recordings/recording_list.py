"""Recording list: every recorded answer, found again, played, judged, tagged and put away."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.core.comparison import branch_recordings, conversation_start
from components.core.explained import Explained
from components.core.prompt import Prompt, content_id
from components.core.recording import Recording
from components.prompts.packs import load_packs
from components.store.recording_library import RecordingPage, RecordingSummary
from components.store.search_conditions import Right
from components.ui.recordings import bring_transcripts, calibrate_from_labels, check_answers, record_pack
from components.ui.shared import player, screen, state, work_links
from components.ui.shared.glossary import term_meaning
from components.ui.shared.problems import defer_problems
from components.ui.shared.samples import shipped_recordings
from components.ui.shared.text_fields import typed_text

PAGE_SIZE = 50  # recordings on one page
RIGHT_FILTERS: Mapping[str, Right] = {"Right": "right", "Wrong": "wrong", "Cannot tell": "unclear", "Not judged": ""}
WORDING_FILTERS = {"Messy": True, "Clean": False}
COLUMN_WIDTHS_PX = {"Question": 300, "Answer": 380, "Judged": 70, "Tags": 100, "Model": 190}  # pixels
MAX_CHECKED = 200  # answers in one pass of checking
MAX_BESIDE = 2  # answers side by side
MAX_TAG_CHARS = 40


def show() -> None:
    """The page: the filters, the list, and what can be done with what is chosen in it."""
    st.title("Recordings")
    st.caption("Every answer that was recorded, imported or asked live. Choose one to play it, two to compare them.")
    record_pack.show()
    bring_transcripts.show_upload()
    if not state.shared_store().models_recorded() and not state.shared_store().search(away=True, limit=1).rows:
        show_no_recordings()
        return
    filters = show_filters()
    chosen = show_list(filters)
    offer_undo()
    if chosen:
        show_selection_actions(chosen, filters["away"])
    offer_library_check(filters)
    calibrate_from_labels.show()


def offer_library_check(filters: Mapping[str, Any]) -> None:
    """The way to check what fits the filters, one answer after the other, drawn."""
    if st.toggle("Check these answers one after the other", key="library-check",
                 help=f"Those that fit the filters, the newest {MAX_CHECKED}."):  # fmt: skip
        check_answers.show([row.id for row in state.shared_store().search(**filters, limit=MAX_CHECKED).rows])


def show_no_recordings() -> None:
    """The page before anything was recorded: what will be here, and how to get there."""
    with st.container(key="card-empty", border=True):
        st.header("Nothing is recorded yet")
        st.write(
            "1. Open **Compare** and ask the model live: its answer is recorded at once, word by word.\n"
            "2. Or record a whole **prompt pack** above, clean or messy.\n"
            "3. Or bring in **conversations** that a product of yours really had.\n\n"
            "Then every answer is here: to find, play, set beside another one, judge right or wrong, and tag."
        )
        bring_transcripts.show_bundled_button("empty")
        try:
            st.page_link("pages/compare.py", label="Open Compare", icon=":material/arrow_forward:")
        except StreamlitAPIException:
            st.caption("Compare is in the menu at the top.")  # this page is shown by itself, without a navigation


def show_filters() -> dict[str, Any]:
    """The filters, drawn; their values as arguments of `Library.search`."""
    store = state.shared_store()
    search = st.text_input("Search", key="library-search", placeholder="Words of the question or the answer")
    with st.expander("Filters"):
        a, b, c = st.columns(3)
        models = a.multiselect(
            "Model", list(store.models_recorded()), key="library-models", placeholder="Any", select_all=False
        )
        pack = b.selectbox(
            "Prompt pack",
            [pack.name for pack in load_packs()],
            None,
            key="library-pack",
            placeholder="Any",
            help=term_meaning("Prompt pack"),
        )
        wording = c.selectbox("Wording", list(WORDING_FILTERS), None, key="library-wording", placeholder="Any",
                              help="Clean or messy, as the prompt packs say; all others are neither.")  # fmt: skip
        a, b, c = st.columns(3, vertical_alignment="bottom")
        judged = a.selectbox("Judged", list(RIGHT_FILTERS), None, key="library-right", placeholder="Any")
        tags = b.multiselect("Tags", list(store.tags()), key="library-tags", placeholder="Any", select_all=False)
        away = c.toggle("Archived ones", key="library-away")
    return {
        "search": search, "models": models, "roots": prompt_ids(pack, wording),
        "right": RIGHT_FILTERS[judged] if judged else None,
        "tags": tags, "away": away,
    }  # fmt: skip


def prompt_ids(pack: str | None, wording: str | None) -> list[str] | None:
    """The ids of the prompts of a pack, of those worded so; None where neither is asked for."""
    if pack is None and wording is None:
        return None
    items = [item for listed_pack in load_packs() if pack in (None, listed_pack.name) for item in listed_pack.items]
    wanted = [item.text for item in items if wording is None or bool(item.mess) == WORDING_FILTERS[wording]]
    return [prompt_id for text in wanted if (prompt_id := pack_prompt_id(text))]


@cache
def pack_prompt_id(text: str) -> str:
    """The id of a prompt of a pack; "" where it cannot be asked."""
    try:
        return Prompt.from_typed(text).id
    except Explained:
        return ""


def show_list(filters: Mapping[str, Any]) -> list[RecordingSummary]:
    """The list, drawn; the summaries chosen in it."""
    key = f"library-page-{content_id(filters)[:12]}"
    fitting, page = fetch_page(filters, wanted := int(str(state.read_widget(key) or 1)))
    if not fitting.rows:
        st.caption("Nothing fits. Take a word or a filter away.")
        return []
    fit = " that fit" if any(value not in (None, "", [], False) for value in filters.values()) else ""
    first = (page - 1) * PAGE_SIZE
    st.caption(f"{first + 1:,} to {first + len(fitting.rows):,} of {fitting.total:,} recordings{fit}")
    chosen = st.dataframe(
        [list_row(summary) for summary in fitting.rows], hide_index=True, on_select="rerun", selection_mode="multi-row",
        # a choice is of these rows, not of their positions
        key=f"library-list-{content_id([summary.id for summary in fitting.rows])[:12]}",
        column_config={
            **{name: st.column_config.TextColumn(width=width) for name, width in COLUMN_WIDTHS_PX.items()},
            "Seconds": st.column_config.NumberColumn(format="%.1f"),
            "Tokens": st.column_config.NumberColumn(help=term_meaning("Token")),
            "Recorded": st.column_config.TextColumn(help="The day on which the model answered."),
        },
    )  # fmt: skip
    if fitting.total > PAGE_SIZE:
        if page != wanted:
            state.set_widget(key, page)
        st.pagination(page_count(fitting), key=key)
    return [fitting.rows[index] for index in chosen.selection.rows if index < len(fitting.rows)]


def fetch_page(filters: Mapping[str, Any], page: int) -> tuple[RecordingPage, int]:
    """(page, number): a page of the search, the last one where there are fewer pages by now."""
    fitting = state.shared_store().search(**filters, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return (fitting, page) if fitting.rows or not fitting.total else fetch_page(filters, page_count(fitting))


def page_count(fitting: RecordingPage) -> int:
    """How many pages there are."""
    return -(-fitting.total // PAGE_SIZE)


def list_row(summary: RecordingSummary) -> Mapping[str, Any]:
    """One recording as a line of the list."""
    return {
        "Question": summary.text, "Answer": summary.answer,
        "Judged": "cannot tell" if summary.right == "unclear" else summary.right,
        "Tags": ", ".join(summary.tags),
        "Model": f"{summary.model} (scripted)" if summary.scripted else summary.model,
        "Seconds": summary.seconds, "Tokens": summary.tokens, "Ended": summary.ending,
        "Recorded": summary.made[:10],
    }  # fmt: skip


def show_selection_actions(chosen: list[RecordingSummary], away: bool) -> None:
    """The buttons for the chosen recordings, and their answers beside each other, drawn."""
    ids = tuple(summary.id for summary in chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Right", icon=":material/check:", on_click=mark_recordings, args=(ids, "right", "right"), key="mark-right"
        )
        st.button(
            "Wrong", icon=":material/close:", on_click=mark_recordings, args=(ids, "right", "wrong"), key="mark-wrong"
        )
        st.button("Not judged", on_click=mark_recordings, args=(ids, "right", ""), key="mark-none")
        st.text_input("Tag", key="library-tag", on_change=toggle_tag, args=(chosen,), width=200,
                      placeholder="A tag, then Enter", label_visibility="collapsed",
                      help="Write a tag once more to take it off.")  # fmt: skip
    with st.container(horizontal=True):
        if len(chosen) == 1:
            st.button("Open in Compare", icon=":material/arrow_forward:", on_click=open_recording, args=ids,
            key="library-open",
                      help="It opens with its whole conversation, from the first question on.")  # fmt: skip
        if away:
            st.button(
                "Bring back", icon=":material/undo:", on_click=mark_recordings, args=(ids, "away", ""), key="mark-back"
            )
        else:
            show_archive_button(ids)
        bring_transcripts.show_downloads(chosen)
    if state.page_state().leaving:
        state.page_state().leaving = False
        st.switch_page("pages/compare.py", query_params=state.page_state().entry)
    work_links.show_work_links(recordings=ids)
    if len(chosen) > MAX_BESIDE or len({summary.root for summary in chosen}) > 1:
        st.caption("Two answers to the same question can be played beside each other.")
        return
    recordings = [recording for id in ids if (recording := state.shared_store().recording(id))]
    player.show_answers(
        [replace(recording, prompt=Prompt(recording.prompt.messages)) for recording in recordings], "library"
    )


def show_archive_button(ids: tuple[str, ...]) -> None:
    """The button that takes recordings out of the list, drawn."""
    st.button(
        "Archive", icon=":material/archive:", on_click=put_away_recordings, args=(ids,), key="mark-away",
        help="Take it out of this list. It is not deleted: ratings that rest on it stay, and so do links.",
    )  # fmt: skip


@defer_problems()
def mark_recordings(ids: tuple[str, ...], kind: str, value: str) -> None:
    """Put the same mark on each recording. A problem is shown at the next drawing."""
    for id in ids:
        state.shared_store().mark(id, kind, value)


def toggle_tag(chosen: list[RecordingSummary]) -> None:
    """Add the tag that was typed; one that all of them have is taken off."""
    name = typed_text("library-tag", MAX_TAG_CHARS)
    if name:
        on_all = all(name in summary.tags for summary in chosen)
        mark_recordings(tuple(summary.id for summary in chosen), f"tag:{name}", "" if on_all else "on")
        state.set_widget("library-tag", "")


def put_away_recordings(ids: tuple[str, ...]) -> None:
    """Take recordings out of the list; one press brings them back."""
    mark_recordings(ids, "away", "yes")
    state.page_state().away = ids


def offer_undo() -> None:
    """The button that brings back what was put away last, drawn."""
    here = state.page_state()
    if not here.away:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{len(here.away)} archived. Ratings that rest on them stay.")
        if st.button("Undo", key="library-undo"):
            mark_recordings(here.away, "away", "")
            here.away = ()
            st.rerun()


@defer_problems()
def open_recording(id: str) -> None:
    """Put a recording on Compare with its whole conversation. A problem is shown where only its rest is kept."""
    recording = state.shared_store().recording(id)
    if recording is None:
        return
    main = conversation_start(recording, conversation_recordings(recording))
    if main is None:
        raise Explained(
            "This is the rest of an answer whose beginning is not kept.", "It stays here.", "Open another answer."
        )
    screen.show_new(replace(screen.current_comparison(), recordings=conversation_recordings(main)))
    state.page_state().leaving = True


def conversation_recordings(recording: Recording) -> tuple[Recording, ...]:
    """A recording and what else belongs to the same conversation."""
    recordings = (*shipped_recordings(), *state.shared_store().recordings_for(recording.prompt.id))
    return (recording, *branch_recordings(recording, recordings))
