"""Product copy: every text of a prototype that is the product's own, sorted by where it stands."""

from collections.abc import Iterable, Iterator, Mapping

from components.core.event import Event
from components.core.layer import dials_of
from components.core.prototype import Prototype
from components.layers.confidence.scored_layer import ScoredLayer
from components.layers.weather.made_up_words import SCRIPTED_LABEL

LABELS, WAITING, QUESTIONS, BUTTONS, CONFIDENCE, IN_PLACE, FAILURES, SOURCES = COPY_GROUPS = (
    "Labels and notes", "While people wait", "Questions and options", "Buttons and what follows them", "Confidence",
    "In the answer's place", "When it fails", "Sources of this answer",
)  # fmt: skip
GROUP_BY_KIND = {
    "notice": LABELS, "status": WAITING, "question": QUESTIONS, "action": BUTTONS, "badge": CONFIDENCE,
    "failure": FAILURES, "source": SOURCES, "mark": CONFIDENCE,
}  # fmt: skip
MEASURED_MEANING = "What a level means, as it was measured with your model: how many answers at this level were right."


def copy_groups(prototype: Prototype, events: Iterable[Event]) -> Mapping[str, tuple[str, ...]]:
    """The product's own texts in these events, each once, by the group of COPY_GROUPS that it belongs to.

    The answer's own words, a raw error and what Parallax remarks to its designer are none.
    """
    own, measured = dial_texts(prototype), is_calibrated(prototype)
    found: dict[str, dict[str, None]] = {group: {} for group in COPY_GROUPS}
    for event in events:
        for group, text in grouped_texts(event, own, measured):
            if text.strip() and text != SCRIPTED_LABEL:
                found[group][text.strip()] = None
    return {group: tuple(texts) for group, texts in found.items() if texts}


def grouped_texts(event: Event, own: frozenset[str], measured: bool) -> Iterator[tuple[str, str]]:
    """(group, text) of each text in an event that is the product's own; `own` are those that its dials hold, and where
    `measured`, what a level means is told in one sentence without figures."""
    data, group = event.data, GROUP_BY_KIND.get(event.kind)
    if data.get("raw") or data.get("remark"):
        return
    if event.kind in ("text", "revise"):
        if data.get("hedge"):
            yield CONFIDENCE, event.text
        elif data.get("instead") and event.text.strip() in own:
            yield CONFIDENCE if data.get("unsure") else IN_PLACE, event.text
    elif group == BUTTONS:
        yield from ((BUTTONS, text) for text in (event.text, str(data.get("after", "")) if is_short(data) else ""))
        yield from ((BUTTONS, line_pattern(str(item))) for item in data.get("items", ()))
    elif event.kind == "mark":
        yield CONFIDENCE, str(data.get("title", ""))
    elif group:
        legend = str(data.get("legend", ""))
        group = CONFIDENCE if event.kind == "notice" and data.get("level") else group
        listed = (*data.get("items", ()), *data.get("options", ()), *data.get("labels", {}).values())
        texts = (event.text, str(data.get("detail", "")), *map(str, listed))
        yield from ((group, text) for text in texts)
        yield group, MEASURED_MEANING if legend and measured else legend


def is_short(data: Mapping[str, object]) -> bool:
    """Whether what follows a button is a line of the product's, and not an answer that was kept back."""
    return data.get("name") != "say"


def line_pattern(line: str) -> str:
    """A line that is passed on, without what one conversation put into it: “Your question: …”."""
    name, colon, _ = line.partition(": ")
    return f"{name}: …" if colon else line


def dial_texts(prototype: Prototype) -> frozenset[str]:
    """The texts that a prototype's dials hold."""
    values = (getattr(layer, spec.name) for layer in prototype.layers for spec in dials_of(type(layer)))
    return frozenset(value.strip() for value in values if isinstance(value, str))


def is_calibrated(prototype: Prototype) -> bool:
    """Whether what its confidence means was measured with a model."""
    return any(isinstance(layer, ScoredLayer) and layer.fitting_calibration for layer in prototype.layers)
