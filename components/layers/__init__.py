"""The patterns: one file each, found by themselves. A new pattern is a new file here, and no list to edit."""

import pkgutil
from collections.abc import Mapping
from importlib import import_module

from components.core.layer import Layer
from components.layers.weather.profiles import named_weather, weather_notes

__all__ = ["KNOWN", "found", "named_weather", "weather_notes"]


def found() -> dict[str, type[Layer]]:
    """Every pattern below this folder by its class name, from the model outwards; one that moves nothing is a base."""
    modules = [import_module(found.name) for found in pkgutil.walk_packages(__path__, __name__ + ".")]
    layers = [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Layer) and kind.moves and kind.__module__ == module.__name__
    ]
    order = sorted(layers, key=lambda layer: (layer.family, layer.rank, layer.__name__))
    return {layer.__name__: layer for layer in order}


KNOWN: Mapping[str, type[Layer]] = found()
