"""A study to take part in: two arms, each once unless said otherwise, a screening question and two checks.

`python -m tests.server.made_study` serves one with twelve trials, and prints the address that opens it.
"""

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from components.server.app_context import app_context
from components.store import Store, StudyRecord
from components.study.frozen_study import FrozenStudy
from components.study.study import EndPage, OwnItem, StudyWords
from components.study.study_item import ItemOption, StudyItem
from tests.study.made_study import ARMS, frozen, made_tasks

ADULT = StudyItem(
    "adult", "choice", "Are you 18?", options=(ItemOption("yes", "Yes"), ItemOption("no", "No")), right="yes"
)
ENDS = {
    "complete": EndPage("You are done.", "DONE1", "https://example.com/back?pid={pid}&cc={code}&lang={lang}"),
    "screened": EndPage("This study is for others.", "OUT1"),
    "failed": EndPage("We cannot use your answers.", "FAIL1", "javascript:alert(1)"),
}


@dataclass(frozen=True)
class MadeLink:
    """A link into a study: the path that it opens, its id, the study's, and the answers that pass its checks."""

    path: str
    id: str = ""
    study: str = ""
    right: Mapping[str, Any] = field(default_factory=dict)


def keep_made(store: Store, wanted: int = 40, **changes: Any) -> FrozenStudy:
    """A new study, kept and open."""
    base = frozen_base(tuple(sorted(changes.items())))
    study = FrozenStudy(base.study, {**base.content, "version": secrets.token_hex(4)}, base.timelines)
    store.keep_study(StudyRecord(study.id, "", "Two assistants", study.content), study.timelines)
    store.set_study_state(study.id, "open", wanted)
    return study


@cache
def frozen_base(changes: tuple[tuple[str, Any], ...]) -> FrozenStudy:
    """A frozen study like this, made once."""
    plain: dict[str, Any] = {
        "arms": ARMS[:2], "tasks": made_tasks()[:6], "trials": 1, "wrong_share": 0.0,
        "own_items": (OwnItem("before", ADULT),), "ends": ENDS, "frame_origin": "https://example.qualtrics.com",
        "words": StudyWords(title="Two assistants", contact="ada@example.com"),
    }  # fmt: skip
    return frozen(**{**plain, **dict(changes)})


def right_answers(study: FrozenStudy) -> dict[str, Any]:
    """The answers that pass a study's checks, by the names of its items."""
    items = [item for step in study.steps(0) for item in step.items if item.right]
    return {item.name: item.right if item.kind == "choice" else int(item.right) for item in items}


def open_made(wanted: int = 40, kind: Any = "many", **changes: Any) -> MadeLink:
    """A new link into a new study of this process's server."""
    study = keep_made(app_context().store, wanted, **changes)
    link = app_context().store.keep_link(study.id, kind)
    return MadeLink(app_context().taking.link_path(link.id), link.id, study.id, right_answers(study))


def main() -> None:
    """Serve one study until Ctrl-C; its data is gone afterwards."""
    from tests.server.taking import served_door

    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARALLAX_DATA"] = folder
        with served_door() as address:
            sys.stdout.write(f"{address}{open_made(wanted=1000, trials=6).path}\n")
            sys.stdout.flush()
            while True:
                time.sleep(60)


if __name__ == "__main__":
    main()
