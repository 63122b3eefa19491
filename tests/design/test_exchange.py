"""A prototype goes out as a file and comes back the same; a file that is none is explained."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.design.exchange import FORMAT, LARGEST, exported, imported, schema
from components.layers import KNOWN
from components.layers.delivery.blocking import Blocking

PLAIN = Prototype("Plain “ü” 👩‍👧", (Blocking(),))
VALID = Draft202012Validator(schema(KNOWN))


@pytest.mark.parametrize("kind", KNOWN.values(), ids=lambda kind: kind.__name__)
def test_every_pattern_goes_out_by_the_schema_and_comes_back_the_same(kind: type) -> None:
    prototype = Prototype("Alone", (kind(),))
    text = exported(prototype)
    VALID.validate(json.loads(text))
    assert imported(text.encode(), KNOWN) == prototype


def test_a_name_keeps_its_letters() -> None:
    assert "👩‍👧" in exported(PLAIN)
    assert imported(exported(PLAIN).encode(), KNOWN).name == PLAIN.name


def test_the_schema_refuses_what_the_import_refuses() -> None:
    for layer in (
        {"layer": "Nothing"},
        {"layer": "Blocking", "sign": "fireworks"},
        {"layer": "Blocking", "patience": -1},
    ):
        values = {"format": FORMAT, "name": "x", "layers": [layer]}
        assert not VALID.is_valid(values)
        with pytest.raises(Explained):
            imported(json.dumps(values).encode(), KNOWN)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"\xff\xfe", b'{"format": 3}', b"[" * 100_000, b" " * (LARGEST + 1), b'{"name": "x"}',
     *(json.dumps({"format": FORMAT, "name": "x", **more}).encode() for more in ({}, {"layers": 3}, {"layers": [3]})),
     json.dumps({"format": "other/2"}).encode()],
)  # fmt: skip
def test_what_is_no_prototype_is_explained(content: bytes) -> None:
    with pytest.raises(Explained) as error:
        imported(content, KNOWN)
    assert error.value.what and error.value.kept and error.value.do


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_is_a_prototype_or_explained(content: bytes) -> None:
    try:
        imported(content, KNOWN)
    except Explained:
        return
