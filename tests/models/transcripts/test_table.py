"""Tables from spreadsheets become recordings, whatever their columns are called and however they were saved."""

import json

import pytest

from components.core.explained import Explained
from components.models.transcripts import ColumnChoice, Transcripts, columns_of, propose_columns, read_transcripts

TODAY = "2026-01-02"


def found(text: str, **more: ColumnChoice) -> Transcripts:
    return read_transcripts(text.encode(), TODAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("prompt,response,model", ColumnChoice("prompt", "response", model="model")),
        ("Question,Answer", ColumnChoice("Question", "Answer")),
        ("userMessage,aiMessage,session_id", ColumnChoice("userMessage", "aiMessage", conversation="session_id")),
        ("id,input,output,createdAt", ColumnChoice("input", "output", created="createdAt")),
        ("input_tokens,The question asked,Answer text,answer score", ColumnChoice("The question asked", "Answer text")),
        ("query,reply,ttft_ms,time (s)", ColumnChoice("query", "reply", first="ttft_ms", total="time (s)",
        first_unit="ms")),
        ("q,a", ColumnChoice()),
        ("prompt,prompt,output", ColumnChoice("prompt", "output")),
    ],
)  # fmt: skip
def test_columns_are_proposed_by_their_names(header: str, columns: ColumnChoice) -> None:
    table = columns_of(f"{header}\n{','.join('1' for _ in header.split(','))}\n".encode())
    assert table is not None and propose_columns(table) == columns


def test_a_column_of_times_without_a_unit_is_in_milliseconds_where_they_would_be_very_long() -> None:
    tables = [columns_of(f"prompt,output,latency\na,b,{value}\n".encode()) for value in ("2.5", "2500")]
    assert [propose_columns(table).total_unit for table in tables if table] == ["s", "ms"]


def test_columns_can_be_chosen() -> None:
    columns = ColumnChoice("q", "a", model="who", first="wait", total="all", first_unit="ms")
    [recording] = found("q,a,who,wait,all\nWhere to?,To Rome,gpt-x,500,1.5\n", columns=columns).recordings
    assert (recording.prompt.text, recording.text, recording.card.name) == ("Where to?", "To Rome", "gpt-x")
    assert [event.at for event in recording.events] == [0.5, 1.0, 1.5] and recording.card.times == "spread"


def test_without_a_question_and_an_answer_the_columns_are_asked_for() -> None:
    with pytest.raises(Explained, match="Which column holds the question"):
        found("q,a\n1,2\n")
    with pytest.raises(Explained, match="Which column holds the answer"):
        found("prompt,a\n1,2\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_every_usual_way_to_save_a_table_is_read(encoding: str, delimiter: str, line: str) -> None:
    rows = [("prompt", "answer", "time"), ('"Où, à Pâques; ou|\té?"', "Là – été", '"1,5"')]
    [recording] = read_transcripts(line.join(delimiter.join(row) for row in rows).encode(encoding), TODAY).recordings
    assert recording.prompt.text == "Où, à Pâques; ou|\té?"
    assert recording.text == "Là – été" and recording.seconds == 1.5


def test_a_table_in_utf_8_with_a_damaged_sign_stays_utf_8() -> None:
    content = "prompt,answer\nOù?,été là-bas où\n".encode().replace("ù?".encode(), b"\xc3?")
    assert read_transcripts(content, TODAY).recordings[0].text == "été là-bas où"


def test_what_excel_puts_on_the_first_line_is_understood() -> None:
    assert found("sep=;\nprompt;answer\na;b, c, d, e\n").recordings[0].text == "b, c, d, e"


def test_quoted_line_ends_and_quotes_stay_in_the_answer_and_rows_count_as_in_a_spreadsheet() -> None:
    read = found('prompt,answer\na,"one\n\n""two"", three"\n,nothing asked\nb,c\n')
    assert [recording.text for recording in read.recordings] == ['one\n\n"two", three', "c"]
    assert [trouble.row for trouble in read.troubles] == [3]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_formulas_are_text(formula: str) -> None:
    quoted = formula.replace('"', '""')
    assert found(f'prompt,answer\na,"{quoted}"\n').recordings[0].text == formula


def test_rows_of_a_conversation_follow_each_other_in_time() -> None:
    rows = ("1,2026-01-01T10:05,Why?,Sun.", "2,2026-01-01,Hi,Hello", "1,2026-01-01T10:00,Where?,Rome.")
    second, other, first = found("\n".join(["session,created_at,prompt,answer", *rows])).recordings
    assert [message.text for message in second.prompt.messages] == ["Where?", "Rome.", "Why?"]
    assert [len(one.prompt.messages) for one in (other, first)] == [1, 1] and first.made == "2026-01-01"


def test_a_system_prompt_comes_before_the_question() -> None:
    [recording] = found("system prompt,prompt,answer\nBe brief.,a,b\n").recordings
    assert [(m.role, m.text) for m in recording.prompt.messages] == [("system", "Be brief."), ("user", "a")]


def test_a_cell_that_tells_the_conversation_itself_does_not_get_it_twice() -> None:
    said = (("user", "Hi"), ("assistant", "Hello"), ("user", "Where?"))
    talk = json.dumps([{"role": role, "content": text} for role, text in said]).replace('"', '""')
    _, second = found(f'session,input,output\n1,Hi,Hello\n1,"{talk}",Rome\n').recordings
    assert [message.text for message in second.prompt.messages] == ["Hi", "Hello", "Where?"]


def test_cells_that_hold_messages_are_read_as_such() -> None:
    cell = '"[{""role"": ""user"", ""content"": ""Where to?""}]","{""role"": ""assistant"", ""content"": ""Rome""}"'
    [recording] = found(f"input,output\n{cell}\n").recordings
    assert (recording.prompt.text, recording.text) == ("Where to?", "Rome")


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("1.5", 1.5), ("1.5 s", 1.5), ("1500 ms", 1.5), ('"1,5"', 1.5), ("1500ms", 1.5),
     ("9" * 400, 1.025), ("nan", 1.025), ("-1", 1.025), ("", 1.025), ("soon", 1.025), ("1 parsec", 1.025)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(cell: str, seconds: float) -> None:
    assert found(f"prompt,answer,latency seconds\na,b,{cell}\n").recordings[0].seconds == seconds


def test_short_and_long_rows_are_taken_for_what_they_hold() -> None:
    read = found("prompt,answer,model\na,b\n\n,,\nc,d,e,f,g\nh\n")
    assert [recording.text for recording in read.recordings] == ["b", "d"]
    assert [(trouble.row, trouble.text) for trouble in read.troubles] == [(6, "There is no answer.")]


def test_only_so_many_rows_are_read() -> None:
    read = found("prompt,answer\n" + "a,b\n" * 10_005)
    assert len(read.recordings) == 10_000
    assert [trouble.row for trouble in read.troubles] == [10_002]


def test_a_very_long_cell_is_a_trouble_of_its_row() -> None:
    read = found(f"prompt,answer\na,{'x' * 300_000}\nc,d\n")
    assert [recording.text for recording in read.recordings] == ["d"] and "300,000 characters" in read.troubles[0].text
