"""Pane models: which model answers in one pane, which of its answers is at hand, and who is asked live."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from components.core.comparison import PaneComparison, branch_recordings
from components.core.explained import Explained
from components.core.layer import layer_from_json
from components.core.own_model import OwnModel, model_of_card
from components.core.recording import Recording
from components.server.app_context import app_context
from components.ui.shared import state
from components.ui.shared.example_rows import known_recordings

C = TypeVar("C", bound=PaneComparison)
SAME_MODEL = ""  # the choice of a pane that is answered by the model of the others
SAME_LABEL = "The same as the others"
ANSWERED_LABEL, AWAY_LABEL = "has answered this question", "cannot be asked here"


def models_for_pane(compare: PaneComparison, current: OwnModel | None) -> dict[str, str]:
    """What can be chosen as a pane's model, by its value, with its name: those that are wired, those that answered
    this question, and the one that is chosen now.
    """
    said = [recording.card for recording in first_answers(compare)]
    offered = {SAME_MODEL: SAME_LABEL}
    for model, label in wired_models():
        answered = any(model.gave(card) for card in said)
        offered[model_value(model)] = f"{label} · {ANSWERED_LABEL}" if answered else label
    known = [read_model(value) for value in offered if value]
    for card in said:
        if not any(model is not None and model.gave(card) for model in known):
            known.append(model_of_card(card))
            offered[model_value(model_of_card(card))] = f"{card.name} · {ANSWERED_LABEL}"
    if current is not None:
        offered.setdefault(model_value(current), f"{current.name} · {AWAY_LABEL}")
    return offered


def wired_models() -> list[tuple[OwnModel, str]]:
    """Each model that this person can ask, with its name on every page."""
    found = []
    for id in wired_ids():
        with suppress(Explained):  # one whose files are gone is not offered
            found.append((model_of_card(app_context().models.get(id).card, id), app_context().model_name(id)))
    return found


def wired_ids() -> list[str]:
    """The ids of the models that this person can ask, the one that Parallax starts with first."""
    return ["", *(model.id for model in state.shared_store().models(state.rater_id()))]


def model_value(model: OwnModel | None) -> str:
    """A pane's model as the value of a choice."""
    return json.dumps(model.to_json(), sort_keys=True) if model else SAME_MODEL


def read_model(value: str) -> OwnModel | None:
    """The model that `model_value` wrote; None for that of the others."""
    if not value:
        return None
    return layer_from_json(json.loads(value), {OwnModel.__name__: OwnModel})  # type: ignore[return-value]


def asked_id(model: OwnModel) -> str:
    """The id of the model to ask: the very one, else one that gives answers in its name; where none is wired, an id
    that is no model's.
    """
    ids = wired_ids()
    if model.address.id in ids and (model.address.id or model.gave(app_context().models.get("").card)):
        return model.address.id
    named = (id for id in ids if gives_answers_of(id, model))
    return next(named, f"away:{model.name}")


def gives_answers_of(id: str, model: OwnModel) -> bool:
    """Whether the model with this id gives answers in the name of a pane's."""
    with suppress(Explained):
        return model.gave(app_context().models.get(id).card)
    return False


def first_answers(compare: PaneComparison) -> list[Recording]:
    """Every model's answer at hand to the question of a comparison, before anything was chosen, the newest last; none
    that a person wrote: scripts share a name.
    """
    asked = compare.prompt.question
    known = (recording for recording in known_recordings(compare.recording) if not recording.card.scripted)
    return [each for each in known if each.prompt == each.prompt.root and each.prompt.question == asked]


def with_own_answers(compare: C) -> C:
    """The comparison with the newest answer at hand in each pane whose own model has none there."""
    if not compare.unanswered_panes:
        return compare
    said = first_answers(compare)
    found = []
    for key in compare.unanswered_panes:
        model = compare.panes[key].own_model
        own = [recording for recording in said if model is not None and model.gave(recording.card)]
        found += [(model, own[-1])] if model is not None and own else []
    return with_answers(compare, found) if found else compare


def with_answers(compare: C, found: Iterable[tuple[OwnModel, Recording]]) -> C:
    """The comparison with these answers of the panes' own models, and all that follows them."""
    answers = dict(compare.answers) | dict(found)
    used = {prototype.own_model for prototype in compare.prototypes}
    kept = tuple((model, recording) for model, recording in answers.items() if model in used)
    family = known_recordings(compare.recording)
    further = [other for _, recording in kept for other in branch_recordings(recording, family)]
    branches = {other.id: other for other in (*compare.recordings[1:], *further)}
    return replace(compare, answers=kept, recordings=(compare.recording, *branches.values()))
