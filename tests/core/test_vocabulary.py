"""Facts about the vocabulary of events, and about the kinds of fault."""

from typing import get_args

import pytest

from components.core.event import Event
from components.core.faults import FAULT_KINDS, ROWS, fault_kind, faults_by_status
from components.core.prompt import Prompt
from components.core.vocabulary import ANSWERING, BREAKING, LAST, NO_SIGN, VOCABULARY, DataKey, EventKind
from components.layers import ALL_PATTERNS
from components.layers.compare import NO_FAULT
from components.layers.weather.fault import Fault
from components.models.endpoint.fault_cures import CURES
from components.ui.shared.rows import FAULT_LABELS, FURTHER_FAULTS
from tests.layers.streams import Scripted, said
from tests.vocabulary import unfit


def test_every_kind_of_event_is_in_the_table() -> None:
    assert set(VOCABULARY) == set(get_args(EventKind))


def test_what_ends_a_stream_and_what_counts_as_words_or_a_sign() -> None:
    assert set(LAST) == {"end", "error", "failure", "question"}
    assert set(BREAKING) == {"error", "failure"}
    assert set(ANSWERING) == {"token", "text", "revise"}
    assert set(NO_SIGN) == {"silence", "end", "action"}


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        ("shout", {}, "no kind of event"), ("text", {"colour": "red"}, "no data called 'colour'"),
        ("badge", {"percent": "80"}, "'percent'"), ("end", {"reason": "tired"}, "'reason'"),
        ("text", {"tokens": [{"text": "a", "logprob": "high"}]}, "'tokens'"), ("text", {"hedge": 1}, "'hedge'"),
        ("notice", {"columns": [{"title": "For"}]}, "'columns'"), ("failure", {"labels": {"retry": 1}}, "'labels'"),
        ("token", {"alternatives": [["a", "b"]]}, "'alternatives'"), ("question", {"options": "Yes"}, "'options'"),
    ],
)  # fmt: skip
def test_data_that_is_not_in_the_table_is_noticed(kind: str, data: dict[str, object], problem: str) -> None:
    assert problem in unfit(kind, data)


@pytest.mark.slow  # a mutant's own frames stand between the pattern and its event
def test_a_pattern_that_says_something_else_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VOCABULARY["text"].data, "cursor", DataKey("text", ""))
    with pytest.raises(AssertionError, match=r"^layers/delivery/streaming\.py: the 'cursor' of 'text'"):
        list(ALL_PATTERNS["Streaming"]().play(Prompt.from_typed("Why?"), Scripted(said("Yes."))))


def test_an_event_of_a_kind_nobody_knows_is_still_read() -> None:
    kind: str = Event.from_json({"at": 1, "kind": "shout"}).kind
    assert kind == "shout"


def test_every_fault_has_one_row() -> None:
    assert len(FAULT_KINDS) == len(ROWS)
    assert fault_kind("no such fault").plain == "The answer could not be given."


def test_every_fault_that_can_be_played_has_a_button_and_a_way_to_be_played() -> None:
    offered = {*FAULT_LABELS, *(name for names in FURTHER_FAULTS.values() for name in names)} - {NO_FAULT}
    assert offered == {name for name, kind in FAULT_KINDS.items() if kind.weather}
    assert all(kind.label for kind in ROWS if kind.weather)
    for kind in ROWS:
        breaks = (
            kind.weather
            and [event.kind for event in Fault(kind=kind.name).play(Prompt.from_typed("Why?"), Scripted(said("Yes.")))][
                -1
            ]
        )
        assert (breaks == "error") == bool(kind.raw)


def test_every_fault_of_an_endpoint_has_words_and_a_cure() -> None:
    outside = {name for name, kind in FAULT_KINDS.items() if kind.outside}
    assert outside == set(CURES)
    assert all(FAULT_KINDS[name].plain != fault_kind("").plain for name in outside)


def test_a_status_means_one_fault() -> None:
    assert len(faults_by_status()) == sum(len(kind.statuses) for kind in ROWS)
    assert faults_by_status()[429] == faults_by_status(logged=True)[429] == "rate"
    assert 504 not in faults_by_status() and faults_by_status(logged=True)[504] == "timeout"
