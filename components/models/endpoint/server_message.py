"""Server message: what a server says about its trouble, in whichever of the usual shapes it says it."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_MESSAGE_CHARS = 2000  # characters of what a server says about its trouble
MAX_PAGE_CHARS = 8000  # characters of a web page that its title is looked for in
MAX_DEPTH, MAX_LISTED = 8, 10  # how deep a message is looked into, and how many entries of a list
NESTED_KEYS = (
    "error", "errors", "base_resp", "innererror", "inner_error", "cause", "metadata", "raw", "response", "body",
    "fault",
)  # fmt: skip
WORD_KEYS = (
    "message", "msg", "detail", "details", "error_message", "errormessage", "error_msg", "errmsg", "status_msg",
    "error_description", "description", "title", "reason",
)  # fmt: skip
CODE_KEYS = ("code", "type", "status", "error_type", "error_code", "errorcode", "errcode", "status_code", "statuscode")
PARAM_KEYS = ("param", "parameter", "params", "field", "loc", "property")
PAGE_TITLE = re.compile(r"(?is)<(title|h1)\b[^>]*>(.*?)</\1>")
PAGE_TAG = re.compile(r"(?s)<[^>]*>")


@dataclass
class ServerMessage:
    """Its sentences, its codes and types in small letters, the parameters it names, and the HTTP status it speaks of.

    `is_page` where it is a web page: then a firewall or another program speaks, not the model's server.
    """

    sentences: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    params: set[str] = field(default_factory=set)
    status: int = 0
    is_page: bool = False

    @property
    def words(self) -> str:
        """Its sentences as one text, each once; "" where it says nothing."""
        said = list(dict.fromkeys(" ".join(sentence.split()) for sentence in self.sentences))
        apart = [one for one in said if one and not any(one != other and one in other for other in said)]
        return "; ".join(apart)[:MAX_MESSAGE_CHARS]


def read_message(value: object) -> ServerMessage:
    """What a JSON value says; where none of it is known, its first characters as they are."""
    message = ServerMessage()
    collect_message(value, message, MAX_DEPTH)
    if not message.words and value:
        message.sentences.append(json.dumps(value, ensure_ascii=False, default=str)[:200])
    return message


def collect_message(value: object, message: ServerMessage, depth: int) -> None:
    """Add what a part of a message says to the whole."""
    if depth <= 0:
        return
    match value:
        case str():
            inner = json_inside(value)
            if inner is None:
                message.sentences.append(value.strip())
            else:
                collect_message(inner, message, depth - 1)
        case list():
            for entry in value[:MAX_LISTED]:
                collect_message(entry, message, depth - 1)
        case dict():
            collect_fields(value, message, depth)


def collect_fields(values: Mapping[str, Any], message: ServerMessage, depth: int) -> None:
    """Add the fields of an object to a message; a name of a parameter stands behind the words about it."""
    fields = {str(name).lower(): value for name, value in values.items()}
    named = list(parameter_names([fields[name] for name in PARAM_KEYS if name in fields]))
    message.params.update(named)
    for name in CODE_KEYS:
        code = fields.get(name)
        if isinstance(code, str) and code:
            message.codes.add(code.lower())
        if str(code).isdigit() and 400 <= int(str(code)[:6]) < 600:
            message.status = message.status or int(str(code))
    for name in (*NESTED_KEYS, *WORD_KEYS):
        value = fields.get(name)
        if isinstance(value, str) and named and name in WORD_KEYS and named[-1] not in value:
            value = f"{value} ({named[-1]})"
        collect_message(value, message, depth - 1)


def parameter_names(values: list[Any]) -> Iterator[str]:
    """The names in the fields that name a parameter: texts, lists of texts, or the parts of a place in the body."""
    for value in values:
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name and name != "body":
                yield name.lower()


def json_inside(text: str) -> object:
    """The JSON object or list that a text is; None where it is none."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read_body(body: bytes) -> ServerMessage:
    """What the body of a refusal says: JSON, a stream's event, a web page or plain words."""
    text = body.decode(errors="replace").strip().removeprefix("\ufeff")
    if text.startswith("<"):
        found = PAGE_TITLE.findall(text[:MAX_PAGE_CHARS])
        titles = (" ".join(html.unescape(PAGE_TAG.sub(" ", title)).split()) for _, title in found)
        return ServerMessage(list(dict.fromkeys(filter(None, titles)))[:2], is_page=True)
    if text.startswith(("data:", "event:")):
        lines = [line.removeprefix("data:").strip() for line in text.splitlines() if line.startswith("data:")]
        text = next((line for line in lines if line), "")
    value = json_inside(text)
    return ServerMessage([text]) if value is None else read_message(value)
