"""Person form: the fields for a model behind which a colleague sits, and the link that they are sent."""

import secrets
from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from components.core.explained import Explained
from components.models.source import PATIENCE_RANGE_S, Settings, Source, Timeouts
from components.models.written.person_model import FIRST_DRAFTER
from components.server.app_context import app_context
from components.ui.shared import state
from components.ui.shared.comparison_link import full_address
from components.ui.shared.problems import page_part

DESK_ID_BYTES = 9
LOOK_S = 2.0  # seconds between looks whether somebody sits there
NO_DRAFT_LABEL = "Nobody: they write all of it"
FIRST_LABEL = "The model that Parallax starts with"
WAIT_FIELDS = {
    "connect": "For them to open their page", "first": "For the first words", "between": "Between two things they send",
    "total": "For the whole answer",
}  # fmt: skip
ABOUT_TEXT = (
    "Somebody else is the model while it is played. They open a link, see each question, and what they send comes "
    "word by word in every pane. The answer is kept as a recording that says a person typed it; inside the panes "
    "nothing tells it from a model's."
)


def person_form() -> Callable[[], tuple[Source, Settings]]:
    """Who drafts and how long the colleague is waited for, drawn; a function that gives its source and settings."""
    st.caption(ABOUT_TEXT)
    drafters = drafter_names()
    drafter = st.selectbox(
        "Who writes them a draft", list(drafters), format_func=drafters.__getitem__, key="wire-drafter",
        persist_state="session", help="They see what this model would say as it comes, and send it, correct it or "
        "leave it.",
    )  # fmt: skip
    with st.expander("How long they are waited for, in seconds"):
        least, most = PATIENCE_RANGE_S
        waits = {
            name: column.number_input(label, least, most, key=f"wire-person-{name}", persist_state="session")
            for column, (name, label) in zip(st.columns(4), WAIT_FIELDS.items(), strict=True)
        }
    desk = str(state.read_widget("wire-desk") or "") or secrets.token_urlsafe(DESK_ID_BYTES)
    return lambda: (Source("person", desk, drafter, patience=Timeouts(**waits)), Settings())


def drafter_names() -> dict[str, str]:
    """The models that can write a draft, by their ids, the first one for nobody, as a select box shows them."""
    listed = {
        model.id: model.name for model in state.shared_store().models(state.rater_id()) if model.source.kind != "person"
    }
    first = FIRST_LABEL
    with suppress(Explained):  # it is not there yet, and is named when it is
        first = app_context().model_name()
    return {"": NO_DRAFT_LABEL, FIRST_DRAFTER: first, **listed}


def show_desk_link(source: Source) -> None:
    """The link for the colleague, and whether they have its page open, drawn."""
    show_desk_state(source.where)
    st.code(full_address("person", {"desk": source.where}), language=None, wrap_lines=True)


@page_part(LOOK_S)
def show_desk_state(desk: str) -> None:
    """Whether somebody has the page of a desk open, drawn again and again."""
    attended = state.shared_store().is_desk_attended(desk)
    st.caption(
        ":material/check: Somebody has the page open." if attended else
        "Nobody has the page open yet. Send this link to whoever is to be the model:"
    )  # fmt: skip
