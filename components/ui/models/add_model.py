"""Add a model: the forms for one more model, one for each kind of thing that can answer."""

from collections.abc import Callable

import streamlit as st

from components.core.explained import Explained
from components.models.build_model import build_model
from components.models.endpoint import model_list, model_profile
from components.models.endpoint.model_list import NoModelList
from components.models.endpoint.model_profile import ModelProfile
from components.models.generation import GenerationState
from components.models.source import PATIENCE_RANGE_S, Settings, Source, Timeouts
from components.server.app_context import app_context
from components.ui.models import script_form
from components.ui.shared import model_choice, state, theme
from components.ui.shared.problems import show_problems

ENDPOINT_LABEL, LOCAL_LABEL, SCRIPT_LABEL, RECORDED_LABEL = (
    "An endpoint",
    "On this computer, or a hub",
    "A script",
    "Recordings",
)
ANY_MODEL = "Any model"
WAIT_LABELS = {
    "connect": "For the connection", "first": "For the first token", "between": "Between two tokens",
    "total": "For the whole answer",
}  # fmt: skip
SourceMaker = Callable[[], tuple[Source, Settings]]  # called when the button is pressed: what was typed may not fit


def add_model() -> None:
    """The form that adds a model, drawn."""
    st.subheader("Wire another model")
    kind = st.segmented_control("What answers", list(FORMS), default=ENDPOINT_LABEL, key="wire-kind") or ENDPOINT_LABEL
    with st.container(key="card-wire", border=True):
        make_source = FORMS[kind]()
        name = st.text_input("Name", key="wire-name", max_chars=60, placeholder="What you will call it")
        label = "Wire" if kind in (SCRIPT_LABEL, RECORDED_LABEL) else "Test and wire"
        if st.button(label, type="primary", key="wire-go"):
            register_model(make_source, name)


def endpoint_form() -> SourceMaker:
    """The fields for an endpoint, drawn; a function that gives its source and settings."""
    address = st.text_input("Address", key="wire-where", placeholder="http://localhost:8000/v1").strip()
    key = st.text_input(
        "Name of its key", key="wire-key", placeholder="PARALLAX_KEY_…, or nothing where none is needed",
        help="The name of a variable that begins with PARALLAX_KEY_, or of a key in the section [parallax_keys] of "
        "Streamlit's secrets. It is sent only to the hosts in the variable with the same name and _HOST behind it; "
        "without one, only to this computer. The key itself is never kept or shown.",
    ).strip()  # fmt: skip
    models: tuple[str, ...] = ()
    if address:
        with show_problems():
            models = listed_or_none(address, key)
    model = st.selectbox(
        "Model", models, None, accept_new_options=True, key="wire-model", placeholder="Choose, or type its name"
    )
    with st.expander("How it answers"):
        settings = settings_form(remote=True)
        st.caption("How long it is waited for, in seconds")
        least, most = PATIENCE_RANGE_S
        waits = {
            name: column.number_input(label, least, most, getattr(Timeouts(), name), key=f"wire-{name}")
            for column, (name, label) in zip(st.columns(4), WAIT_LABELS.items(), strict=True)
        }

    def made() -> tuple[Source, Settings]:
        if not address or not model:
            raise Explained("The address or the model is missing.", "What you typed stays here.", "Fill both in.")
        return Source("endpoint", address, model, key, Timeouts(**waits)), settings()

    return made


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
        "Folder or name", key="wire-local", placeholder="~/models/mine, or organisation/name",
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
    st.caption("Answers only what was recorded, at the times it was recorded with, and keeps nothing twice.")
    whose = st.selectbox("Whose answers", [ANY_MODEL, *state.shared_store().models_recorded()], key="wire-whose")
    return lambda: (Source("replay", model="" if whose == ANY_MODEL else whose), Settings())


FORMS: dict[str, Callable[[], SourceMaker]] = {
    ENDPOINT_LABEL: endpoint_form, LOCAL_LABEL: local_form, SCRIPT_LABEL: script_form.script_form,
    RECORDED_LABEL: recordings_form,
}  # fmt: skip


def settings_form(remote: bool) -> Callable[[], Settings]:
    """The settings' fields, drawn; a function that gives the settings. Seed and stop words only for a remote model."""
    left, right = st.columns(2)
    temperature = left.slider("Temperature", 0.0, 2.0, 0.2, 0.1, key="wire-temperature")
    longest = right.number_input("Longest answer (tokens)", 1, 100_000, 200, key="wire-longest")
    seed = left.number_input("Seed", value=None, step=1, key="wire-seed", placeholder="None") if remote else None
    stop = right.text_input("Stop before these words, between commas", key="wire-stop") if remote else ""
    system = st.text_area("What it is told beforehand", key="wire-system", max_chars=4000, height=80).strip()
    words = tuple(word.strip() for word in stop.split(",") if word.strip())
    return lambda: Settings(temperature=temperature, max_tokens=int(longest), system=system, seed=seed, stop=words[:4])


def register_model(make_source: SourceMaker, name: str) -> None:
    """Test the model where there is anything to test; keep it and use it where it answers."""
    with show_problems():
        source, settings = make_source()
        model = build_model(source, settings, app_context().find_key, app_context().models.recordings_of)
        profile = None
        if not source.is_prerecorded:
            try:
                profile = measure_with_progress(lambda progress: model_profile.measure_profile(model, progress))
            finally:
                model.close()
        id = state.shared_store().keep_model(source, settings, name.strip() or model.card.name)
        if profile is not None:
            state.shared_store().keep_finding(id, "profile", profile.to_json())
        model_choice.use_model(id)
        st.rerun()


def measure_with_progress(ask: Callable[[Callable[[int, GenerationState], object]], ModelProfile]) -> ModelProfile:
    """The profile that `ask` measures, with a progress bar meanwhile. Explained where a call fails."""
    bar = st.progress(0.0, f"Asking {model_profile.PROBE_CALLS} times …")

    def show_state(done: int, generation_state: GenerationState) -> None:
        loading = generation_state.name == "loading"
        bar.progress(
            generation_state.share if loading else done / model_profile.PROBE_CALLS,
            theme.inert_label(generation_state.text) if loading else f"{done} of {model_profile.PROBE_CALLS} answers",
        )

    try:
        return ask(show_state)
    finally:
        bar.empty()
