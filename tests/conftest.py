"""What every test starts from: a data folder of its own with the prepared model, and events that are checked."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from components.core.folders import data_folder
from tests import vocabulary

PREPARED = data_folder() / "models"
vocabulary.watch()
# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that borrows the prepared model."""
    folder = tmp_path / "data"
    folder.mkdir()
    if PREPARED.exists():
        (folder / "models").symlink_to(PREPARED)
    monkeypatch.setenv("PARALLAX_DATA", str(folder))
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last: Playwright leaves an event loop running behind it, and others want one of their own."""
    items.sort(key=lambda item: "browser" in item.path.parts)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A short name for a test that is given something long; pytest's own for what is short."""
    size = len(repr(val)) if isinstance(val, str | bytes | int) else 0
    return f"{argname} of {size} characters" if size > 80 else None
