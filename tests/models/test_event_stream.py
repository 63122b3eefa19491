"""A body of text/event-stream gives the same events however it is written and cut."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.models.endpoint.event_stream import EventStreamDecoder, ServerEvent

LINE_ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])
NOISE = st.sampled_from([b": hello", b":", b"id: 7", b"id", b"retry: 100", b"other: x", b"retry:"])
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(json.dumps)
LINES = WORDS.map(lambda text: text.replace(",", ",\n"))


def read(*parts: bytes) -> list[ServerEvent]:
    decoder = EventStreamDecoder()
    return [event for part in parts for event in decoder.feed(part)] + list(decoder.finish())


@st.composite
def streams(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[bytes]]:
    """The type and data of some events, and a legal body that says them, cut anywhere."""
    events = draw(st.lists(st.tuples(st.sampled_from(["message", "error"]), LINES), max_size=3))
    lines: list[bytes] = []
    for name, data in events:
        fields = [f"data:{draw(st.sampled_from(['', ' ']))}{line}".encode() for line in data.split("\n")]
        if name != "message":
            fields.insert(draw(st.integers(0, len(fields))), f"event: {name}".encode())
        for _ in range(draw(st.integers(0, 3))):
            fields.insert(draw(st.integers(0, len(fields))), draw(NOISE))
        lines += [*fields, b""]
        lines += draw(st.lists(st.sampled_from([b"", b": ping\n", b"data:\n", b"data\n", b"id: 1\n"]), max_size=2))
    body = b"\n".join([*lines, b""]).replace(b"\n", draw(LINE_ENDS))
    body = draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + body
    cuts = sorted(draw(st.lists(st.integers(0, len(body)), max_size=4)))
    return events, [body[start:end] for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True)]


@given(streams())
def test_any_legal_stream_gives_its_events_wherever_it_is_cut(
    stream: tuple[list[tuple[str, str]], list[bytes]],
) -> None:
    events, parts = stream
    assert [(event.type, event.data) for event in read(*parts)] == events


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b"data: 1\n\ndata: 2", ["1", "2"]), (b"data: 1\n\ndata: 2\n", ["1", "2"]), (b"id: 1\n\ndata: 1\n\n", ["1"]),
        (b"retry: 10\n\n: hello\n\ndata:1\n\n", ["1"]), (b"data:  1\n\n", [" 1"]), (b"data: 1\ndata: 2\n\n", ["1\n2"]),
        (b"\xef\xbb\xbfdata: 1\n\n", ["1"]), (b"data: \n\ndata: 1\n\n", ["1"]), (b"", []), (b"\n\n\n", []),
        (b"data: \xc3\xa4\n\ndata: \xc3", ["ä"]),
    ],
)  # fmt: skip
def test_frames_that_servers_send(body: bytes, data: list[str]) -> None:
    assert [event.data for event in read(body)] == data


def test_the_last_event_without_an_empty_line_is_told_apart() -> None:
    assert [event.is_whole for event in read(b"data: 1\n\ndata: 2\n")] == [True, False]


def test_a_line_that_is_not_utf_8_is_an_error() -> None:
    with pytest.raises(UnicodeDecodeError):
        read(b"data: \xff\xfe\n\n")
