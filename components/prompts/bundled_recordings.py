"""Shelf: the bundled model's answers to every prompt of the packs, as they come with Parallax."""

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from components.core.folders import PROJECT_ROOT
from components.core.recording import Recording
from components.core.script import Script
from components.prompts.packs import with_script

BUNDLED_FILE = PROJECT_ROOT / "assets" / "recordings" / "packs.jsonl.gz"


@cache
def bundled_recordings(file: Path = BUNDLED_FILE) -> tuple[Recording, ...]:
    """Every recording in the file; none where there is no file."""
    if not file.exists():
        return ()
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return tuple(read_recording(json.loads(line)) for line in lines)


def read_recording(values: Mapping[str, Any]) -> Recording:
    """The recording that `Recording.to_json` wrote, its prompt with its script: its own, else a pack's; errors as
    there. Of an answer that a person wrote, the script is a part of what it is, and a pack adds nothing.
    """
    recording = Recording.from_json(values)
    if recording.card.scripted or recording.prompt.script != Script():
        return recording
    return replace(recording, prompt=with_script(recording.prompt))


def write_bundled_recordings(recordings: Iterable[Recording], file: Path = BUNDLED_FILE) -> None:
    """Write the recordings to the file, one a line, gzipped; the same recordings give the same bytes."""
    lines = "".join(json.dumps(recording.to_json(), ensure_ascii=False) + "\n" for recording in recordings)
    file.write_bytes(gzip.compress(lines.encode(), mtime=0))
