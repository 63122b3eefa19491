"""Model cards: what answers when a question is asked live, and how another model is wired in."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

import streamlit as st

from components.core.explained import Explained
from components.models.endpoint import model_profile
from components.models.endpoint.endpoint import Endpoint
from components.models.endpoint.endpoint_request import refusal_remarks
from components.models.endpoint.model_profile import ModelProfile
from components.models.local.model_task import is_classifier_source
from components.models.source import Settings, Source
from components.server.app_context import app_context
from components.store.registered_models import MAX_NAME_CHARS, RegisteredModel
from components.store.works import MINE, TEAM
from components.ui.models import add_model, calibrate_model, give_key, model_fields, person_form
from components.ui.models.model_fields import ModelDraft
from components.ui.shared import model_choice, state, theme
from components.ui.shared.problems import defer_problems, show_problems

PROFILE_FIGURES = {
    "first": ("First word after", "s", "How long it is silent before its first word."),
    "rate": ("Words or pieces a second", "", "How fast it writes (tokens a second): about 5 are reading speed."),
    "jitter": ("Unevenness", "s", "How far the waits between its words differ from even (jitter)."),
    "stall": ("Longest pause", "s", "The longest wait between two words."),
}


STARTING_MODEL = RegisteredModel("", Source(), Settings(), "", "")
EACH_CALL_TEXT = "The middle of several test questions; each of them is a bar."
EDITABLE_KINDS = ("endpoint", "folder", "hub", "scripted", "replay", "person")  # those that the form can show


def show() -> None:
    """The page: the models there are, and the form for one more."""
    st.title("Models")
    st.caption(
        "What answers when you ask live, in all your tabs until you choose another one. Recordings stay as they are."
    )
    model_choice.ask_for_model()
    show_model_card(STARTING_MODEL)
    for model in state.shared_store().models(state.rater_id()):
        show_model_card(model)
    offer_model_undo()
    add_model.add_model()


def show_model_card(model: RegisteredModel) -> None:
    """One model: what it is, whose, what was measured, and what can be done with it."""
    id, source = model.id, model.source
    with st.container(key=f"card-{id or 'first'}", border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.header(theme.inert_label(display_name(model)))
            st.caption(theme.inert_label(" · ".join(filter(None, model_facts(model)))))
        with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            show_model_acts(model)
            tested = source.is_testable and st.button(
                "Test", key=f"test-{id}", icon=":material/network_check:", help="Ask it a few short questions, and see "
                "whether it answers and how fast.",
            )  # fmt: skip
            if id and model.may_be_changed_by(state.rater_id()):
                show_owner_acts(model)
        give_key.show_missing_key(id, source)
        if source.kind == "person":
            person_form.show_desk_link(source)
        if tested:
            measure_model(id)
        if source.is_testable:
            show_profile(id)
            calibrate_model.show(id)


def display_name(model: RegisteredModel) -> str:
    """A model's name, as at its answers; what it was called where it cannot be opened."""
    with suppress(Explained):
        return app_context().model_name(model.id)
    return model.name


def show_model_acts(model: RegisteredModel) -> None:
    """That a model is in use or the button for it, and the way to another version of it, drawn."""
    if model_choice.model_in_use() == model.id:
        st.badge("In use", icon=":material/check:", color="green")
    else:
        st.button("Use this one", key=f"use-{model.id}", on_click=choose_model, args=(model.id,))
    if model.id and model.source.kind in EDITABLE_KINDS:
        own = model.may_be_changed_by(state.rater_id())
        st.button(
            "Edit" if own else "Edit a copy", key=f"edit-{model.id}", icon=":material/edit:", on_click=edit_model,
            args=(model, own), help="It opens in the form below.",
        )  # fmt: skip


def show_owner_acts(model: RegisteredModel) -> None:
    """What only the owner of a model can do, drawn; anybody where it has none."""
    if model.owner:
        to, label = (TEAM, "Give to my team") if model.visibility == MINE else (MINE, "Keep for me")
        st.button(label, key=f"share-{model.id}", on_click=share_model, args=(model.id, to), help=add_model.WHOM_HELP)
    st.button(
        "Archive", key=f"away-{model.id}", on_click=put_away_model, args=(model.id,), icon=":material/archive:",
        help="Take it off this page. Its recordings stay.",
    )  # fmt: skip


def model_facts(model: RegisteredModel) -> tuple[str, str, str]:
    """Where a model is and how it answers, which version it is, and whose."""
    version = f"version {model.version}" if model.version > 1 else ""
    return model_description(model.id, model.source, model.settings), version, whose_text(model)


