"""A prototype goes out as a file and comes back the same; a file that is none is explained."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.design.exchange import FILE_FORMAT, MAX_FILE_BYTES, export_prototype, import_prototype, prototype_schema
from components.layers import ALL_PATTERNS
from components.layers.delivery.blocking import Blocking

PLAIN = Prototype("Plain “ü” 👩‍👧", (Blocking(),))


@pytest.fixture
def schema() -> Draft202012Validator:
    return Draft202012Validator(prototype_schema(ALL_PATTERNS))


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=lambda kind: kind.__name__)
def test_every_pattern_goes_out_by_the_schema_and_comes_back_the_same(kind: type, schema: Draft202012Validator) -> None:
    prototype = Prototype("Alone", (kind(),))
    text = export_prototype(prototype)
    schema.validate(json.loads(text))
    assert import_prototype(text.encode(), ALL_PATTERNS) == prototype


def test_a_name_keeps_its_letters() -> None:
    assert "👩‍👧" in export_prototype(PLAIN)
    assert import_prototype(export_prototype(PLAIN).encode(), ALL_PATTERNS).name == PLAIN.name


def test_the_schema_refuses_what_the_import_refuses(schema: Draft202012Validator) -> None:
    for layer in (
        {"layer": "Nothing"},
        {"layer": "Blocking", "sign": "fireworks"},
        {"layer": "Blocking", "patience": -1},
        {"layer": "Blocking", "patience": "long"},
        {"layer": "TypingIndicator", "label": 3},
    ):
        values = {"format": FILE_FORMAT, "name": "x", "layers": [layer]}
        assert not schema.is_valid(values)
        with pytest.raises(Explained):
            import_prototype(json.dumps(values).encode(), ALL_PATTERNS)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"\xff\xfe", b'{"format": 3}', b"[" * 100_000, b" " * (MAX_FILE_BYTES + 1), b'{"name": "x"}',
     *(json.dumps({"format": FILE_FORMAT, "name": "x", **more}).encode() for more in ({}, {"layers": 3},
     {"layers": [3]})),
     json.dumps({"format": "other/2"}).encode()],
)  # fmt: skip
def test_what_is_no_prototype_is_explained(content: bytes) -> None:
    with pytest.raises(Explained) as error:
        import_prototype(content, ALL_PATTERNS)
    assert error.value.what and error.value.kept and error.value.do


def test_a_file_is_laid_out_for_reading_and_a_pattern_says_what_its_dials_are(schema: Draft202012Validator) -> None:
    assert export_prototype(PLAIN).startswith('{\n  "format": "')
    layers = schema.schema["properties"]["layers"]["items"]["oneOf"]
    [streaming] = [layer for layer in layers if layer["properties"]["layer"] == {"const": "Streaming"}]
    assert streaming["properties"]["unit"] == {
        "type": "string", "default": "token", "description": "How much is shown at a time.",
        "enum": ["token", "word", "sentence"],
    }  # fmt: skip
    assert streaming["required"] == ["layer"] and streaming["additionalProperties"] is False


def test_a_file_that_is_too_large_or_nameless_is_said_to_be_so() -> None:
    with pytest.raises(Explained, match=r"^This file is too large to be a prototype\."):
        import_prototype(b" " * (MAX_FILE_BYTES + 1), ALL_PATTERNS)
    nameless = export_prototype(Prototype(" ", (Blocking(),))).encode()
    assert import_prototype(nameless, ALL_PATTERNS).name == "Imported"


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_is_a_prototype_or_explained(content: bytes) -> None:
    try:
        import_prototype(content, ALL_PATTERNS)
    except Explained:
        return
