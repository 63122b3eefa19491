"""What each pattern shows and when, fixed: a change here is a change in every study that rests on it."""

import pytest

from components.core.layer import Layer
from components.layers import ALL_PATTERNS
from tests.layers.snapshots import FOLDER, snapshot


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_a_pattern_shows_what_it_showed_before(kind: type[Layer]) -> None:
    file = FOLDER / f"{kind.__name__}.txt"
    assert file.exists(), "python -m tests.layers.snapshots writes it; look at it before you keep it"
    assert snapshot(kind) == file.read_text("utf-8")


def test_every_snapshot_is_of_a_pattern() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(ALL_PATTERNS)
