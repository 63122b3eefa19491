"""Build model: from where a model is to the model itself."""

from components.models.endpoint.bound_key import FindKey, key_from_env
from components.models.endpoint.endpoint import Endpoint
from components.models.local.local_model import LocalModel
from components.models.model import Model
from components.models.source import Settings, Source
from components.models.written.person_model import PersonCompany, PersonModel
from components.models.written.replay_model import RecordingLookup, ReplayModel
from components.models.written.scripted_model import AnswerScript, ScriptedModel


def build_model(
    source: Source, settings: Settings, find_key: FindKey = key_from_env,
    recordings: RecordingLookup = lambda _: (), company: PersonCompany | None = None,
) -> Model:  # fmt: skip
    """The model behind a source, nothing of it started. Explained where the source cannot be one."""
    match source.kind:
        case "endpoint":
            return Endpoint(source, settings, find_key)
        case "scripted":
            return ScriptedModel(source.script or AnswerScript())
        case "person":
            return PersonModel(source, company)
        case "replay":
            return ReplayModel(recordings, source.model)
        case _:
            return LocalModel(source, settings)
