"""Work content: a comparison as a work keeps it, and back; and the few words by which it is drawn small."""

from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten
from typing import Any

from components.core.event import answer_text_after
from components.core.explained import Explained
from components.core.prototype import Prototype
from components.core.timeline import Timeline
from components.layers.compare import Comparison
from components.report.handoff.end_picture import plain_text
from components.store import WorkState
from components.store.works import PROTOTYPE
from components.ui.shared import state
from components.ui.shared.comparison_link import (
    PANE_LETTERS,
    address_around,
    keep_pane_answers,
    own_answer_ids,
    stored_comparison,
    with_around,
)

MAX_PREVIEW_CHARS, MAX_LINE_CHARS = 240, 70
GONE_CONTENT = Explained(
    "A part of this work is not kept here: the answer that it plays, or one of its prototypes.",
    "The work stays as it is.",
    "Open another one, or go back to an earlier state of it.",
)
TOLD_KINDS = ("badge", "question", "failure", "notice")  # the events, besides words, that a small picture shows


def comparison_state(compare: Comparison) -> WorkState:
    """A comparison as the state of a work; all that it names is kept. Explained where it cannot be."""
    store = state.shared_store()
    own = own_answer_ids(compare)
    content = {
        "recordings": [keep_pane_answers(compare)],
        "panes": [
            {"prototype": store.keep_prototype(prototype), "name": prototype.name, "about": prototype.about,
             "work": prototype.work, **({"answer": own[letter]} if letter in own else {})}
            for letter, prototype in zip(PANE_LETTERS, compare.prototypes, strict=False)
        ],
        **address_around(compare),
    }  # fmt: skip
    return WorkState(content, compare.id, compare.recording.id, preview_parts(compare))


def comparison_from_content(content: Mapping[str, Any]) -> Comparison:
    """The comparison that a work's state holds. Explained where a part of it is not here."""
    try:
        answer = str(content["recordings"][0])
        prototypes = tuple(stored_prototype(pane) for pane in content["panes"])
        own = [str(pane.get("answer", "")) for pane in content["panes"]]
    except (LookupError, TypeError, AttributeError):
        raise GONE_CONTENT from None
    found = tuple(prototype for prototype in prototypes if prototype is not None)
    compare = stored_comparison(answer, found, own) if len(found) == len(prototypes) else None
    if compare is None:
        raise GONE_CONTENT
    return with_around(compare, content)


def stored_prototype(pane: Mapping[str, Any]) -> Prototype | None:
    """The prototype of a pane under the name that it had there; None where it is not kept."""
    kept = state.shared_store().prototype(str(pane["prototype"]))
    if kept is None:
        return None
    called = {key: str(pane.get(key, "")) for key in ("name", "about", "work")}
    return replace(kept, **called)  # type: ignore[arg-type]


def preview_parts(compare: Comparison) -> tuple[dict[str, str], ...]:
    """For each pane, what stands in it in the end, in a few words; the first one also says the question."""
    parts = [
        {"key": key, "name": prototype.name, **end_words(compare.timelines[key])}
        for key, prototype in compare.panes.items()
    ]
    parts[0]["question"] = shorten(compare.prompt.text, MAX_LINE_CHARS, placeholder=" …")
    return tuple(parts)


def prototype_work_content(id: str) -> Comparison | None:
    """A prototype that is a work, as the only pane of what it is on now; None where it is not here."""
    store = state.shared_store()
    work = store.work(id, state.rater_id())
    step = store.work_step(id, work.step) if work and work.kind == PROTOTYPE else None
    if step is None:
        return None
    compare = comparison_from_content(step.content)
    return Comparison(compare.recordings, (replace(compare.prototypes[0], work=id),))


def end_words(line: Timeline) -> dict[str, str]:
    """The words, and what else stands on the screen, at the end of a timeline."""
    shown = ""
    words: dict[str, str] = {}
    for event in line.events:
        shown = answer_text_after(shown, event)
        if event.kind in TOLD_KINDS and event.text and not event.data.get("remark"):  # those stand outside of the pane
            words[event.kind] = shorten(event.text, MAX_LINE_CHARS, placeholder=" …")
        if event.kind == "badge":
            words["level"] = str(event.data.get("level", ""))
    return {"text": plain_text(shown[: 2 * MAX_PREVIEW_CHARS])[:MAX_PREVIEW_CHARS], **words}
