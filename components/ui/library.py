"""Library: every recorded answer, found again, played, judged, tagged and put away."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from components.core.explained import Explained
from components.core.pack import packs
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.store.library import Found, Summary
from components.store.search import Right
from components.ui import batches, link, player, state, transcripts
from components.ui.compare import branches, samples

PAGE = 50  # recordings on one page
RIGHT: Mapping[str, Right] = {"Right": "right", "Wrong": "wrong", "Not judged": ""}
MOST = 2  # answers side by side


def show() -> None:
    """The page: the filters, the list, and what can be done with what is chosen in it."""
    st.title("Recordings")
    st.caption("Every answer that was recorded, imported or asked live. Choose one to play it, two to compare them.")
    batches.show()
    transcripts.bring()
    found = filtered()
    if not found.rows:
        st.caption("Nothing fits. Take a filter away, or ask a question live on Compare: it is recorded at once.")
        undo()
        return
    chosen = listed(found)
    undo()
    if chosen:
        acted(chosen)


def filtered() -> Found:
    """The recordings that fit what is set above the list."""
    store = state.store()
    left, right = st.columns([3, 1])
    search = left.text_input("Search", key="library-search", placeholder="Words of the question or the answer")
    pages = right.number_input("Page", 1, key="library-page", step=1)
    with st.expander("Filters"):
        a, b, c, d = st.columns(4)
        models = a.multiselect("Model", list(store.models_recorded()), key="library-models")
        named = {pack.name: pack for pack in packs()}
        pack = b.selectbox("Prompt pack", list(named), None, key="library-pack", placeholder="Any")
        judged = c.selectbox("Judged", list(RIGHT), None, key="library-right", placeholder="Any")
        tags = d.multiselect("Tags", list(store.tags()), key="library-tags")
    roots = [asked for item in named[pack].items if (asked := root(item.text))] if pack else None
    return store.found(
        search, models, roots, RIGHT[judged] if judged else None, tags, limit=PAGE, offset=(int(pages) - 1) * PAGE
    )


def root(text: str) -> str:
    """The id of a prompt of a pack; "" where it cannot be asked."""
    try:
        return Prompt.read(text).id
    except Explained:
        return ""


def listed(found: Found) -> list[Summary]:
    """The list; what is chosen in it."""
    first = (int(str(state.widget("library-page") or 1)) - 1) * PAGE
    st.caption(f"{first + 1} to {first + len(found.rows)} of {found.total:,} recordings")
    table = [row(one) for one in found.rows]
    chosen = st.dataframe(
        table, hide_index=True, key="library-list", on_select="rerun", selection_mode="multi-row", height=420,
        column_config={"Seconds": st.column_config.NumberColumn(format="%.1f")},
    )  # fmt: skip
    return [found.rows[place] for place in chosen.selection.rows if place < len(found.rows)]


def row(one: Summary) -> Mapping[str, Any]:
    """One recording as a line of the list."""
    return {
        "Question": one.text, "Answer": one.answer, "Judged": one.right, "Tags": ", ".join(one.tags),
        "Model": f"{one.model} (scripted)" if one.scripted else one.model, "Seconds": one.seconds, "Tokens": one.tokens,
        "Whole": one.whole, "Made": one.made[:10],
    }  # fmt: skip


def acted(chosen: list[Summary]) -> None:
    """What can be done with the chosen ones."""
    ids = tuple(one.id for one in chosen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Right", icon=":material/check:", on_click=mark, args=(ids, "right", "right"), key="mark-right")
        st.button("Wrong", icon=":material/close:", on_click=mark, args=(ids, "right", "wrong"), key="mark-wrong")
        st.button("Not judged", on_click=mark, args=(ids, "right", ""), key="mark-none")
        st.text_input("Tag", key="library-tag", on_change=tag, args=(chosen,), max_chars=40, width=180)
        st.button("Put away", icon=":material/delete:", on_click=put_away, args=(ids,), key="mark-away")
        if len(chosen) == 1:
            st.button("Open in Compare", type="primary", on_click=opened, args=ids, key="library-open")
        transcripts.take(chosen)
    if state.state().leaving:
        state.state().leaving = False
        st.switch_page("pages/compare.py")
    if len(chosen) > MOST or len({one.root for one in chosen}) > 1:
        st.caption("Two answers to the same question can be played beside each other.")
        return
    player.answers([kept for id in ids if (kept := state.store().recording(id))], "library")


def mark(ids: tuple[str, ...], kind: str, value: str) -> None:
    """The same mark on each."""
    try:
        for id in ids:
            state.store().mark(id, kind, value)
    except Explained as problem:
        state.state().problem = problem


def tag(chosen: list[Summary]) -> None:
    """Add the tag that was typed; one that all of them have is taken off."""
    name = str(state.widget("library-tag") or "").strip()
    if name:
        worn = all(name in one.tags for one in chosen)
        mark(tuple(one.id for one in chosen), f"tag:{name}", "" if worn else "on")
        state.put("library-tag", "")


def put_away(ids: tuple[str, ...]) -> None:
    """Take recordings out of the list; one press brings them back."""
    mark(ids, "away", "yes")
    state.state().away = ids


def undo() -> None:
    """The way back for what was put away last."""
    here = state.state()
    if not here.away:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{len(here.away)} put away. Ratings that rest on them stay.")
        if st.button("Undo", key="library-undo"):
            mark(here.away, "away", "")
            here.away = ()
            st.rerun()


def opened(id: str) -> None:
    """Put the answer on Compare, with what follows it."""
    recording = state.store().recording(id)
    if recording is None:
        return
    link.change(replace(link.current(), recordings=family(recording)))
    state.state().leaving = True


def family(recording: Recording) -> tuple[Recording, ...]:
    """A recording and what follows in the same conversation."""
    known = (*samples(), *state.store().recordings_for(recording.prompt.id))
    return (recording, *branches(recording, known))
