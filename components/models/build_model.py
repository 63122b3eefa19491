"""Build model: from where a model is to the model itself."""

from collections.abc import Callable

from components.models.endpoint.endpoint import Endpoint, key_from_env
from components.models.local.local_model import Transformers
from components.models.model import Model
from components.models.source import Settings, Source
from components.models.written.replay_model import Recordings, Replay
from components.models.written.scripted_model import Script, Scripted


def build_model(
    source: Source, settings: Settings, find_key: Callable[[str], str] = key_from_env,
    recordings: Recordings = lambda _: (),
) -> Model:  # fmt: skip
    """The model behind a source, nothing of it started. Explained where the source cannot be one."""
    match source.kind:
        case "endpoint":
            return Endpoint(source, settings, find_key)
        case "scripted":
            return Scripted(source.script or Script())
        case "replay":
            return Replay(recordings, source.model)
        case _:
            return Transformers(source, settings)
