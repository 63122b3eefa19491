"""Wire: from where a model is to the model itself."""

from collections.abc import Callable

from components.models import endpoint
from components.models.endpoint import Endpoint
from components.models.model import Model
from components.models.source import Settings, Source
from components.models.transformers import Transformers


def wired(source: Source, settings: Settings, secret: Callable[[str], str] = endpoint.secret) -> Model:
    """The model behind a source, nothing of it started. Explained where the source cannot be one."""
    return Endpoint(source, settings, secret) if source.kind == "endpoint" else Transformers(source, settings)
