"""Facts about conversations that support desks export: who answers, words as HTML, and notes of the team."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from components.models.transcripts import read_transcripts
from components.models.transcripts.collected_turns import Transcripts
from components.models.transcripts.support_desks import web_words

PERSON = {"type": "user", "id": "u1", "name": "Ann"}
BOT = {"type": "bot", "id": "b", "name": "Helper"}
TEAM = {"type": "admin", "id": "9", "name": "Tom"}
PIECES = ("<p>", "</p>", "<br>", "<ul><li>", "</li></ul>", "<b>", "a b", "&amp;", "&lt;i&gt;", "<", "<img src=x>", "\n",
          '<a href="https://example.com/t">', '<a href="javascript:1">', "</a>", "<script>", "</script>")  # fmt: skip


def part(author: dict[str, Any], body: str | None, kind: str = "comment", at: int = 1716900010) -> dict[str, Any]:
    return {"type": "conversation_part", "part_type": kind, "author": author, "body": body, "created_at": at}


def conversation(*parts: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "conversation", "id": "4711", "created_at": 1716900000,
        "source": {"type": "conversation", "body": "<p>Where is my <b>order</b>?</p>", "author": PERSON},
        "conversation_parts": {"type": "conversation_part.list", "conversation_parts": list(parts)},
    }  # fmt: skip


def read(value: object, every_answer: bool = False) -> Transcripts:
    return read_transcripts(json.dumps(value).encode(), "2026-01-01", every_answer)


def test_a_desks_conversation_is_read_with_what_began_it() -> None:
    closed = part(TEAM, None, "close")
    value = conversation(part(BOT, '<p>On its way &amp; <a href="https://example.com/t">near</a>.</p>'), closed)
    found = read(value)
    [recording] = found.recordings
    assert [(m.role, m.text) for m in recording.prompt.messages] == [("user", "Where is my order?")]
    assert recording.text == "On its way & [near](https://example.com/t)."
    assert (recording.made, found.troubles) == ("2024-05-28", ())
    assert len(read({"type": "conversation.list", "conversations": [value, {**value, "id": "5"}]}).recordings) == 2


def test_notes_of_the_team_are_nobodys_words_and_people_of_the_team_are_told_of() -> None:
    value = conversation(part(BOT, "<p>One<br>Two</p>"), part(PERSON, "<p>A person?</p>"),
                         part(TEAM, "<p>She is angry</p>", "note"), part(TEAM, "<p>It is me.</p>"))  # fmt: skip
    found = read(value, every_answer=True)
    assert [recording.text for recording in found.recordings] == ["One\nTwo", "It is me."]
    assert "angry" not in str(found.recordings)
    assert {problem.text for problem in found.troubles} == {
        "Notes that only the team has seen were left out.",
        "What people of the team said was taken for answers.",
    }


def test_who_began_a_ticket_is_the_person_and_the_others_answer() -> None:
    comments = [
        {"author_id": 5, "plain_body": "Where is it?", "public": True, "created_at": "2026-01-02T10:00:00Z"},
        {
            "author_id": 7,
            "html_body": "<p>In the <i>van</i>.</p>",
            "public": True,
            "created_at": "2026-01-02T10:01:00Z",
        },
        {"author_id": 7, "plain_body": "She is angry", "public": False, "created_at": "2026-01-02T10:02:00Z"},
    ]
    [recording] = read({"ticket": {"id": 1, "requester_id": 5}, "comments": comments}).recordings
    assert (recording.prompt.messages[0].text, recording.text) == ("Where is it?", "In the van.")


def test_what_comes_in_to_a_desk_is_the_persons_and_what_goes_out_the_answer() -> None:
    told = [
        {"body": "<div>Soon.</div>", "incoming": False, "private": False},
        {"body_text": "When?", "incoming": True, "private": False},
        {"body_text": "At ten.", "incoming": False, "private": False},
    ]
    [recording] = read({"description_text": "Where is it?", "conversations": told}).recordings
    assert [m.text for m in recording.prompt.messages] == ["Where is it?", "Soon.", "When?"]
    assert recording.text == "At ten."


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_piece_of_html_is_read_as_words(pieces: list[str]) -> None:
    words, _ = web_words("".join(pieces))
    assert "](javascript:" not in words
    assert words == words.strip()
    found = read(conversation(part(BOT, "".join(pieces) or None)))
    assert found.recordings or found.troubles


def test_the_answer_of_every_turn_keeps_its_own_reasoning_and_none_is_said_to_be_left_out() -> None:
    messages = [
        {"role": "user", "content": "Hi?"},
        {"role": "assistant", "content": "Hello.", "reasoning": "They greet."},
        {"role": "user", "content": "Why?"},
        {"role": "assistant", "content": "So."},
    ]
    found = read({"messages": messages}, every_answer=True)
    assert found.troubles == ()
    assert found.recordings[0].events[0].data["thoughts"] == [[None, "They greet."]]


def test_a_thought_with_a_title_is_kept_whole() -> None:
    thinking = {"type": "reasoning", "summary": "Weighing", "content": "It is a pun, so say so."}
    told = [
        {"role": "user", "content": "Hi?"},
        {"role": "assistant", "content": [thinking, {"type": "text", "text": "A."}]},
    ]
    [recording] = read({"messages": told}).recordings
    assert recording.events[0].data["thoughts"] == [[None, "It is a pun, so say so."]]