def whose_text(model: RegisteredModel) -> str:
    """Whose a model is, and who finds it; "" for one that nobody is known to have added."""
    if not model.owner:
        return "for everybody" if model.id else ""
    if model.owner != state.rater_id():
        return f"added by {model.owner_name or 'somebody on your team'}, for the team"
    return "yours, only you see it" if model.visibility == MINE else "yours, for the team"


def model_description(id: str, source: Source, settings: Settings) -> str:
    """Where a model is and how it answers, in one line."""
    if source.script is not None:
        count = len(source.script.pairs)
        return f"Scripted by a person · {count} answer{'' if count == 1 else 's'}, one more for anything else"
    if source.kind == "replay":
        return f"Only what was recorded of {source.model or 'any model'}, at the times it was recorded with"
    if source.kind == "person":
        return "A colleague types the answer while people watch"
    origin = {
        "bundled": "Comes with Parallax, runs on this computer", "folder": f"On this computer, {source.where}",
        "hub": f"Downloaded from a model hub, runs on this computer: {source.where}",
        "endpoint": f"{source.model} at {urlsplit(source.where).netloc}",
    }[source.kind if id else "bundled"]  # fmt: skip
    if is_classifier_source(source):
        return f"{origin} · sorts texts into classes"
    refused = refused_since(id) if id else ()
    warmth = "its own temperature" if "temperature" in refused else f"temperature {settings.temperature:g}"
    most = "as long as it likes" if "max_completion_tokens" in refused else f"at most {settings.max_tokens} tokens"
    return f"{origin} · {warmth} · {most}"


@defer_problems()
def choose_model(id: str) -> None:
    """Ask this model from now on, in every tab of this person."""
    model_choice.use_model(id)


def edit_model(model: RegisteredModel, own: bool) -> None:
    """Put a model into the form: to make a new version of it, or another one like it."""
    state.page_state().edited_model = model.id if own else ""
    visibility = (model.visibility if model.owner else TEAM) if own else model_fields.usual_visibility("")
    source = model.source if own or model.source.kind != "person" else replace(model.source, where="")
    name = model.name if own else f"Copy of {model.name}"[:MAX_NAME_CHARS]
    model_fields.fill_form(ModelDraft(source, model.settings, name, visibility))


@defer_problems()
def share_model(id: str, visibility: str) -> None:
    """Let the team find a model, or its owner alone."""
    state.shared_store().share_model(id, visibility)


@defer_problems()
def put_away_model(id: str) -> None:
    """Take a model out of the list; one press brings it back. Who chose it is asked who answers in its place."""
    state.shared_store().put_away_model(id)
    here = state.page_state()
    here.away_model = id
    if here.edited_model == id:
        add_model.leave_edit()


def offer_model_undo() -> None:
    """The button that brings back the model put away last, drawn."""
    here = state.page_state()
    if not here.away_model:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Archived. Its recordings stay.")
        if st.button("Undo", key="take-back"):
            state.shared_store().take_back_model(here.away_model)
            here.away_model = ""
            st.rerun()


def measure_model(id: str) -> None:
    """Ask the model a few times and keep the profile; the exact fault is shown where a call fails."""
    with show_problems():
        profile = add_model.measure_with_progress(
            lambda progress: model_profile.measure_profile(app_context().acquire(id), progress)
        )
        state.shared_store().keep_finding(id, "profile", profile.to_json())


def show_profile(id: str) -> None:
    """The medians of the last profile with every call's value, and what is to be known of the model, drawn.

    Nothing where none was measured and nothing was refused since the server started.
    """
    finding = state.shared_store().finding(id, "profile")
    profile = ModelProfile.from_json(finding) if finding is not None else None
    if profile is not None:
        show_figures(profile)
    remarks, known = (profile.remarks, profile.refused) if profile is not None else ((), ())
    for remark in [*remarks, *refusal_remarks(name for name in refused_since(id) if name not in known)]:
        st.caption(f":material/lightbulb: {theme.inert_label(remark)}")


def show_figures(profile: ModelProfile) -> None:
    """The medians with every call's value, drawn; of a model that does not stream only when its answers came."""
    for column, (name, (label, unit, meaning)) in zip(
        st.columns(len(PROFILE_FIGURES)), PROFILE_FIGURES.items(), strict=True
    ):
        if name != "first" and not profile.streams:
            column.metric(label, "none", help="Its words come all at once.")
            continue
        values = [getattr(call, name) for call in profile.calls]
        middle = f"{profile.median(name):.2g} {unit}".strip()
        column.metric(label, middle, chart_data=values, chart_type="bar", help=f"{meaning} {EACH_CALL_TEXT}")


def refused_since(id: str) -> tuple[str, ...]:
    """The parameters that the endpoint with this id refused since the server started; none of any other model."""
    with suppress(Explained):
        model = app_context().models.get(id)
        return tuple(model.refused) if isinstance(model, Endpoint) else ()
    return ()
