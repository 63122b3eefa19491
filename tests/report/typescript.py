"""TypeScript: the runtime of the code hand-off, as something that the Node of the tests can run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from components.core.folders import PROJECT_ROOT

TESTS = PROJECT_ROOT / "assets" / "handoff" / "tests"
KEY = "SECRET-KEY-VALUE"


@cache
def node() -> str:
    found = shutil.which("node", path=f"{os.environ['PATH']}:{Path(sys.executable).parent}")
    assert found, "node is needed, as for the player"
    return found


def bundled(source: Path, folder: Path) -> tuple[str, ...]:
    """The command that runs a program of several files, built into one in this folder."""
    built = folder / f"{source.stem}.mjs"
    tool = PROJECT_ROOT / "assets" / "node_modules" / ".bin" / "esbuild"
    kind = ("--bundle", "--platform=node", "--format=esm", "--target=node20", "--log-level=error")
    output((str(tool), str(source), f"--outfile={built}", *kind))
    return node(), str(built)


def output(command: Sequence[str], typed: str = "") -> str:
    """What it prints, given what is typed; it says nothing of errors."""
    paths = f"{Path(node()).parent}:{os.environ['PATH']}"
    settings = {"PATH": paths, "OPENAI_API_KEY": KEY, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, input=typed, capture_output=True, text=True, encoding="utf-8", timeout=100,
        env={**os.environ, **settings},
    )  # fmt: skip
    assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr
    return done.stdout
