"""Load: brings a model into the worker process and says how far it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from components.core.explained import Explained
from components.models.bundled import prepare_bundled as prepared
from components.models.local.token_engine import Engine
from components.models.source import Settings, Source

if TYPE_CHECKING:
    from components.models.local.classifier_engine import ClassifierEngine

Progress = Callable[[float, str], None]


def load_engine(source: Source, settings: Settings, progress: Progress) -> "Engine | ClassifierEngine":
    """The engine for a source. Explained where its weights are missing, damaged or out of reach."""
    if source.kind == "bundled":
        return load_bundled(source, settings, progress)
    from components.models.local import (
        hub_model,  # the general library takes seconds to load; the bundled model does without
    )

    return hub_model.load_hub_model(source, settings, progress)


def load_bundled(source: Source, settings: Settings, progress: Progress) -> Engine:
    """The engine of the bundled model. Explained where its files are missing or damaged."""
    from components.models.bundled.chatml import ChatML
    from components.models.bundled.smollm import SmolLM

    progress(0.3, "Checking the weights")
    try:
        prepared.verify_files(prepared.WEIGHTS_FILE)
        progress(0.5, "Loading the weights")
        return Engine(
            SmolLM(prepared.bundled_folder(), source.max_parallel), ChatML(prepared.bundled_folder()), settings
        )
    except OSError as error:
        raise Explained(
            f"The bundled model cannot be read ({error}).", prepared.NOTHING_LOST, prepared.PREPARE_AGAIN
        ) from error
