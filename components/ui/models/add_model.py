"""Add a model: the forms for one more model, one for each kind of thing that can answer."""

from collections.abc import Callable

import streamlit as st

from components.core.explained import Explained
from components.models.build_model import build_model
from components.models.endpoint import model_profile
from components.models.endpoint.model_profile import Profile
from components.models.generation import State
from components.models.source import PATIENT, Patience, Settings, Source
from components.server.app_context import app_context
from components.ui.models import script_form
from components.ui.shared import state, theme
from components.ui.shared.problems import show_problems

ENDPOINT, LOCAL, SCRIPT, RECORDED = "An endpoint", "On this computer, or a hub", "A script", "Recordings"
ANY = "Any model"
WAITS = {
    "connect": "For the connection", "first": "For the first token", "between": "Between two tokens",
    "total": "For the whole answer",
}  # fmt: skip
Made = Callable[[], tuple[Source, Settings]]  # called when the button is pressed: what was typed may not fit


def add() -> None:
    """The form for one more model."""
    st.subheader("Wire another model")
    kind = st.segmented_control("What answers", list(FORMS), default=ENDPOINT, key="wire-kind") or ENDPOINT
    with st.container(key="card-wire", border=True):
        made = FORMS[kind]()
        name = st.text_input("Name", key="wire-name", max_chars=60, placeholder="What you will call it")
        label = "Wire" if kind in (SCRIPT, RECORDED) else "Test and wire"
        if st.button(label, type="primary", key="wire-go"):
            wire(made, name)


def endpoint() -> Made:
    """Any server that speaks chat completions."""
    where = st.text_input("Address", key="wire-where", placeholder="http://localhost:8000/v1").strip()
    key = st.text_input(
        "Name of its key", key="wire-key", placeholder="PARALLAX_KEY_…, or nothing where none is needed",
        help="The name of an environment variable or Streamlit secret. The key itself is never kept or shown.",
    ).strip()  # fmt: skip
    known: tuple[str, ...] = ()
    if where:
        with show_problems():
            known = offered(where, key)
    model = st.selectbox(
        "Model", known, None, accept_new_options=True, key="wire-model", placeholder="Choose, or type its name"
    )
    with st.expander("How it answers"):
        settings = answering(remote=True)
        st.caption("How long it is waited for, in seconds")
        least, most = PATIENT
        waits = {
            name: column.number_input(label, least, most, getattr(Patience(), name), key=f"wire-{name}")
            for column, (name, label) in zip(st.columns(4), WAITS.items(), strict=True)
        }

    def made() -> tuple[Source, Settings]:
        if not where or not model:
            raise Explained("The address or the model is missing.", "What you typed stays here.", "Fill both in.")
        return Source("endpoint", where, model, key, Patience(**waits)), settings()

    return made


@st.cache_data(ttl=30, show_spinner="Looking which models it offers …")
def offered(where: str, key: str) -> tuple[str, ...]:
    """What an endpoint offers, asked at most twice a minute."""
    return model_profile.offered(Source("endpoint", where, key=key), app_context().find_key)


def local() -> Made:
    """A folder of weights, or the name of a model on a hub."""
    where = st.text_input(
        "Folder or name", key="wire-local", placeholder="~/models/mine, or organisation/name",
        help="A model that goes on with a text, or one that sorts texts into classes. A graphics card is used where "
        "there is one.",
    ).strip()  # fmt: skip
    with st.expander("How it answers"):
        settings = answering(remote=False)

    def made() -> tuple[Source, Settings]:
        if not where:
            raise Explained("The folder or the name is missing.", "What you typed stays here.", "Fill it in.")
        return Source("folder" if where.startswith(("/", "~", ".")) else "hub", where), settings()

    return made


def recordings() -> Made:
    """What was recorded, said again."""
    st.caption("Answers only what was recorded, at the times it was recorded with, and keeps nothing twice.")
    whose = st.selectbox("Whose answers", [ANY, *state.store().models_recorded()], key="wire-whose")
    return lambda: (Source("replay", model="" if whose == ANY else whose), Settings())


FORMS: dict[str, Callable[[], Made]] = {
    ENDPOINT: endpoint, LOCAL: local, SCRIPT: script_form.form, RECORDED: recordings,
}  # fmt: skip


def answering(remote: bool) -> Callable[[], Settings]:
    """How a model answers; seed and stop words where an endpoint may know them."""
    left, right = st.columns(2)
    temperature = left.slider("Temperature", 0.0, 2.0, 0.2, 0.1, key="wire-temperature")
    longest = right.number_input("Longest answer (tokens)", 1, 100_000, 200, key="wire-longest")
    seed = left.number_input("Seed", value=None, step=1, key="wire-seed", placeholder="None") if remote else None
    stop = right.text_input("Stop before these words, between commas", key="wire-stop") if remote else ""
    system = st.text_area("What it is told beforehand", key="wire-system", max_chars=4000, height=80).strip()
    words = tuple(word.strip() for word in stop.split(",") if word.strip())
    return lambda: Settings(temperature=temperature, max_tokens=int(longest), system=system, seed=seed, stop=words[:4])


def wire(made: Made, name: str) -> None:
    """Test the model where there is anything to test; keep it and use it where it answers."""
    with show_problems():
        source, settings = made()
        model = build_model(source, settings, app_context().find_key, app_context().models.recordings_of)
        found = None
        if not source.is_prerecorded:
            try:
                found = measured(lambda progress: model_profile.profile(model, progress))
            finally:
                model.close()
        id = state.store().keep_model(source, settings, name.strip() or model.card.name)
        if found is not None:
            state.store().keep_finding(id, "profile", found.to_json())
        here = state.state()
        here.model, here.token = id, ""
        st.rerun()


def measured(ask: Callable[[Callable[[int, State], object]], Profile]) -> Profile:
    """What asking a few times shows, with its progress. Explained where one call fails."""
    bar = st.progress(0.0, f"Asking {model_profile.CALLS} times …")

    def told(done: int, where: State) -> None:
        loading = where.name == "loading"
        bar.progress(
            where.share if loading else done / model_profile.CALLS,
            theme.plain(where.text) if loading else f"{done} of {model_profile.CALLS} answers",
        )

    try:
        return ask(told)
    finally:
        bar.empty()
