"""Scene form: what one scene is made of, drawn; the scene that stands in the fields comes back."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from components.core.explained import Explained
from components.core.faults import FAULT_KINDS
from components.core.prototype import Prototype
from components.deck.deck import (
    MAX_NOTES_CHARS,
    MAX_SCENE_PANES,
    MAX_SEQUENCE,
    MAX_TEXT_CHARS,
    MAX_TITLE_CHARS,
    PhoneMode,
    Scene,
)
from components.deck.room_items import tap_count
from components.deck.scene_kinds import ASKED_NAMES, EXPECTATION, Field
from components.layers import WEATHER_PROFILES
from components.layers.compare import NO_FAULT
from components.layers.weather.fault import WEATHER_FAULTS
from components.server.app_context import app_context
from components.study.study import Task
from components.ui.decks.open_deck import OpenDeck, held_prototypes
from components.ui.shared import state
from components.ui.shared.text_fields import text_box, text_line
from components.ui.studies import study_choices

ASKED_LABELS: Mapping[str, str] = {
    "felt": "Felt seconds", "trust": "Trust, 0 to 100", "accept": "Use it, or change it", "choice": "Which one",
}  # fmt: skip
LIVE_HELP = (
    "The projector says that it is live. Where the model dies or goes silent, it says so and plays the recording "
    "instead. Phones play the recording, and so does the deck as a file."
)


def show_scene(shown: OpenDeck, scene: Scene) -> Scene:
    """The fields of one scene, drawn."""
    key, kind = scene_key(shown, scene), scene.kind_row
    st.caption(f"**{kind.label}** · {kind.about}")
    scene = replace(scene, title=text_line(
        "Title, on the screen", scene.title, max_chars=MAX_TITLE_CHARS, key=key("title"), placeholder=kind.label
    ))  # fmt: skip
    for field in kind.fields:
        scene = FIELD_FORMS[field](scene, key)
    if kind.asked and kind.name != EXPECTATION:
        asked = st.pills(
            "The room is asked", ASKED_NAMES, selection_mode="multi", default=list(scene.asked), key=key("asked"),
            format_func=ASKED_LABELS.__getitem__,
        )  # fmt: skip
        scene = replace(scene, asked=tuple(name for name in ASKED_NAMES if name in asked))
        st.caption(taps_text(tap_count(scene, shown.deck.phones), shown.deck.phones))
    return replace(scene, notes=text_box(
        "Speaker notes, in the second window only", scene.notes, max_chars=MAX_NOTES_CHARS, key=key("notes"), height=120
    ))  # fmt: skip


def taps_text(taps: int, phones: PhoneMode) -> str:
    """How often a person taps in a scene, in words."""
    if not taps:
        return "Phones are not asked anything here."
    counted = "Play, Next and Send" if phones == "own" else "Send"
    return f"{taps} taps on each phone, {counted} among them."


def scene_key(shown: OpenDeck, scene: Scene) -> Callable[[str], str]:
    """Keys for the fields of this scene as it was put into them last."""
    return lambda name: f"deck-{shown.work.id}-{shown.afresh}-{scene.key}-{name}"


def show_scene_text(scene: Scene, key: Callable[[str], str]) -> Scene:
    """The lines of a scene of text, drawn."""
    typed = text_box("Text, on the screen", scene.text, max_chars=MAX_TEXT_CHARS, key=key("text"), height=140)
    return replace(scene, text=typed)


def show_scene_prototypes(scene: Scene, key: Callable[[str], str]) -> Scene:
    """The prototypes beside each other, drawn."""
    choices = prototype_choices(scene)
    chosen = st.multiselect(
        "Prototypes, from left to right", list(choices), default=[one.id for one in scene.prototypes],
        format_func=lambda id: choices[id], max_selections=MAX_SCENE_PANES, key=key("prototypes"), select_all=False,
        placeholder="What is on Compare, what you made, a template, or one pattern",
    )  # fmt: skip
    return replace(scene, prototypes=tuple(find_prototype(scene, id) for id in chosen))


def show_scene_prototype(scene: Scene, key: Callable[[str], str]) -> Scene:
    """The one prototype, drawn."""
    choices, held = prototype_choices(scene), held_prototypes(scene)
    ids = list(choices)
    chosen = st.selectbox(
        "Prototype", ids, index=ids.index(held[0].id) if held else None, format_func=lambda id: choices[id],
        key=key("prototype"), placeholder="What is on Compare, what you made, a template, or one pattern",
    )  # fmt: skip
    return replace(scene, prototypes=(find_prototype(scene, chosen),) if chosen else ())


def prototype_choices(scene: Scene) -> dict[str, str]:
    """What can be chosen, by the id: what the scene has, then all else."""
    held = {one.id: one.name for one in scene.prototypes}
    listed = {
        choice.prototype.id: f"{choice.prototype.name} · {choice.source}" for choice in study_choices.arm_choices()
    }
    return {**held, **listed}


def find_prototype(scene: Scene, id: str) -> Prototype:
    """The prototype with this id, the scene's own where it has it."""
    everything = (*scene.prototypes, *(choice.prototype for choice in study_choices.arm_choices()))
    return next(one for one in everything if one.id == id)


