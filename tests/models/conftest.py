"""The bundled model's weights as the general library takes them, made once: it takes a while."""

from pathlib import Path

import pytest

from components.models.bundled import gguf_weights, prepare_bundled


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("float32")
    gguf_weights.write_float32(gguf_weights.ShippedWeights(prepare_bundled.shipped_weights()), folder)
    return folder
