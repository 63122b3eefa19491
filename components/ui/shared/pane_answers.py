"""Pane answers: what the player is told of the answers in its panes, where they are not the same one everywhere."""

from typing import Any

from components.core.recording import Recording
from components.layers.compare import Comparison
from components.server.app_context import app_context
from components.server.live.tickets import Ticket
from components.ui.shared import model_choice, pane_models

COUNT_NAMES = {1: "one", 2: "two", 3: "three", 4: "four"}
SAME_AROUND_TEXT = "Each pane plays its own answer at that answer's pace; what is around it is the same."
OTHER_AROUND_TEXT = (
    "Each pane plays its own answer at that answer's pace, in an experience of its own: what differs may come from "
    "either."
)
UNASKED_TEXT = "{panes} {has} no answer to it yet: ask live, and {both} are answered at the same time."


def several_lead_texts(compare: Comparison) -> tuple[str, str]:
    """What is seen where panes have answers of their own, in a heading and a sentence."""
    names = compare.authors
    written = any(recording.card.scripted for recording in compare.pane_answers.values())
    models = len(names) > 1 and not written
    what = f"{COUNT_NAMES[len(names)]} models" if models else f"{COUNT_NAMES[max(len(names), 2)]} answers"
    around = {prototype.with_own_model(None).id for prototype in compare.prototypes}
    sentence = SAME_AROUND_TEXT if len(around) == 1 else OTHER_AROUND_TEXT
    if missing := compare.unanswered_panes:
        told = {"panes": " and ".join(missing), "has": "has" if len(missing) == 1 else "have"}
        sentence = UNASKED_TEXT.format(**told, both="both" if len(compare.panes) == 2 else "all")
    return f"The same question, {what}", sentence


def played_ids(compare: Comparison) -> str:
    """What is another whenever a pane plays another answer."""
    if compare.plays_one_answer and not compare.answers:
        return compare.recording.id
    return ":".join(compare.pane_answers[key].id if key in compare.pane_answers else "" for key in compare.panes)


def pane_author(compare: Comparison, key: str) -> dict[str, str]:
    """The name of who answers in a pane; {} where every pane plays the same answer."""
    if compare.plays_one_answer:
        return {}
    recording = compare.pane_answers.get(key)
    return {"model": recording.card.author if recording else getattr(compare.panes[key].own_model, "name", "")}


def answer_data(compare: Comparison) -> dict[str, Any]:
    """What the player is told of the answer on screen; of several, all their ids, authors and ends."""
    recording = compare.recording
    told = {
        "id": recording.id, "model": recording.card.author, "scripted": recording.card.scripted,
        "made": recording.made, "ending": ending_of(recording),
    }  # fmt: skip
    if compare.plays_one_answer:
        return told
    ends = [f"{key} {ending_of(found)}" for key, found in compare.pane_answers.items() if ending_of(found)]
    ids = list(dict.fromkeys(found.id for found in compare.pane_answers.values()))
    return {**told, "model": names_in_sentence(compare.authors), "ending": ", ".join(ends), "ids": ids}


def ending_of(recording: Recording) -> str:
    """How an answer ended, in a few words; "" where by itself."""
    return "" if recording.finished else recording.ending


def hidden_authors(compare: Comparison, reveal: bool) -> dict[str, Any]:
    """What takes the place of the models' names for who rates without knowing them; {} where they may be known."""
    if reveal or compare.plays_one_answer:
        return {}
    named = f"{COUNT_NAMES[max(len(compare.authors), 2)]} answers"
    return {"recording": {**answer_data(compare), "model": named, "ending": ""}}


def live_ticket(compare: Comparison) -> tuple[Ticket, str]:
    """Who is asked for each pane, and their names in a sentence. Explained where the model of the others is away."""
    own = {key: prototype.own_model for key, prototype in compare.panes.items()}
    others = {key: pane_models.asked_id(model) for key, model in own.items() if model is not None}
    first = model_choice.model_to_ask() if len(others) < len(own) else ""
    panes = tuple((key, proto.with_weather(*compare.surroundings)) for key, proto in compare.panes.items())
    names = [model.name if model is not None else app_context().model_name(first) for model in own.values()]
    return Ticket(panes, first, tuple(others.items())), names_in_sentence(dict.fromkeys(names))


def names_in_sentence(names: Any) -> str:
    """Names in a sentence: “A”, “A and B”, “A, B and C”."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else str(last)
