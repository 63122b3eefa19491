"""Exchange: a prototype as a readable JSON file, and back; and the schema that such files follow."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from components.core.explained import Explained
from components.core.layer import Dial, Layer, carried_fields, dials_of, pattern_description
from components.core.own_model import OwnModel
from components.core.prototype import Prototype

FILE_FORMAT = "parallax-prototype/1"
MAX_FILE_BYTES = 1_000_000  # bytes
MAX_ABOUT_CHARS = 600  # characters
UNCHANGED_TEXT, CHOOSE_FILE_TEXT = "Nothing was changed.", "Choose a file that Parallax exported."


def export_prototype(prototype: Prototype) -> str:
    """The prototype as a JSON file's text: indented, its layers from the model outwards, a line end at the end."""
    return json.dumps({"format": FILE_FORMAT, **prototype.to_json()}, indent=2, ensure_ascii=False) + "\n"


def import_prototype(content: bytes, patterns: Mapping[str, type[Layer]]) -> Prototype:
    """The prototype in a file's bytes. Explained where they are too many, no prototype, or one that cannot be
    played.
    """
    if len(content) > MAX_FILE_BYTES:
        raise Explained("This file is too large to be a prototype.", UNCHANGED_TEXT, CHOOSE_FILE_TEXT)
    try:
        values = json.loads(content)
        if values["format"] != FILE_FORMAT:
            raise Explained(f"This file has another format than “{FILE_FORMAT}”.", UNCHANGED_TEXT, CHOOSE_FILE_TEXT)
        prototype = Prototype.from_json(values, patterns)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Explained(
            "This file does not hold a prototype that can be read.", UNCHANGED_TEXT, CHOOSE_FILE_TEXT
        ) from None
    return replace(
        prototype, name=" ".join(prototype.name.split())[:60] or "Imported", about=prototype.about[:MAX_ABOUT_CHARS]
    )


def prototype_schema(patterns: Mapping[str, type[Layer]]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    kinds = (*patterns.values(), OwnModel)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A prototype of Parallax",
        "type": "object",
        "required": ["format", "name", "layers"],
        "properties": {
            "format": {"const": FILE_FORMAT},
            "name": {"type": "string", "description": "What it is called."},
            "about": {"type": "string", "description": "What it is for, in the designer's words."},
            "layers": {"type": "array", "items": {"oneOf": [layer_schema(kind) for kind in kinds]}},
        },
    }


def layer_schema(kind: type[Layer]) -> dict[str, Any]:
    """The JSON Schema of one pattern's object in the file: its dials and the fields it carries."""
    turned = {spec.name: dial_schema(spec) for spec in dials_of(kind)}
    carried = {name: {"type": "object"} for name in carried_fields(kind)}
    return {
        "type": "object", "description": pattern_description(kind), "required": ["layer"],
        "additionalProperties": False,
        "properties": {"layer": {"const": kind.__name__}, **turned, **carried},
    }  # fmt: skip


def dial_schema(spec: Dial) -> dict[str, Any]:
    """The schema of one dial: its type, its range and what it does."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    values: dict[str, Any] = {"type": names[type(spec.default)], "default": spec.default, "description": spec.help}
    if spec.choices:
        values["enum"] = list(spec.choices)
    if spec.low is not None and spec.high is not None:
        values |= {"minimum": spec.low, "maximum": spec.high}
    return values
