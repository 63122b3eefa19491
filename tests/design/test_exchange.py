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
VALID = Draft202012Validator(prototype_schema(ALL_PATTERNS))


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=lambda kind: kind.__name__)
def test_every_pattern_goes_out_by_the_schema_and_comes_back_the_same(kind: type) -> None:
    prototype = Prototype("Alone", (kind(),))
    text = export_prototype(prototype)
    VALID.validate(json.loads(text))
    assert import_prototype(text.encode(), ALL_PATTERNS) == prototype


def test_a_name_keeps_its_letters() -> None:
    assert "👩‍👧" in export_prototype(PLAIN)
    assert import_prototype(export_prototype(PLAIN).encode(), ALL_PATTERNS).name == PLAIN.name


def test_the_schema_refuses_what_the_import_refuses() -> None:
    for layer in (
        {"layer": "Nothing"},
        {"layer": "Blocking", "sign": "fireworks"},
        {"layer": "Blocking", "patience": -1},
    ):
        values = {"format": FILE_FORMAT, "name": "x", "layers": [layer]}
        assert not VALID.is_valid(values)
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


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_is_a_prototype_or_explained(content: bytes) -> None:
    try:
        import_prototype(content, ALL_PATTERNS)
    except Explained:
        return
