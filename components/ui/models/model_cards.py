"""Model cards: what answers when a question is asked live, and how another model is wired in."""

from contextlib import suppress
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
from components.ui.models import add_model, calibrate_model, script_form
from components.ui.shared import model_choice, state, theme
from components.ui.shared.problems import defer_problems, show_problems

PROFILE_FIGURES = {"first": ("First token", "s"), "rate": ("Tokens per second", ""), "jitter": ("Jitter", "s"),
           "stall": ("Longest stall", "s")}  # fmt: skip


def show() -> None:
    """The page: the models there are, and the form for one more."""
    st.title("Models")
    st.caption(
        "What answers when you ask live, in all your tabs until you choose another one. Recordings stay as they are."
    )
    model_choice.ask_for_model()
    show_model_card("", "", Source(), Settings())
    for model in state.shared_store().models():
        show_model_card(model.id, model.name, model.source, model.settings)
    offer_model_undo()
    add_model.add_model()


def show_model_card(id: str, name: str, source: Source, settings: Settings) -> None:
    """One model: what it is, what was measured, and what can be done with it."""
    with st.container(key=f"card-{id or 'first'}", border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.subheader(theme.inert_label(name or app_context().model_name()))
            st.caption(theme.inert_label(model_description(id, source, settings)))
        with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            if model_choice.model_in_use() == id:
                st.badge("In use", icon=":material/check:", color="green")
            else:
                st.button("Use this one", key=f"use-{id}", on_click=choose_model, args=(id,))
            tested = not source.is_prerecorded and st.button("Test", key=f"test-{id}", icon=":material/network_check:")
            if source.script is not None:
                st.button("Edit a copy", key=f"copy-{id}", on_click=script_form.edit_script, args=(source.script, name))
            if id:
                st.button("Put away", key=f"away-{id}", on_click=put_away_model, args=(id,))
        if tested:
            measure_model(id)
        if not source.is_prerecorded:
            show_profile(id)
            calibrate_model.show(id)


def model_description(id: str, source: Source, settings: Settings) -> str:
    """Where a model is and how it answers, in one line."""
    if source.script is not None:
        count = len(source.script.pairs)
        return f"Scripted by a person · {count} answer{'' if count == 1 else 's'}, one more for anything else"
    if source.kind == "replay":
        return f"Only what was recorded of {source.model or 'any model'}, at the times it was recorded with"
    origin = {
        "bundled": "Comes with Parallax, runs on this computer", "folder": f"On this computer, {source.where}",
        "hub": f"From a hub, runs on this computer: {source.where}",
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


@defer_problems()
def put_away_model(id: str) -> None:
    """Take a model out of the list; one press brings it back. Who chose it is asked who answers in its place."""
    state.shared_store().put_away_model(id)
    state.page_state().away_model = id


def offer_model_undo() -> None:
    """The button that brings back the model put away last, drawn."""
    here = state.page_state()
    if not here.away_model:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Put away. Its recordings stay.")
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
    for column, (name, (label, unit)) in zip(st.columns(len(PROFILE_FIGURES)), PROFILE_FIGURES.items(), strict=True):
        if name != "first" and not profile.streams:
            column.metric(label, "none", help="Its words come all at once.")
            continue
        values = [getattr(call, name) for call in profile.calls]
        column.metric(label, f"{profile.median(name):.2g} {unit}".strip(), chart_data=values, chart_type="bar")


def refused_since(id: str) -> tuple[str, ...]:
    """The parameters that the endpoint with this id refused since the server started; none of any other model."""
    with suppress(Explained):
        model = app_context().models.get(id)
        return tuple(model.refused) if isinstance(model, Endpoint) else ()
    return ()
