"""What other products export is read as theirs is: speakers with names of their own, wrapped and sampled answers."""

import json
from typing import Any

import pytest

from components.models.transcripts import Transcripts, columns_of, propose_columns, read_transcripts

TODAY = "1999-09-09"
U, A = {"role": "user", "content": "Why?"}, {"role": "assistant", "content": "Rain."}
ASKED, THOUGHT, TOLD = (
    {"type": kind, "content": text} for kind, text in (("REQUEST", "Why?"), ("THINK", "Hm."), ("RESPONSE", "Rain."))
)
PRODUCTS: dict[str, Any] = {
    "a bot with a name of its own": {
        "bot": "Nimbus-2", "messages": [{"author": "human", "text": "Why?"}, {"author": "Nimbus-2", "text": "Rain."}]
    },
    "a person with a name of their own": {
        "messages": [
            {"from": "Ana", "text": "Why?"}, {"from": "HelpBot", "text": ["Ra", {"type": "bold", "text": "in."}]},
        ]
    },
    "a team's chat": [
        {"type": "message", "user": "U1", "text": "Why?"}, {"type": "message", "bot_id": "B1", "text": "Rain."}
    ],
    "a tree of fragments": {
        "mapping": {
            "r": {"parent": None, "message": None}, "u": {"parent": "r", "message": {"fragments": [ASKED]}},
            "a": {"parent": "u", "message": {"fragments": [THOUGHT, TOLD]}},
        }
    },
    "messages that are wrapped one by one": {
        "responses": [
            {"response": {"sender": who, "message": text}} for who, text in (("human", "Why?"), ("AI", "Rain."))
        ]
    },
    "events of a dialogue": {
        "events": [
            {"event": "action", "name": "x"}, {"event": "user", "text": "Why?"}, {"event": "bot", "text": "Rain."},
        ]
    },
    "what was sampled": {"type": "sampling", "data": {"prompt": [U], "sampled": ["Rain."]}},
    "a raw prompt": {"prompt": {"raw": "Why?"}, "response": {"output": "Rain."}},
    "a raw prompt that is a list itself": {"prompt": {"raw": json.dumps([U])}, "response": {"output": "Rain."}},
    "parts that only show progress": {
        "message": {"text": "Why?"}, "response": [{"value": "Rain."}, {"kind": "progress", "value": "x"}]
    },
}  # fmt: skip


def found(row: Any) -> Transcripts:
    return read_transcripts(json.dumps(row).encode(), TODAY)


@pytest.mark.parametrize("product", sorted(PRODUCTS))
def test_an_export_is_read_as_a_person_reads_it(product: str) -> None:
    [recording] = found(PRODUCTS[product]).recordings
    assert [message.text for message in recording.prompt.messages] == ["Why?"] and recording.text == "Rain."


def test_who_was_taken_for_whom_is_said() -> None:
    [trouble] = found(PRODUCTS["a person with a name of their own"]).troubles
    assert trouble.text == "“Ana” was taken for the person, since nobody else is."


@pytest.mark.parametrize("names", [("Ana", "Bo"), ("Ana", "Bo", "Cy")])
def test_nobody_is_taken_for_anybody_where_it_could_be_several(names: tuple[str, ...]) -> None:
    read = found({"messages": [{"from": name, "text": "Why?"} for name in names]})
    assert not read.recordings and "which of them is the model is not known" in read.troubles[0].text


def test_pairs_in_a_list_keep_their_conversation_and_what_is_told_beside_them() -> None:
    rows = [
        {"conversation_id": id, "query": "Why?", "answer": "Rain.", "created_at": 1764000000, "latency": 1.5}
        for id in ("v", "v", "w")
    ]
    first, second = found({"data": rows, "limit": 20}).recordings
    assert [len(r.prompt.messages) for r in (first, second)] == [3, 1]
    assert {(r.made, r.seconds) for r in (first, second)} == {("2025-11-24", 1.5)}


def test_a_moment_that_a_database_wrote_is_one() -> None:
    told = [{**U, "create_time": {"$date": {"$numberLong": "1764000000000"}}},
            {**A, "create_time": {"$date": "2025-11-24T16:00:03Z"}}]  # fmt: skip
    [recording] = found(told).recordings
    assert (recording.made, recording.seconds) == ("2025-11-24", 3.0)


def test_messages_of_two_tickets_are_two_conversations() -> None:
    table = b"Ticket ID;Author role;Comment\n7;end-user;Why?\n7;agent;Rain.\n8;end-user;Why?\n8;agent;Rain.\n"
    assert [len(r.prompt.messages) for r in read_transcripts(table, TODAY).recordings] == [1, 1]


@pytest.mark.parametrize(
    ("first", "total"), [("Zeit bis zum ersten Wort (s)", "Gesamtzeit (s)"), ("TTFT", "temps total")]
)
def test_times_with_decimal_commas_are_found_under_the_names_people_give_them(first: str, total: str) -> None:
    content = f"question;answer;{first};{total}\nWhy?;Rain.;0,45;2,75\n".encode()
    table = columns_of(content)
    assert table is not None and (propose_columns(table).first, propose_columns(table).total) == (first, total)
    [recording] = read_transcripts(content, TODAY).recordings
    assert (recording.events[0].at, recording.seconds) == (0.45, 2.75)


@pytest.mark.parametrize("head", ["", "# Weather\n\n> saved today\n\n---\n"])
@pytest.mark.parametrize(
    "marks", [("## User", "## Assistant"), ("**You**", "**ChatGPT**"), ("## Prompt:", "## Response:")]
)
def test_a_chat_under_headings_is_read(head: str, marks: tuple[str, str]) -> None:
    asks, answers = marks
    text = f"{head}{asks}\n\nWhy?\n\n{answers}\n\n### Rain\n\nIt falls.\n\n{asks}\n\nOften?\n\n{answers}\n\nYes.\n"
    [recording] = read_transcripts(text.encode(), TODAY).recordings
    assert [message.text for message in recording.prompt.messages] == ["Why?", "### Rain\n\nIt falls.", "Often?"]
    assert recording.text == "Yes."
