"""JSON values: the values in a JSON file, each with its line: an array, one object, or values in a row, also damaged
ones, whose place and cause are told.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from components.core.explained import Explained

SPACE = " \t\n\ufeff\x1e"  # between values; with the marks that put-together files and JSON sequences have
SPACE_PATTERN = re.compile(f"[{SPACE},]*")
COMMA_PATTERN = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*[}\]])', re.DOTALL)
LINE_START_PATTERN = re.compile(r"\n([ \t]*)(?=[^\s\"}\],])")
LITERAL_PATTERN = re.compile(r"\s*[\[{(]\s*['\"\[{(]")
ROWS_WITHOUT_COMMA_PATTERN = re.compile(r"\}\s*\n\s*\{")
MAX_LITERAL_CHARS = 200_000  # characters of a value in Python's own spelling
TOO_DEEP_TEXT = "This line is nested too deeply."
COMMENT = object()  # stands for a line that is a comment
DECODER = json.JSONDecoder(strict=False)


def holds_json(text: str) -> bool:
    """Whether the text is JSON or JSON lines, and no table; a comment may stand above."""
    lines = (line.lstrip(SPACE + "\r") for line in re.split(r"[\r\n]+", text[:20_000]))
    first = next((line for line in lines if line and not line.startswith(("#", "//"))), "")
    return first.startswith(("{", "["))


def json_values(text: str) -> Iterator[tuple[int, Any]]:
    """(number, value) of each value: of an array's by its place in it, else by its line; in place of a damaged one, an
    Explained.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        whole = DECODER.decode(text.strip(SPACE))
    except (ValueError, RecursionError):
        yield from values_in_a_row(text)
        return
    yield from enumerate(split_array(whole), start=1)


def split_array(whole: Any) -> list[Any]:
    """The rows of a whole JSON value: an array of objects or of lists of them has several, anything else is one."""
    several = isinstance(whole, list) and any(isinstance(row, dict) or holds_object(row) for row in whole)
    return whole if several else [whole]


def holds_object(value: object) -> bool:
    """Whether a value is a list with an object in it."""
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def values_in_a_row(text: str) -> Iterator[tuple[int, Any]]:
    """(line, value) of values one after the other, commas and an array's brackets around them passed over."""
    index, line, counted, opened = 0, 1, 0, False
    while True:
        index = SPACE_PATTERN.match(text, index).end()  # type: ignore[union-attr]
        if index >= len(text):
            return
        line, counted = line + text.count("\n", counted, index), index
        if text[index] == "]" and opened:
            index += 1
            continue
        try:
            value, index = DECODER.raw_decode(text, index)
        except (ValueError, RecursionError) as error:
            if text[index] == "[" and not text[:index].strip(SPACE) and is_array_around(text, index):
                opened, index = True, index + 1
                continue
            value, index = damaged_value(text, index, error)
        if value is not COMMENT:
            yield line, value


def is_array_around(text: str, index: int) -> bool:
    """Whether the bracket here is that of an array around all rows, and not of a row that is a list itself."""
    match = LINE_START_PATTERN.search(text, index)
    return match is None or text[match.end() : match.end() + 2].lstrip(SPACE)[:1] == "{"


def damaged_value(text: str, start: int, error: Exception) -> tuple[Any, int]:
    """(what stands where a value is damaged, or why it is none; where reading goes on): the next line that begins a
    value and stands no deeper. COMMENT in place of a comment.
    """
    margin = start - (text.rfind("\n", 0, start) + 1)
    match = next((m for m in LINE_START_PATTERN.finditer(text, start) if len(m[1]) <= margin), None)
    end = match.end() if match else len(text)
    spelled = text[start:end]
    if spelled.startswith(("#", "//")):
        return COMMENT, end
    mended = COMMA_PATTERN.sub(lambda comma: comma[1] or " ", spelled)
    if mended != spelled:
        try:
            value, length = DECODER.raw_decode(mended)
            return value, start + length
        except (ValueError, RecursionError):
            pass
    value = parse_literal(spelled.strip(SPACE + ","))
    return value if value is not None else Explained(damage_cause(text, start, end, error)), end


def damage_cause(text: str, start: int, end: int, error: Exception) -> str:
    """Why a value is no JSON, with the place where it goes wrong."""
    if isinstance(error, RecursionError):
        return TOO_DEEP_TEXT
    position = error.pos if isinstance(error, json.JSONDecodeError) else start
    if text[start] not in "{[":
        words = " ".join(text[start:end].split())
        return f"This is no JSON: “{words[:60]}{'…' if len(words) > 60 else ''}”."
    if position >= end - 1 or "Unterminated" in str(error):
        return "This line is not whole JSON: it is cut off before its end."
    column = position - text.rfind("\n", 0, position)
    line = text.count("\n", 0, position) + 1
    near = " ".join(text[max(start, position - 12) : position + 12].split())
    return f"This line is not whole JSON: in line {line:,}, at sign {column:,}, near “{near}”."


def parse_literal(text: str) -> Any:
    """The lists, objects and texts that Python itself wrote, as Pandas puts them into a cell; None where it is none."""
    if len(text) > MAX_LITERAL_CHARS or not LITERAL_PATTERN.match(text):
        return None
    for spelled in dict.fromkeys((text, ROWS_WITHOUT_COMMA_PATTERN.sub("}, {", text))):
        try:
            value = ast.literal_eval(spelled.strip())
            return json.loads(json.dumps(value))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
    return None


def unpack_json(value: object) -> object:
    """What a text holds where it is an object or a list, in JSON or as Python writes it; else the value."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return DECODER.decode(value.strip())
    except RecursionError:
        return value
    except ValueError:
        literal = parse_literal(value)
        return value if literal is None else literal


def nested_names(attributes: object) -> dict[str, Any]:
    """Attributes with dotted names as objects inside objects, numbered ones as lists."""
    pairs: list[tuple[str, Any]] = []
    for item in attributes if isinstance(attributes, list) else ():
        value = item.get("value") if isinstance(item, dict) else None
        if isinstance(value, dict):
            pairs.append((str(item.get("key")), next(iter(value.values()), None)))
    pairs += list(attributes.items()) if isinstance(attributes, Mapping) else []
    if not any("." in name for name, _ in pairs):
        return dict(pairs)
    tree: dict[str, Any] = {}
    for name, value in pairs:
        holder, parts = tree, name.split(".")[:12]
        for part in parts[:-1]:
            inner = holder.get(part)
            holder[part] = holder = dict(inner) if isinstance(inner, Mapping) else {}
        holder[parts[-1]] = value
    return {name: with_lists(value) for name, value in tree.items()}


def with_lists(value: Any) -> Any:
    """An object whose names are all numbers as a list, at every level."""
    if not isinstance(value, Mapping):
        return value
    inner = {name: with_lists(within) for name, within in value.items()}
    return [inner[n] for n in sorted(inner, key=int)] if inner and all(n.isdecimal() for n in inner) else inner