def show_scene_question(scene: Scene, key: Callable[[str], str]) -> Scene:
    """The question that is asked, drawn."""
    choices = task_labels(scene)
    tasks = list(choices)
    needs_both = scene.kind_row.varies == "outcome"
    chosen = st.selectbox(
        "Question", tasks, index=tasks.index(scene.tasks[0]) if scene.tasks else None,
        format_func=lambda task: choices[task], key=key("question"),
        help="Only questions with a right and a wrong answer can be shown here." if needs_both else None,
    )  # fmt: skip
    return replace(scene, tasks=(chosen,) if chosen else ())


def show_scene_questions(scene: Scene, key: Callable[[str], str]) -> Scene:
    """The questions one after the other, or the clean and the messy one, drawn."""
    choices = task_labels(scene)
    limit = MAX_SEQUENCE if scene.kind == EXPECTATION else 2
    chosen = st.multiselect(
        "Questions, in order" if scene.kind == EXPECTATION else "The clean question, then the messy one", list(choices),
        default=list(scene.tasks), format_func=lambda task: choices[task], max_selections=limit, key=key("questions"),
        select_all=False,
    )  # fmt: skip
    return replace(scene, tasks=tuple(chosen))


def task_labels(scene: Scene) -> dict[Task, str]:
    """What can be asked, with how it reads: what the scene has, then all else that suits it."""
    needs_both = scene.kind_row.varies == "outcome"
    listed = {
        choice.task: f"{choice.task.question[:100]} · {choice.source}"
        for choice in study_choices.task_choices()
        if choice.task.wrong or not needs_both
    }
    held = {task: f"{task.question[:100]} · {task_verdict(task)}" for task in scene.tasks}
    return {**listed, **held} if all(task in listed for task in scene.tasks) else {**held, **listed}


def task_verdict(task: Task) -> str:
    """Which answers a question has, in words."""
    if task.right and task.wrong:
        return "right and wrong answer"
    return "answered rightly" if task.right else "answered wrongly"


def show_scene_fault(scene: Scene, key: Callable[[str], str]) -> Scene:
    """What breaks, drawn."""
    options = [NO_FAULT, *WEATHER_FAULTS]
    chosen = st.selectbox(
        "What breaks", options, index=options.index(scene.fault) if scene.fault in options else 0, key=key("fault"),
        format_func=lambda kind: "Nothing" if kind == NO_FAULT else FAULT_KINDS[kind].label,
    )  # fmt: skip
    return replace(scene, fault=chosen)


def show_scene_weather(scene: Scene, key: Callable[[str], str]) -> Scene:
    """How fast the network and the model are, drawn."""
    names = list(WEATHER_PROFILES)
    index = names.index(scene.weather) if scene.weather in names else 0
    return replace(scene, weather=st.selectbox("Weather", names, index=index, key=key("weather")))


def show_scene_waits(scene: Scene, key: Callable[[str], str]) -> Scene:
    """The waits of a sweep, drawn."""
    typed = st.text_input(
        "Seconds until the first word", ", ".join(f"{wait:g}" for wait in scene.waits), key=key("waits"),
        help="Two to four numbers with commas between them.",
    )  # fmt: skip
    try:
        waits = tuple(dict.fromkeys(float(part) for part in typed.replace(";", ",").split(",") if part.strip()))
    except ValueError:
        waits = ()
    if not 2 <= len(waits) <= MAX_SCENE_PANES or min(waits) < 0.1 or max(waits) > 20:
        st.warning(f"Type two to {MAX_SCENE_PANES} numbers from 0.1 to 20. The waits stay as they were.")
        return scene
    return replace(scene, waits=waits)


def show_scene_live(scene: Scene, key: Callable[[str], str]) -> Scene:
    """Whether a model is asked while the room watches, drawn."""
    live = st.toggle("Ask a model live", scene.live, key=key("live"), help=LIVE_HELP)
    if not live:
        return replace(scene, live=False, model="")
    names = {"": "", **{model.id: model.name for model in state.shared_store().models(state.rater_id())}}
    if scene.model not in names:
        names[scene.model] = "A model that is not here"
    try:
        names[""] = app_context().model_name()
    except Explained as problem:
        st.warning(f"{problem.what} {problem.do}")
    ids = list(names)
    chosen = st.selectbox("Model", ids, index=ids.index(scene.model), format_func=names.__getitem__, key=key("model"))
    return replace(scene, live=True, model=chosen)


FIELD_FORMS: Mapping[Field, Callable[[Scene, Callable[[str], str]], Scene]] = {
    "text": show_scene_text, "prototypes": show_scene_prototypes, "prototype": show_scene_prototype,
    "question": show_scene_question, "questions": show_scene_questions, "fault": show_scene_fault,
    "weather": show_scene_weather, "waits": show_scene_waits, "live": show_scene_live,
}  # fmt: skip
