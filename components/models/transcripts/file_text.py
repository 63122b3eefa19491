"""Text: the bytes of an uploaded file as text, whatever encoding they are in, and the rows of a JSON file."""

import json
from collections.abc import Iterator
from typing import Any

from components.core.explained import Explained

MAX_FILE_BYTES = 20_000_000  # bytes
MAX_ROWS = 10_000
TOO_MANY_ROWS = f"This row and the rest were not read: a file may have {MAX_ROWS:,} rows."
NOTHING_IMPORTED, CHOOSE_FILE_TEXT = "Nothing was imported.", "Choose a JSONL, JSON or CSV file."
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
BINARY_PREFIXES = {
    b"PK": "This is a workbook or an archive, not a text file.", b"\x1f\x8b": "This file is compressed.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook, not a text file.", b"%PDF": "This is a PDF, not a text file.",
}  # fmt: skip


def decode_file(content: bytes) -> str:
    """The text of a file. Explained where it is too large, empty or no text."""
    if len(content) > MAX_FILE_BYTES:
        raise Explained(
            f"This file has {len(content) / 1e6:,.0f} MB; {MAX_FILE_BYTES // 1_000_000} MB at the most are read.",
            NOTHING_IMPORTED,
            "Split it, or take fewer rows.",
        )  # fmt: skip
    for beginning, what in BINARY_PREFIXES.items():
        if content.startswith(beginning):
            raise Explained(what, NOTHING_IMPORTED, "Save it as CSV or JSONL, unpacked, then choose that file.")
    text = decode_text(content).replace("\0", "")
    if not text.strip():
        raise Explained("This file is empty.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)
    return text


def decode_text(content: bytes) -> str:
    """The text without its byte order mark; an encoding that is not marked is guessed, what is damaged replaced."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    zeros = content[:4000].count(0)
    if len(content) % 2 == 0 and zeros > len(content[:4000]) / 5:
        odd = content[1:4000:2].count(0)
        return content.decode("utf-16-le" if odd > zeros / 2 else "utf-16-be", "replace")
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = len(content) - len(text)  # roughly: every sign beyond ASCII takes more than one byte
    return content.decode("cp1252", "replace") if damaged and damaged >= foreign else text


def holds_json(text: str) -> bool:
    """Whether the text is JSON or JSON lines, and no table."""
    return text.lstrip()[:1] in ("{", "[")


def json_rows(text: str) -> Iterator[tuple[int, Any]]:
    """The numbered rows of a JSON array, of one object, or of JSON lines; in place of a damaged line, an Explained."""
    try:
        whole = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        yield from json_lines(text)
        return
    yield from enumerate(whole if isinstance(whole, list) else [whole], start=1)


def json_lines(text: str) -> Iterator[tuple[int, Any]]:
    """(line number, value) of JSON lines."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, parse_json(line)


def parse_json(line: str) -> Any:
    """The JSON value of a line; an Explained where it is none."""
    try:
        return json.loads(line, strict=False)
    except ValueError:
        return Explained("This line is not whole JSON.")
    except RecursionError:
        return Explained("This line is nested too deeply.")
