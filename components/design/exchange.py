"""Exchange: a prototype as a readable JSON file, and back; and the schema that such files follow."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components.core.explained import Explained
from components.core.layer import Dial, Layer, about, dials, luggage
from components.core.prototype import Prototype

FORMAT = "parallax-prototype/1"
LARGEST = 1_000_000  # bytes
LONGEST_ABOUT = 600  # characters
KEPT, DO = "Nothing was changed.", "Choose a file that Parallax exported."


def exported(prototype: Prototype) -> str:
    """The file: indented, the layers from the model outwards."""
    return json.dumps({"format": FORMAT, **prototype.to_json()}, indent=2, ensure_ascii=False) + "\n"


def imported(content: bytes, known: Mapping[str, type[Layer]]) -> Prototype:
    """The prototype in a file. Explained where it holds none, or one that this version cannot play."""
    if len(content) > LARGEST:
        raise Explained("This file is too large to be a prototype.", KEPT, DO)
    try:
        values = json.loads(content)
        if values["format"] != FORMAT:
            raise Explained(f"This file has another format than “{FORMAT}”.", KEPT, DO)
        made = Prototype.from_json(values, known)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Explained("This file does not hold a prototype that can be read.", KEPT, DO) from None
    return replace(made, name=" ".join(made.name.split())[:60] or "Imported", about=made.about[:LONGEST_ABOUT])


def schema(known: Mapping[str, type[Layer]]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A prototype of Parallax",
        "type": "object",
        "required": ["format", "name", "layers"],
        "properties": {
            "format": {"const": FORMAT},
            "name": {"type": "string", "description": "What it is called."},
            "about": {"type": "string", "description": "What it is for, in the designer's words."},
            "layers": {"type": "array", "items": {"oneOf": [of_layer(kind) for kind in known.values()]}},
        },
    }


def of_layer(kind: type[Layer]) -> dict[str, Any]:
    """The schema of one pattern."""
    turned = {spec.name: of_dial(spec) for spec in dials(kind)}
    carried = {name: {"type": "object"} for name in luggage(kind)}
    return {
        "type": "object", "description": about(kind), "required": ["layer"], "additionalProperties": False,
        "properties": {"layer": {"const": kind.__name__}, **turned, **carried},
    }  # fmt: skip


def of_dial(spec: Dial) -> dict[str, Any]:
    """The schema of one dial: its type, its range and what it does."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    values: dict[str, Any] = {"type": names[type(spec.default)], "default": spec.default, "description": spec.help}
    if spec.choices:
        values["enum"] = list(spec.choices)
    if spec.low is not None and spec.high is not None:
        values |= {"minimum": spec.low, "maximum": spec.high}
    return values
