"""What every test starts from: a data folder of its own with the prepared model, and events that are checked."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, Engine, make_url
from streamlit.components.v2 import manifest_scanner

from components.core.folders import data_folder
from components.store import Store, open_database
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


@pytest.fixture(scope="session", autouse=True)
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of an empty store, made once; where a test opens one that is not there yet, it is a copy."""
    folder, make_engine = tmp_path_factory.mktemp("blank"), open_database.sqlite_engine
    Store.open(folder).close()
    blank = folder / open_database.DATABASE_FILE

    def copied_engine(url: URL | str, patience: float = 5.0) -> Engine:
        file = Path(make_url(url).database or "")
        if not file.exists() and file.name == blank.name:
            shutil.copyfile(blank, file)
        return make_engine(url, patience)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_database, "sqlite_engine", copied_engine)
        yield blank


@pytest.fixture(scope="session", autouse=True)
def component_manifests() -> Iterator[None]:
    """What Streamlit finds of components in packages, looked up once: every page under test looks anew, for 0.4 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last: Playwright leaves an event loop running behind it, and others want one of their own."""
    items.sort(key=lambda item: "browser" in item.path.parts)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A short name for a test that is given something long; pytest's own for what is short."""
    size = len(repr(val)) if isinstance(val, str | bytes | int) else 0
    return f"{argname} of {size} characters" if size > 80 else None
