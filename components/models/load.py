"""Load: brings a model into the worker process and says how far it is."""

from collections.abc import Callable

import torch

from components.models.engine import Engine
from components.models.source import Settings, Source

Progress = Callable[[float, str], None]
THREADS = 1  # int8 is nearly as fast on one core, and the other one stays with the server


def load(source: Source, settings: Settings, progress: Progress) -> Engine:
    """The engine for a source. Explained where its weights are missing, damaged or out of reach."""
    if source.kind == "bundled":
        torch.set_num_threads(THREADS)
        return bundled(settings, progress)
    from components.models import hub  # the general library takes seconds to load; the bundled model does without

    return hub.load(source, settings, progress)


def bundled(settings: Settings, progress: Progress) -> Engine:
    """The bundled model, from what was prepared."""
    from safetensors import SafetensorError

    from components.core.explained import Explained
    from components.models import bundled as prepared
    from components.models.chatml import ChatML
    from components.models.smollm import SmolLM

    progress(0.6, "Loading the weights")
    try:
        prepared.verify(prepared.WEIGHTS)
        codec = ChatML(prepared.folder())
        net = SmolLM(prepared.folder(), lambda share: progress(0.65 + 0.35 * share, "Loading the weights"))
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise Explained(f"The bundled model cannot be read ({error}).", prepared.KEPT, prepared.AGAIN) from error
    return Engine(net, codec, settings)
