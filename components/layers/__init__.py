"""The patterns: one file each, found by themselves. A new pattern is a new file here, and no list to edit."""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from types import ModuleType

from components.core.layer import Layer
from components.layers.weather.weather_profiles import WEATHER_NOTES, WEATHER_PROFILES

__all__ = ["ALL_PATTERNS", "WEATHER_NOTES", "WEATHER_PROFILES", "discover_patterns"]


def discover_patterns(folders: Iterable[str], package: str) -> dict[str, type[Layer]]:
    """Every pattern below the folders of a package by its class name, from the model outwards.

    ImportError names the file of one that cannot be read or lacks what every pattern has.
    """
    patterns: dict[str, type[Layer]] = {}
    for file in pkgutil.walk_packages(folders, f"{package}.", onerror=unreadable):
        for kind in patterns_in(module_of(file.name)):
            if kind.__name__ in patterns:
                raise ImportError(
                    f"{file.name}: there is another pattern called {kind.__name__}. Give it another name."
                )
            patterns[kind.__name__] = kind
    return dict(sorted(patterns.items(), key=lambda pattern: (pattern[1].family, pattern[1].rank, pattern[0])))


def patterns_in(module: ModuleType) -> Iterator[type[Layer]]:
    """The patterns that a file defines; a class that says it is a base is none."""
    for kind in vars(module).values():
        if isinstance(kind, type) and issubclass(kind, Layer) and kind.__module__ == module.__name__ and not kind.base:
            if lacks := missing_parts(kind):
                raise ImportError(
                    f"{module.__name__}: the pattern {kind.__name__} lacks {', and '.join(lacks)}. A class that is no "
                    f"pattern by itself says so: class {kind.__name__}(Layer, base=True)."
                )
            yield kind


def missing_parts(kind: type[Layer]) -> list[str]:
    """What a pattern does not say of itself, each with how it is said."""
    parts = {
        "@dataclass(frozen=True) above the class": "__dataclass_params__" in vars(kind),
        "a docstring that says what it does": not (kind.__doc__ or f"{kind.__name__}(").startswith(f"{kind.__name__}("),
        "`family`, such as Family.DELIVERY": hasattr(kind, "family"),
        "`moves`, the measures that it is meant to change": bool(kind.moves),
    }
    return [part for part, there in parts.items() if not there]


def module_of(name: str) -> ModuleType:
    """The module of a file. ImportError names it where it cannot be read."""
    try:
        return import_module(name)
    except Exception as error:
        raise ImportError(f"{name} cannot be read: {type(error).__name__}: {error}") from error


def unreadable(name: str) -> None:
    """ImportError names a folder that cannot be read."""
    module_of(name)


ALL_PATTERNS: Mapping[str, type[Layer]] = discover_patterns(__path__, __name__)
