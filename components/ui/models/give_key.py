"""Give key: the field in which a person gives an endpoint's key for as long as the server runs."""

import streamlit as st

from components.core.explained import Explained
from components.models.endpoint import endpoint_keys
from components.models.endpoint.given_keys import GIVEN_PREFIX, key_origin
from components.models.source import Source
from components.server.app_context import app_context
from components.ui.shared import state, theme
from components.ui.shared.problems import defer_problems

KEY_HELP = (
    "It is held in the server's memory until Parallax is stopped, and sent to this host alone. It is never written "
    "down, shown or exported. Whoever may ask this model asks with it."
)
NAME_WIDGET, ADDRESS_WIDGET = "wire-key", "wire-where"


def show_key_field(address: str, name: str) -> None:
    """The field for the key itself, or that one is held and how to let go of it, drawn below the form's address."""
    keys = app_context().given_keys
    if keys.host_of(name):
        show_held_key(name, "wire")
    elif not name or missing_key(Source("endpoint", address, key=name)):
        st.text_input(
            "Or the key itself, held until Parallax is stopped", type="password", key="wire-secret", help=KEY_HELP,
            autocomplete="off", placeholder="Fill the address in first" if not key_origin(address) else "",
            disabled=not key_origin(address), on_change=take_form_key,
        )  # fmt: skip


def show_missing_key(id: str, source: Source) -> None:
    """What keeps a model's key from being used, and the field in which it can be given, drawn; nothing where it is
    there.
    """
    name = source.key
    if app_context().given_keys.host_of(name):
        show_held_key(name, id)
    elif name and (problem := missing_key(source)):
        st.caption(f":material/key_off: {theme.inert_label(problem.what)} Without it, this model cannot be asked.")
        widget = f"secret-{id}"
        st.text_input(
            "Its key, held until Parallax is stopped", type="password", key=widget, help=KEY_HELP, autocomplete="off",
            on_change=take_card_key, args=(widget, name, source.where),
        )  # fmt: skip


def show_held_key(name: str, place: str) -> None:
    """For which host a key is held, and the button that lets go of it, drawn."""
    with st.container(horizontal=True, vertical_alignment="center"):
        host = app_context().given_keys.host_of(name)
        st.caption(f":material/key: A key for {theme.inert_label(host)} is held until Parallax is stopped.")
        if app_context().given_keys.is_givers(name, state.rater_id()):
            st.button("Forget it", key=f"forget-{place}", on_click=forget_key, args=(name,), type="tertiary")


def missing_key(source: Source) -> Explained | None:
    """Why the key that a model names cannot be used; None where it can, or where it names none."""
    try:
        endpoint_keys.read_key(source.key, app_context().find_key, source.where)
    except Explained as problem:
        return problem
    return None


def take_form_key() -> None:
    """Hold the key that was typed into the form, and let the form name it."""
    address = str(state.read_widget(ADDRESS_WIDGET) or "").strip()
    name = str(state.read_widget(NAME_WIDGET) or "").strip()
    if given := take_key("wire-secret", name, address):
        state.set_widget(NAME_WIDGET, given)


def take_card_key(widget: str, name: str, address: str) -> None:
    """Hold the key that was typed for a model that is wired."""
    take_key(widget, name, address)


def take_key(widget: str, name: str, address: str) -> str:
    """Hold what was typed as a key and clear the field, whatever came of it; its name, "" where it is not held."""
    typed = str(state.read_widget(widget) or "")
    state.set_widget(widget, "")
    if not typed:
        return ""
    with defer_problems():
        return app_context().given_keys.give(name, typed, address, state.rater_id())
    return ""


def forget_key(name: str) -> None:
    """Let go of a key, and of its name in the form where nobody else knows it."""
    app_context().given_keys.forget(name, state.rater_id())
    if name.startswith(GIVEN_PREFIX) and state.read_widget(NAME_WIDGET) == name:
        state.set_widget(NAME_WIDGET, "")
