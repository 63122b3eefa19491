"""Person export: everything that is kept of one participant, with the words that they answered to, as one file."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from components.store.participation import Participant
from components.store.study_records import StudyAnswer, StudyLink
from components.study.block_restarts import attempt_parts
from components.study.frozen_study import FrozenStudy
from components.study.person_code import person_code
from components.study.study_item import StudyItem
from components.study.study_language import chosen_words

PERSON_FORMAT = 1  # of the file


def person_file(
    frozen: FrozenStudy, person: Participant, link: StudyLink | None, answers: Iterable[StudyAnswer]
) -> bytes:
    """All that is kept of a participant, as JSON for people to read: what they came with, and screen by screen."""
    moments = {name: getattr(person, name) for name in ("joined", "seen", "ended", "end")}
    items = {
        step.id: {item.name: item for item in (*step.items, *((step.first,) if step.first else ()))}
        for step in frozen.steps(person.slot)
    }
    told = {
        "format": PERSON_FORMAT,
        "study": {"id": frozen.id, "title": chosen_words(frozen.study, "title")},
        "person": {"code": person_code(person.id), "id": person.id, "simulated": person.simulated, **moments},
        "came_by": {"kind": link.kind, "person": link.person} if link else {},
        "came_with": dict(person.entry), "browser": dict(person.browser),
        "screens": [screen_json(answer, items.get(attempt_parts(answer.step)[0], {})) for answer in answers],
        "begun_anew": [{"block": restart.block, "at": restart.at} for restart in person.restarts],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=True, indent=1).encode()


def screen_json(answer: StudyAnswer, items: Mapping[str, StudyItem]) -> dict[str, Any]:
    """One screen that was answered: each question in its words with the answer, and all that the browser sent."""
    given = answer.content.get("items")
    values = given if isinstance(given, Mapping) else {}
    return {
        "screen": answer.step, "at": answer.at,
        "answers": [{"question": item_words(items.get(name), name), "answer": value} for name, value in values.items()],
        "sent": dict(answer.content),
    }  # fmt: skip


def item_words(item: StudyItem | None, name: str) -> str:
    """The words of an item, its name where they are not known."""
    return item.text if item else name
