"""Model fields: what stands in the form for a model, and how an existing model is put into it."""

from dataclasses import asdict, dataclass

from components.models.source import Settings, Source, Timeouts
from components.models.written.scripted_model import AnswerScript
from components.store.works import MINE, TEAM
from components.ui.shared import state

ENDPOINT_LABEL, LOCAL_LABEL, SCRIPT_LABEL, RECORDED_LABEL, PERSON_LABEL = (
    "An endpoint",
    "On this computer, or a hub",
    "A script",
    "Recordings",
    "A colleague",
)
KIND_LABELS = {
    "endpoint": ENDPOINT_LABEL, "bundled": LOCAL_LABEL, "folder": LOCAL_LABEL, "hub": LOCAL_LABEL,
    "scripted": SCRIPT_LABEL, "replay": RECORDED_LABEL, "person": PERSON_LABEL,
}  # fmt: skip
ANY_MODEL = "Any model"
PERSON_PATIENCE = Timeouts(connect=30.0, first=120.0, between=90.0, total=900.0)
EMPTY_SOURCE, USUAL_SETTINGS = Source("endpoint"), Settings()
USUAL_ANSWERS = AnswerScript(otherwise="-")  # only its pace is read


@dataclass(frozen=True)
class ModelDraft:
    """What is in the form: a model that is not wired yet."""

    source: Source = EMPTY_SOURCE
    settings: Settings = USUAL_SETTINGS
    name: str = ""
    visibility: str = MINE


def draft_fields(draft: ModelDraft) -> dict[str, object]:
    """What stands in each widget of the form where a draft is in it."""
    source, settings, script = draft.source, draft.settings, draft.source.script or USUAL_ANSWERS
    remote, person = source.kind == "endpoint", source.kind == "person"
    replayed = source.model if source.kind == "replay" else ""
    waits = source.patience if person else PERSON_PATIENCE
    return {
        "wire-kind": KIND_LABELS[source.kind], "wire-name": draft.name, "wire-whom": draft.visibility,
        "wire-where": source.where if remote else "", "wire-key": source.key,
        "wire-model": (source.model or None) if remote else None,
        "wire-local": "" if remote or person else source.where, "wire-whose": replayed or ANY_MODEL,
        "wire-temperature": settings.temperature, "wire-longest": settings.max_tokens, "wire-seed": settings.seed,
        "wire-stop": ", ".join(settings.stop), "wire-system": settings.system,
        **{f"wire-{name}": seconds for name, seconds in asdict(source.patience).items()},
        "wire-drafter": source.model if person else "", "wire-desk": source.where if person else "",
        **{f"wire-person-{name}": seconds for name, seconds in asdict(waits).items()},
        "wire-otherwise": script.otherwise if source.script else "", "wire-script-first": script.first,
        "wire-script-rate": script.rate,
    }  # fmt: skip


def fill_form(draft: ModelDraft) -> None:
    """Put a draft into the form, in place of what stands there. Before the form is drawn."""
    here = state.page_state()
    here.script = draft.source.script.pairs if draft.source.script else (("", ""),)
    here.scripts += 1
    for key, value in draft_fields(draft).items():
        state.set_widget(key, value)


def prepare_form() -> None:
    """Empty the form where it was never drawn, or where what was in it is wired. Before it is drawn."""
    here = state.page_state()
    if here.form_stale:
        here.form_stale = False
        fill_form(ModelDraft())


def usual_visibility(label: str) -> str:
    """Who finds a model of this kind unless somebody says otherwise: an endpoint is one's own."""
    return MINE if label == ENDPOINT_LABEL else TEAM
