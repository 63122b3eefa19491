"""Source forms: the fields for one more model, one form for each kind of thing that can answer."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.core.explained import Explained
from components.models.endpoint import model_list
from components.models.endpoint.model_list import NoModelList
from components.models.source import PATIENCE_RANGE_S, Settings, Source, Timeouts
from components.server.app_context import app_context
from components.ui.models import give_key, person_form, script_form
from components.ui.models.model_fields import (
    ANY_MODEL,
    ENDPOINT_LABEL,
    LOCAL_LABEL,
    PERSON_LABEL,
    RECORDED_LABEL,
    SCRIPT_LABEL,
)
from components.ui.shared import state
from components.ui.shared.problems import show_problems
from components.ui.shared.text_fields import text_box

MAX_SYSTEM_CHARS = 4_000
WAIT_LABELS = {
    "connect": "For the connection", "first": "For the first word", "between": "Between two words",
    "total": "For the whole answer",
}  # fmt: skip
SourceMaker = Callable[[], tuple[Source, Settings]]  # called when the button is pressed: what was typed may not fit


def endpoint_form() -> SourceMaker:
    """The fields for an endpoint, drawn; a function that gives its source and settings."""
    address = st.text_input(
        "Address", key="wire-where", persist_state="session", placeholder="http://localhost:8000/v1",
        help="Where the model's server is reached: the address that its provider calls base URL. It often ends in /v1.",
    ).strip()  # fmt: skip
    key = key_field(address)
    models: tuple[str, ...] = ()
    if address:
        with show_problems():
            models = listed_or_none(address, key)
    model = st.selectbox(
        "Model",
        models,
        accept_new_options=True,
        key="wire-model",
        persist_state="session",
        placeholder="Choose, or type its name",
    )
    with st.expander("How it answers"):
        settings = settings_form(remote=True)
        st.caption("How long it is waited for, in seconds")
        least, most = PATIENCE_RANGE_S
        waits = {
            name: column.number_input(label, least, most, key=f"wire-{name}", persist_state="session")
            for column, (name, label) in zip(st.columns(4), WAIT_LABELS.items(), strict=True)
        }

    def made() -> tuple[Source, Settings]:
        if not address or not model:
            raise Explained("The address or the model is missing.", "What you typed stays here.", "Fill both in.")
        return Source("endpoint", address, model, key, Timeouts(**waits)), settings()

    return made


def key_field(address: str) -> str:
    """The fields for a key, by its name or itself, drawn; its name."""
    key = st.text_input(
        "Name of its key", key="wire-key", persist_state="session",
        placeholder="PARALLAX_KEY_…, or nothing where none is needed",
        help="A key (API key) is the password of a paid service. Whoever runs Parallax can set one once for all; here "
        "stands only its name: that of a variable that begins with PARALLAX_KEY_, or of a key in the section "
        "[parallax_keys] of Streamlit's secrets. It is sent only to the hosts in the variable with the same name and "
        "_HOST behind it; without one, only to this computer. The key itself is never kept or shown.",
    ).strip()  # fmt: skip
    give_key.show_key_field(address, key)
    return key


def listed_or_none(address: str, key: str) -> tuple[str, ...]:
    """The names of an endpoint's models; none, with a line that says so, where it lists none."""
    try:
        models = offered_models(address, key)
    except NoModelList as problem:
        st.caption(f"{problem.what} {problem.do}")
        return ()
    if not models:
        st.caption("This server lists no models. Type the name of its model.")
    return models


@st.cache_data(ttl=30, show_spinner="Looking which models it offers …")
def offered_models(address: str, key: str) -> tuple[str, ...]:
    """The names of an endpoint's models, asked at most twice a minute. Explained where it cannot be asked."""
    return model_list.list_endpoint_models(Source("endpoint", address, key=key), app_context().find_key)


def local_form() -> SourceMaker:
    """The fields for a model on this computer or a hub, drawn; a function that gives its source and settings."""
    location = st.text_input(
        "Folder or name", key="wire-local", persist_state="session", placeholder="~/models/mine, or organisation/name",
        help="A model that goes on with a text, or one that sorts texts into classes. A graphics card is used where "
        "there is one.",
    ).strip()  # fmt: skip
    with st.expander("How it answers"):
        settings = settings_form(remote=False)

    def made() -> tuple[Source, Settings]:
        if not location:
            raise Explained("The folder or the name is missing.", "What you typed stays here.", "Fill it in.")
        return Source("folder" if location.startswith(("/", "~", ".")) else "hub", location), settings()

    return made


def recordings_form() -> SourceMaker:
    """The fields for a model that replays recordings, drawn; a function that gives its source and settings."""
    st.caption("Answers only questions that were recorded, with the words and the pace of then.")
    whose = st.selectbox(
        "Whose answers", [ANY_MODEL, *state.shared_store().models_recorded()], key="wire-whose", persist_state="session"
    )
    return lambda: (Source("replay", model="" if whose == ANY_MODEL else whose), Settings())


FORMS: dict[str, Callable[[], SourceMaker]] = {
    ENDPOINT_LABEL: endpoint_form, LOCAL_LABEL: local_form, SCRIPT_LABEL: script_form.script_form,
    RECORDED_LABEL: recordings_form, PERSON_LABEL: person_form.person_form,
}  # fmt: skip


def settings_form(remote: bool) -> Callable[[], Settings]:
    """The settings' fields, drawn; a function that gives the settings. Seed and stop words only for a remote model."""
    left, right = st.columns(2)
    temperature = left.slider(
        "Temperature", 0.0, 2.0, step=0.1, key="wire-temperature", persist_state="session",
        help="How freely it picks its words: at 0 nearly always the same, higher more varied and more often wrong.",
    )  # fmt: skip
    longest = right.number_input(
        "Longest answer (tokens)", 1, 100_000, key="wire-longest", persist_state="session",
        help="A token is a word or a piece of one: 200 tokens are about 150 English words. There the answer is cut.",
    )  # fmt: skip
    seed = seed_field(left) if remote else None
    stop = (
        right.text_input("Stop before these words, between commas", key="wire-stop", persist_state="session")
        if remote
        else ""
    )
    system = text_box(
        "Instructions", key="wire-system", persist_state="session", max_chars=MAX_SYSTEM_CHARS, height=80,
        help="What this model is told before every question (system prompt). A pane can have instructions of its own.",
    ).strip()  # fmt: skip
    words = tuple(word.strip() for word in stop.split(",") if word.strip())
    return lambda: Settings(temperature=temperature, max_tokens=int(longest), system=system, seed=seed, stop=words[:4])


def seed_field(column: DeltaGenerator) -> int | None:
    """The field for the seed, drawn; None where it is empty."""
    return column.number_input(
        "Seed", value=None, step=1, key="wire-seed", persist_state="session", placeholder="None",
        help="Any whole number. With the same one, many servers give the same answer again.",
    )  # fmt: skip
