"""Each pattern's timeline on three recordings, as text that can be read and compared. Run it to write them anew:
python -m tests.layers.snapshots
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from components.core.event import Event
from components.core.layer import Layer
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import build_timeline
from components.layers import ALL_PATTERNS
from components.layers.delivery.streaming import Streaming
from components.layers.weather.fault import Fault
from components.ui.shared.samples import sample_recordings

FOLDER = Path(__file__).parent / "snapshots"
SHOWN = 70  # characters of a text


def recordings() -> dict[str, tuple[Recording, tuple[Layer, ...]]]:
    """A clean question with a right answer, one whose answer is cut, and a messy one."""
    known = {recording.prompt.text: recording for recording in sample_recordings()}
    clean = known["What is the capital of Australia?"]
    cut = known["My flight was cancelled and I have to be in Rome tomorrow. What are my options?"]
    messy = known["hi can u pls tel me hwo to reset my pasword i forgt it agian"]
    return {"clean": (clean, ()), "cut": (cut, (Fault(kind="cut"),)), "messy": (messy, ())}


def snapshot(kind: type[Layer]) -> str:
    """The pattern as it comes, over each recording; one that shows no words by itself is put around streaming."""
    parts = []
    for name, (recording, weather) in recordings().items():
        layers = (kind(),) if kind.releases else (Streaming(), kind())
        seen = build_timeline(Prototype("", (*weather, *layers)), recording.prompt, replay([recording]), depth=0)
        parts.append("\n".join([f"# {name}", *lines(seen.events)]))
    return "\n\n".join(parts) + "\n"


def lines(events: Iterable[Event]) -> Iterator[str]:
    """A line an event; words that follow each other are one line with their count."""
    for words, group in groupby(events, lambda event: event.kind == "text" and set(event.data) <= {"tokens", "cursor"}):
        found = list(group)
        if words:
            text = "".join(event.text for event in found)
            yield f"{found[0].at:.2f}-{found[-1].at:.2f} text x{len(found)} {told(text)}"
            continue
        for event in found:
            data = {name: value for name, value in sorted(event.data.items()) if name not in ("tokens", "partial")}
            said = (f"{event.at:.2f}", event.kind, told(event.text) if event.text else "", told(data) if data else "")
            yield " ".join(part for part in said if part)


def told(value: object) -> str:
    """A value on one line, long ones with their beginning and their length."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 4 * SHOWN else f"{text[: 4 * SHOWN]}… ({len(text)})"


def main() -> None:
    """Write every snapshot anew, and take away those of patterns that are gone."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        if old.stem not in ALL_PATTERNS:
            old.unlink()
    for name, kind in ALL_PATTERNS.items():
        (FOLDER / f"{name}.txt").write_text(snapshot(kind), "utf-8")


if __name__ == "__main__":
    main()
