"""Model choice: which model answers a person live, in all their tabs and on all days; never another one in silence."""

import streamlit as st
from streamlit.errors import StreamlitAPIException

from components.core.explained import Explained
from components.server.app_context import app_context
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems


def model_in_use() -> str:
    """The id of the model that this person chose; "" for the one that Parallax starts with."""
    return state.shared_store().kept_choice(state.rater_id(), "model")


def use_model(id: str) -> None:
    """Ask this model from now on, in every tab of this person. Explained where that cannot be kept."""
    here = state.page_state()
    state.shared_store().keep_choice(state.rater_id(), "model", id)
    here.token, here.stood_in = "", ""


def model_to_ask() -> str:
    """The id of the model to ask now: the chosen one, or the first one where the person let it stand in here.

    Explained where the chosen one is away.
    """
    chosen, here = model_in_use(), state.page_state()
    if not chosen or (here.stood_in == chosen and is_model_away(chosen)):
        return ""
    if is_model_away(chosen):
        raise Explained(
            f"{called_model(chosen)}, the model that you chose, was put away or is not here.",
            "Recorded answers play as before.",
            "Choose below who answers, or bring it back on Models.",
        )
    return chosen


def is_model_away(id: str) -> bool:
    """Whether a chosen model is not among those that can be asked."""
    return id not in (model.id for model in state.shared_store().models(state.rater_id()))


def called_model(id: str) -> str:
    """The name of a chosen model in quotes, also where it was put away."""
    record = state.shared_store().model(id)
    return f"“{record.name}”" if record else "A model"


def ask_for_model() -> None:
    """Where the chosen model is away: says so and asks who answers in its place, drawn; nothing where it is there."""
    here, chosen = state.page_state(), model_in_use()
    if not chosen or here.stood_in == chosen or not is_model_away(chosen):
        return
    with st.container(key="model-away", border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{theme.inert_label(called_model(chosen))}, the model that you chose, was put away or is not here. "
            "Who answers when you ask live?"
        )
        first = theme.inert_label(app_context().model_name())
        st.button(f"{first}, this time", key="stand-in", on_click=let_first_stand_in, args=(chosen,))
        try:
            st.page_link("pages/models.py", label="Open Models", icon=":material/arrow_forward:")
        except StreamlitAPIException:
            st.caption("Another one can be chosen on Models.")  # shown by itself, without a navigation


@defer_problems()
def let_first_stand_in(chosen: str) -> None:
    """Let the model that Parallax starts with answer in this tab while the chosen one is away."""
    here = state.page_state()
    here.stood_in, here.token = chosen, ""
