"""A file's letters, its lines and its header are checked, and what is damaged is told with its place."""

import json

import pytest

from components.core.explained import Explained
from components.models.transcripts import (
    ENCODING_NAMES,
    UnknownEncoding,
    columns_of,
    propose_columns,
    read_transcripts,
)

TODAY = "1999-09-09"
ROW = '{"prompt": "Why?", "answer": "Rain."}'


def pairs(text: str | bytes) -> list[tuple[str, str]]:
    content = text.encode() if isinstance(text, str) else text
    return [(r.prompt.text, r.text) for r in read_transcripts(content, TODAY).recordings]


@pytest.mark.parametrize(
    "text",
    [f"{ROW},\n{ROW}", f"[\n{ROW},\n{ROW},\n]", f"\ufeff{ROW}\n\ufeff{ROW}", f"{ROW}\r{ROW}\r", f"\x1e{ROW}\n\x1e{ROW}",
     f"# exported today\n{ROW}\n{ROW}", f"{ROW}{ROW}", json.dumps(json.loads(ROW), indent=2) + "\n" + ROW,
     ROW.replace("}", ",}") + "\n" + ROW, ROW.replace('"', "'") + "\n" + ROW],
    ids=["comma lines", "last comma", "marks inside", "carriage returns", "record marks", "comment", "one line",
         "pretty",          "inner comma", "single quotes"],
)  # fmt: skip
def test_values_in_a_row_are_read_however_they_are_kept_apart(text: str) -> None:
    read = read_transcripts(text.encode(), TODAY)
    assert [(r.prompt.text, r.text) for r in read.recordings] == [("Why?", "Rain.")] * 2 and not read.troubles


@pytest.mark.parametrize(
    ("damage", "cause"),
    [('{"prompt": "Why?", "ans', "cut off"), ('{"prompt": "Why?" "answer": "x"}', "in line 2, at sign 19"),
     ("Why? Rain.", "“Why? Rain.”"), ("[" * 5000, "nested")],
)  # fmt: skip
def test_a_damaged_line_is_told_with_its_place_and_its_cause_and_the_rest_is_read(damage: str, cause: str) -> None:
    read = read_transcripts(f"{ROW}\n{damage}\n{ROW}".encode(), TODAY)
    assert len(read.recordings) == 2 and [trouble.row for trouble in read.troubles] == [2]
    assert cause in read.troubles[0].text


FOREIGN = {
    "cp932": "日本一高い山は?", "gb18030": "最长的河是哪条?",
    "cp1251": "Какая река длиннее?", "cp1250": "Gdzie leży Łódź?",
    "cp1253": "Πού είναι η Αθήνα?", "cp949": "가장 높은 산은?", "koi8-r": "Какая река длиннее?",
}  # fmt: skip


@pytest.mark.parametrize("encoding", FOREIGN)
def test_letters_that_cannot_be_told_are_asked_for_and_never_guessed(encoding: str) -> None:
    content = f"question,answer\n{FOREIGN[encoding]},Ja.\n".encode(encoding)
    with pytest.raises(UnknownEncoding) as told:
        read_transcripts(content, TODAY)
    assert FOREIGN[encoding].split()[-1].rstrip("?") in told.value.samples[encoding]
    assert set(told.value.samples) <= set(ENCODING_NAMES)
    assert read_transcripts(content, TODAY, encoding=encoding).recordings[0].prompt.text == FOREIGN[encoding]


def test_letters_of_western_europe_are_read_and_it_is_said() -> None:
    read = read_transcripts("Frage;Antwort\nWo liegt Köln?;Am Rhein – “schön”.\n".encode("cp1252"), TODAY)
    assert read.recordings[0].text == "Am Rhein – “schön”." and "Windows-1252" in read.notes[0]


def test_letters_saved_wrongly_before_are_told() -> None:
    assert "“Ã©”" in read_transcripts("question,answer\nWhy?,Un cafÃ©.\n".encode(), TODAY).notes[0]


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"PAR1\0\1", "Parquet"), (b'data: {"choices": []}\n\ndata: {"choices": []}\n', "stream"),
     (b"<!DOCTYPE html><p>x", "web page"), (b"one\ntwo\nthree\n", "one column"), (b"SQLite format 3\0", "database")],
)  # fmt: skip
def test_a_file_that_is_no_table_is_called_what_it_is(content: bytes, what: str) -> None:
    with pytest.raises(Explained, match=what):
        columns_of(content)


