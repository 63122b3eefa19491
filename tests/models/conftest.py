"""The bundled model's weights as the general library takes them, made once: it takes a while."""

from pathlib import Path

import pytest

from components.models import bundled, convert


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("float32")
    convert.write_float32(convert.Shipped(bundled.shipped()), folder)
    return folder
