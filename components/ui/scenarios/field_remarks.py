"""Field remarks: what of a scenario is written and yet not shown, and why."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from components.core.script import split_parts
from components.design.scenario_fields import ScenarioField, read_path
from components.layers.content_rules import FOLLOW_UP_RULE
from components.layers.transparency.citations import web_address

Values = Mapping[str, Any]
MAX_SHOWN_REMARKS, MAX_QUOTED_CHARS = 4, 60


def field_remarks(values: Values, field: ScenarioField) -> tuple[str, ...]:
    """A sentence for each thing that is written in a field of a scenario and not shown, the first few."""
    find = FINDERS.get(field.key)
    found = tuple(dict.fromkeys(find(values, field))) if find else ()
    return found[:MAX_SHOWN_REMARKS]


def follow_up_remarks(values: Values, field: ScenarioField) -> Iterator[str]:
    """Follow-ups that are none."""
    for line in read_path(values, field.path) or ():
        if not FOLLOW_UP_RULE.fits(line):
            limit = FOLLOW_UP_RULE.max_chars
            yield f"{text_quotation(line)} is not shown: a follow-up is one question of at most {limit} characters."


def source_remarks(values: Values, field: ScenarioField) -> Iterator[str]:
    """Sources whose words are in no answer, and addresses that do not open."""
    for line in read_path(values, field.path) or ():
        title, _, claim, address = split_parts(line, 4)
        if not title:
            yield f"The source with {text_quotation(claim or address or line)} is not shown: it has no title."
        elif claim and not any(claim in text for text in answer_texts(values)):
            yield f"{text_quotation(title)} is not shown: the words it bears out are not in the answer."
        if address and not web_address(address):
            yield f"{text_quotation(address)} does not open: an address begins with https:// and has no spaces."


def phrase_remarks(values: Values, field: ScenarioField) -> Iterator[str]:
    """Phrases that are not in their answer."""
    text = str(read_path(values, (field.path[0], "text")) or "")
    for line in read_path(values, field.path) or ():
        phrase = split_parts(line, 2)[0]
        if phrase and phrase not in text:
            yield f"{text_quotation(phrase)} is not marked: it is not in the answer as it stands here."


def answer_texts(values: Values) -> list[str]:
    """The right answer, and the wrong one."""
    return [str(read_path(values, (name, "text")) or "") for name in ("answer", "wrong")]


def text_quotation(text: str) -> str:
    """The beginning of a text in quotation marks."""
    return f"“{text[:MAX_QUOTED_CHARS]}{' …' if len(text) > MAX_QUOTED_CHARS else ''}”"


FINDERS: Mapping[str, Callable[[Values, ScenarioField], Iterator[str]]] = {
    "script-next": follow_up_remarks, "script-sources": source_remarks, "answer-doubts": phrase_remarks,
    "wrong-doubts": phrase_remarks,
}  # fmt: skip
