"""A study written by hand: twelve trials of two arms, and a server that people take part in it at.

`python -m tests.server.made_study` runs such a server and prints the address of a link.
"""

import secrets
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from components.core.prompt import content_id
from components.core.recording import replay
from components.core.timeline import build_timeline
from components.server.app_context import app_context
from components.store import Store, StudyRecord
from tests.store.made import PROTOTYPES, RECORDING

TRIALS = 12
ARMS = PROTOTYPES[:2]
BEFORE = {
    "id": "before", "kind": "questions", "title": "About you", "text": "Three short questions.",
    "items": [
        {"name": "age", "kind": "choice", "text": "Are you 18 or older?", "required": True,
         "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]},
        {"name": "often", "kind": "scale", "text": "How often do you use assistants like these?", "required": True,
         "low": "Never", "high": "Every day", "points": 7},
    ],
}  # fmt: skip
BATTERY = [
    {"name": "accept", "kind": "accept", "text": "What do you do with this answer?", "required": True,
     "options": [{"value": "accept", "label": "Use it as it is"}, {"value": "change", "label": "Change it"}]},
    {"name": "trust", "kind": "slider", "text": "How far do you trust this answer?", "required": True,
     "low": "Not at all", "high": "Fully", "least": 0, "most": 100, "step": 1},
    {"name": "speed", "kind": "scale", "text": "How fast did it feel?", "required": True, "low": "Very slow",
     "high": "Very fast", "points": 7},
    {"name": "felt_complete", "kind": "seconds", "text": "How many seconds until all of it was there?",
     "required": True, "longest": 120},
]  # fmt: skip
CHECK = {
    "name": "check", "kind": "choice", "text": "To show that you read this, choose Blue.", "required": True,
    "options": [{"value": "red", "label": "Red"}, {"value": "blue", "label": "Blue"}],
}  # fmt: skip
ENDS = {
    "complete": ("Thank you", "You are done.", "DONE1", "https://example.com/back?pid={pid}&cc={code}&lang={lang}"),
    "screened": ("Thank you", "This study is for others.", "OUT1", ""),
    "failed": ("Thank you", "We cannot use your answers.", "FAIL1", "javascript:alert(1)"),
    "withdrew": ("Goodbye", "Your answers are deleted.", "", ""),
}


@dataclass(frozen=True)
class MadeStudy:
    """A frozen study from its content, as the participants' routes need it."""

    content: Mapping[str, Any]

    @cached_property
    def id(self) -> str:
        return content_id(self.content)

    @property
    def study(self) -> SimpleNamespace:
        return SimpleNamespace(**self.content["rules"])

    def page(self) -> dict[str, Any]:
        return {
            "title": "Two assistants", "language": "en", "rtl": False, "texts": {}, "contact": "Ada, ada@example.com",
            "iframe_origin": "https://example.qualtrics.com",
            "consent": {
                "id": "consent", "kind": "consent", "title": "Take part", "text": "You see **twelve** answers.",
                "agree": "I agree", "decline": "No, thank you", "items": [],
            },
        }  # fmt: skip

    def page_steps(self, number: int) -> list[dict[str, Any]]:
        shown = list(self.content["trials"])
        trials = [self.trial("trial", n, (n + number) % len(ARMS), shown) for n in range(1, len(shown) + 1)]
        check = [{"id": f"after-{n}", "kind": "questions", "title": "A few questions", "text": "", "items": [CHECK]}
                 for n in (1, 2)]  # fmt: skip
        return [
            BEFORE,
            {"id": "instructions", "kind": "text", "title": "How it works", "text": "Press **Send**.", "button": "Go"},
            self.trial("practice", 1, 0, shown), *trials, *check,
            {"id": "debrief", "kind": "text", "title": "What it was about", "text": "Thank you.", "button": "Done"},
        ]  # fmt: skip

    def trial(self, kind: str, number: int, arm: int, shown: Sequence[Sequence[str]]) -> dict[str, Any]:
        lines = shown[(number - 1) % len(shown)]
        pane = {
            "key": "A", "label": f"Assistant {'AB'[arm]}", "timeline": lines[arm], "prototype": ARMS[arm].id,
            "recording": RECORDING.id,
        }  # fmt: skip
        return {
            "id": f"{kind}-{number:02}", "kind": kind, "number": number, "of": len(shown), "layout": "one",
            "prompt": RECORDING.prompt.text, "panes": [pane], "after": BATTERY,
        }  # fmt: skip

    def steps(self, number: int) -> list[SimpleNamespace]:
        return [SimpleNamespace(id=step["id"]) for step in self.page_steps(number)]

    def end_page(self, kind: str) -> dict[str, str]:
        return {"kind": kind} | dict(zip(("title", "text", "code", "url"), ENDS[kind], strict=True))

    def step_problem(self, number: int, step_id: str, items: Mapping[str, Any]) -> str:
        return "garbled" if items.get("trust") == "garbled" else ""

    def end_after(self, number: int, answers: Mapping[str, Mapping[str, Any]]) -> str:
        if answers.get("before", {}).get("age") == "no":
            return "screened"
        if any(step.id not in answers for step in self.steps(number)):
            return ""
        wrong = [name for name in ("after-1", "after-2") if answers[name].get("check") == "red"]
        return "failed" if len(wrong) == 2 else "complete"


def played_timelines() -> dict[str, dict[str, Any]]:
    """What each arm plays, by its id."""
    lines = [build_timeline(arm, RECORDING.prompt, replay((RECORDING,))).to_json() for arm in ARMS]
    return {content_id(line): line for line in lines}


def keep_made(store: Store, wanted: int = 40, trials: int = TRIALS, stale_minutes: float = 60.0) -> MadeStudy:
    """A new study, kept and open."""
    played = played_timelines()
    rules = {"stale_minutes": stale_minutes, "resume_hours": 48, "wanted": wanted}
    made = MadeStudy({"name": secrets.token_hex(4), "trials": [list(played)] * trials, "rules": rules})
    store.keep_study(StudyRecord(made.id, "", "Two assistants", made.content), played)
    store.set_study_state(made.id, "open", wanted)
    return made


@dataclass(frozen=True)
class MadeLink:
    """A link into a study of this process's server: the path that it opens, its id and the study's."""

    path: str
    id: str
    study: str


def open_made(wanted: int = 40, kind: Any = "many", trials: int = 2, stale_minutes: float = 60.0) -> MadeLink:
    """A new link into a new study."""
    taking, store = app_context().taking, app_context().store
    taking.studies.use_reader(MadeStudy)
    made = keep_made(store, wanted, trials, stale_minutes)
    link = store.keep_link(made.id, kind)
    return MadeLink(taking.link_path(link.id), link.id, made.id)


def main() -> None:
    """Serve one study until Ctrl-C; its data is gone afterwards."""
    import os

    from tests.server.taking import served_door

    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARALLAX_DATA"] = folder
        with served_door() as address:
            sys.stdout.write(f"{address}{open_made(wanted=1000, trials=TRIALS).path}\n")
            sys.stdout.flush()
            while True:
                time.sleep(60)


if __name__ == "__main__":
    main()