def test_a_chat_copied_as_text_is_read() -> None:
    text = "User: Hi\nAssistant: Yes?\nUser: Why?\nAssistant: Rain.\n"
    [recording] = read_transcripts(text.encode(), TODAY).recordings
    assert [m.text for m in recording.prompt.messages] == ["Hi", "Yes?", "Why?"] and recording.text == "Rain."


@pytest.mark.parametrize(
    "text",
    ["Report,,\nMade in May,,\n,,\nquestion,answer,latency\nWhy?,Rain.,1\n", "Why?,Rain.\nWhy?,Rain.\n",
     'prompt,answer\n"Why?",Rain.\n', "user,message,reply\nanna,Why?,Rain.\nben,Why?,Rain.\n",
     "Frage;Antwort\nWhy?;Rain.\n", "Ticket,Text A,Text B\n7,Why?,Rain.\n8,Why?,Rain.\n",
     "id,messages\n1,\"[{'role': 'user', 'content': 'Why?'} \n {'role': 'assistant', 'content': 'Rain.'}]\"\n",
     "role,content,session_id\nuser,Why?,1\nassistant,Rain.,1\n", "Absender,Nachricht\nUser,Why?\nBot,Rain.\n",
     'prompt,answer,model\n"Why?","Rain.",m\n'],
    ids=["title above", "no header", "quotes", "names", "German", "by content", "a list in a cell", "messages",
         "messages in German", "plain"],
)  # fmt: skip
def test_columns_are_found_by_what_is_in_them_and_the_header_where_it_stands(text: str) -> None:
    assert set(pairs(text)) == {("Why?", "Rain.")}


def test_an_instruction_and_its_input_are_one_question_in_a_table_as_in_json() -> None:
    assert pairs("instruction,input,output\nTell me.,Why?,Rain.\nTell me why.,,Rain.\n") == [
        ("Tell me.\nWhy?", "Rain."), ("Tell me why.", "Rain."),
    ]  # fmt: skip


def test_quotes_behind_a_backslash_stay_in_the_answer() -> None:
    assert pairs('prompt,answer,model\n"Why?","Say \\"so\\", and go",m\n') == [("Why?", 'Say "so", and go')]


def test_a_column_of_moments_is_no_length_of_time() -> None:
    table = columns_of(b"time,question,answer\n2026-01-01T10:00:00Z,Why?,Rain.\n")
    assert table is not None
    columns = propose_columns(table)
    assert (columns.created, columns.total) == ("time", "")


@pytest.mark.parametrize("cell", ["NULL", r"\N", "None", "null", "nan"])
def test_a_cell_that_says_it_is_empty_is_no_answer(cell: str) -> None:
    read = read_transcripts(f"prompt,answer\nWhy?,{cell}\nHow many?,None of them\n".encode(), TODAY)
    assert [r.text for r in read.recordings] == ["None of them"] and cell in read.troubles[0].text


def test_rows_with_the_newest_first_are_turned_round_even_where_one_has_no_date() -> None:
    rows = ["1,2026-01-01T10:02,Third?,c", "1,,Second?,b", "1,2026-01-01T10:00,First?,a"]
    read = read_transcripts("\n".join(["session,created_at,prompt,answer", *rows]).encode(), TODAY)
    assert [len(recording.prompt.messages) for recording in read.recordings] == [5, 3, 1]
    assert "newest rows stand first" in read.notes[0]
    assert [m.text for m in read.recordings[0].prompt.messages] == ["First?", "a", "Second?", "b", "Third?"]


def test_what_was_said_before_is_cleaned_as_everywhere() -> None:
    read = read_transcripts(b'session,prompt,answer\n1,One?,"U\x07no\r\nwell"\n1,Two?,Dos\n', TODAY)
    assert [m.text for m in read.recordings[1].prompt.messages] == ["One?", "Uno\nwell", "Two?"]
