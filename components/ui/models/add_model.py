"""Add a model: the forms for one more model, one for each kind of thing that can answer."""

from collections.abc import Callable
from itertools import count

import streamlit as st

from components.core.explained import Explained
from components.core.scenario import TYPED_KEPT
from components.core.text_folding import fold_text
from components.models.endpoint import model_profile
from components.models.endpoint.model_profile import ModelProfile
from components.models.generation import GenerationState
from components.server.app_context import app_context
from components.store.registered_models import MAX_NAME_CHARS, RegisteredModel, model_id
from components.store.works import MINE, TEAM
from components.ui.models import model_fields
from components.ui.models.model_fields import ENDPOINT_LABEL, PERSON_LABEL, RECORDED_LABEL, SCRIPT_LABEL, ModelDraft
from components.ui.models.source_forms import FORMS, SourceMaker
from components.ui.shared import model_choice, state, theme
from components.ui.shared.problems import show_problems
from components.ui.shared.text_fields import text_line

INTERRUPTED_TEXT = (
    ":material/info: The test was interrupted, because something on the page was changed meanwhile. What you typed is "
    "still here; nothing was kept yet."
)
WHOM_LABELS = {MINE: "Only me", TEAM: "My team"}
WHOM_HELP = (
    "Who finds this model on this page. What you give to your team is also reached through the recording proxy. You "
    "can change it later."
)


def add_model() -> None:
    """The form that adds a model, or makes a new version of one, drawn."""
    model_fields.prepare_form()
    edited = edited_model()
    st.header(f"Edit {theme.inert_label(edited.name)}" if edited else "Add a model")
    if edited:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("It becomes a new version. Recordings of the one before stay as they are, and keep its name.")
            st.button("Cancel", key="wire-cancel", on_click=leave_edit)
    chosen = st.segmented_control(
        "What answers", list(FORMS), key="wire-kind", persist_state="session", on_change=change_kind, required=True
    )
    kind = chosen or ENDPOINT_LABEL
    with st.container(key="card-wire", border=True):
        make_source = FORMS[kind]()
        left, right = st.columns([3, 2])
        with left:
            name = name_field(edited)
        visibility = right.segmented_control(
            "Who finds it", list(WHOM_LABELS), format_func=WHOM_LABELS.__getitem__, key="wire-whom", help=WHOM_HELP,
            persist_state="session", required=True,
        )  # fmt: skip
        act = "save" if edited else "add"
        label = act.capitalize() if kind in (SCRIPT_LABEL, RECORDED_LABEL, PERSON_LABEL) else f"Test and {act}"
        show_interruption()
        if st.button(label, type="primary", key="wire-go"):
            register_model(make_source, name, visibility or MINE, edited)


def edited_model() -> RegisteredModel | None:
    """The model whose new version is in the form; None where a new one is."""
    here = state.page_state()
    return state.shared_store().model(here.edited_model) if here.edited_model else None


def change_kind() -> None:
    """Another kind of model was chosen: who usually finds such a one."""
    state.set_widget("wire-whom", model_fields.usual_visibility(str(state.read_widget("wire-kind"))))


def leave_edit() -> None:
    """Empty the form for a new model."""
    state.page_state().edited_model = ""
    model_fields.fill_form(ModelDraft())


def name_field(edited: RegisteredModel | None) -> str:
    """The field for the name, with a line below it while the name is another model's, drawn; the name."""
    name = text_line(
        "Name",
        key="wire-name",
        persist_state="session",
        max_chars=MAX_NAME_CHARS,
        placeholder="What you will call it",
        live=True,
    ).strip()
    if name and is_taken(name, edited.id if edited else ""):
        st.caption(f":material/error: There is a model called {theme.inert_label(name)} already. Choose another name.")
    return name


def is_taken(name: str, besides: str) -> bool:
    """Whether a model on the page has this name already, in capitals or not; the one with the id `besides` aside."""
    listed = state.shared_store().models(state.rater_id())
    return any(fold_text(model.name) == fold_text(name) for model in listed if model.id != besides)


def show_interruption() -> None:
    """That a test was interrupted, drawn once."""
    here = state.page_state()
    if here.testing:
        here.testing = False
        st.caption(INTERRUPTED_TEXT)


def register_model(make_source: SourceMaker, name: str, visibility: str, edited: RegisteredModel | None) -> None:
    """Test the model where there is anything to test; keep it and use it where it answers."""
    here, store = state.page_state(), state.shared_store()
    owner = edited.owner if edited and edited.owner else state.rater_id()
    with show_problems():
        source, settings = make_source()
        id, before = model_id(source, settings, owner), edited.id if edited else ""
        if name and is_taken(name, before or id):
            raise Explained(f"There is a model called “{name}” already.", TYPED_KEPT, "Choose another name.")
        model = app_context().models.build_from(source, settings)
        profile = None
        if source.is_testable:
            here.testing = True
            try:
                profile = measure_with_progress(lambda progress: model_profile.measure_profile(model, progress))
            except Explained:
                here.testing = False
                raise
            finally:
                model.close()
        store.keep_model(source, settings, name or free_name(model.card.name, before or id), owner, visibility, before)
        if profile is not None:
            store.keep_finding(id, "profile", profile.to_json())
        here.testing, here.edited_model, here.form_stale = False, "", True
        model_choice.use_model(id)
        st.rerun()


def free_name(name: str, besides: str) -> str:
    """The name, with a number behind it where it is taken."""
    return next(
        f"{name} {n}" if n > 1 else name for n in count(1) if not is_taken(f"{name} {n}" if n > 1 else name, besides)
    )


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
