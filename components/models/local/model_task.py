"""Task: what a model of the general library does, by the architectures in its config: go on with a text, or sort it."""

import json
from collections.abc import Iterable
from pathlib import Path

from components.models.source import Source

CLASSIFIER_SUFFIX = "ForSequenceClassification"


def is_classifier(architectures: Iterable[object] | None) -> bool:
    """Whether a model with these architectures sorts texts into classes."""
    return any(str(name).endswith(CLASSIFIER_SUFFIX) for name in architectures or ())


def is_classifier_source(source: Source) -> bool:
    """Whether the model behind a source sorts texts; of a hub's model it is known once it was fetched."""
    path = config_path(source)
    try:
        return path is not None and is_classifier(json.loads(path.read_text("utf-8")).get("architectures"))
    except (OSError, ValueError, AttributeError, TypeError):
        return False  # what is wrong with it is said where it is loaded


def config_path(source: Source) -> Path | None:
    """The config of a model in a folder, or of one that was fetched from a hub; None where there is none."""
    if source.kind == "folder":
        return Path(source.where) / "config.json"
    if source.kind != "hub":
        return None
    from huggingface_hub import try_to_load_from_cache  # a fifth of a second, wanted only here
    from huggingface_hub.errors import HFValidationError

    try:
        path = try_to_load_from_cache(source.where, "config.json")
    except HFValidationError:
        return None
    return Path(path) if isinstance(path, str) else None
