"""Support desks: conversations as Intercom, Zendesk and Freshdesk export them, with who is asked for told by the desk's
own names, words as HTML, and notes that only the team has seen.
"""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Literal

from components.core.prompt import Role
from components.models.transcripts.message_forms import ReadMessage, as_list, as_object
from components.models.transcripts.message_parts import FILES, JsonObject
from components.models.transcripts.transcript_turn import printable_text

TEAM_NOTES = "notes that only the team has seen"
MAX_PARTS = 1_000  # of one conversation
INTERCOM_ROLES: Mapping[str, Role] = {
    "user": "user", "lead": "user", "contact": "user", "visitor": "user",
    "admin": "assistant", "bot": "assistant", "team": "assistant", "operator": "assistant",
}  # fmt: skip
BLOCK_TAGS = frozenset(("p", "div", "ul", "ol", "blockquote", "pre", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6"))
SILENT_TAGS = frozenset(("script", "style", "head", "title"))


class WebWords(HTMLParser):
    """The words of a piece of HTML in plain text: paragraphs, list signs, and links as Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.has_pictures = "", False
        self._silent, self._address, self._link_start = 0, "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens what the tag stands for."""
        if tag in BLOCK_TAGS:
            self._break("\n\n")
        elif tag == "br":
            self.text += "\n"
        elif tag == "li":
            self._break("\n")
            self.text += "- "
        elif tag == "img":
            self.has_pictures = True
        elif tag == "a":
            self._address, self._link_start = dict(attrs).get("href") or "", len(self.text)
        self._silent += tag in SILENT_TAGS

    def handle_endtag(self, tag: str) -> None:
        """Closes what the tag stands for."""
        if tag in BLOCK_TAGS:
            self._break("\n\n")
        elif tag == "a" and self._address.startswith(("http://", "https://")):
            words = self.text[self._link_start :]
            if words.strip() and words != self._address:
                self.text = f"{self.text[: self._link_start]}[{words}]({self._address})"
            self._address = ""
        self._silent -= tag in SILENT_TAGS and self._silent > 0

    def handle_data(self, data: str) -> None:
        """Adds words; spaces and line ends between tags are one space."""
        if not self._silent:
            words = " ".join(data.split())
            before = " " if data[:1].isspace() and self.text and not self.text[-1].isspace() else ""
            self.text += before + words + (" " if words and data[-1:].isspace() else "")

    def _break(self, ends: str) -> None:
        if self.text.strip():
            self.text = self.text.rstrip(" \n") + ends


def web_words(source: object) -> tuple[str, tuple[str, ...]]:
    """The words of a text that may be HTML, and what was left out of it."""
    if not isinstance(source, str):
        return "", ()
    if "<" not in source and "&" not in source:
        return printable_text(source).strip(), ()
    reader = WebWords()
    reader.feed(source)
    reader.close()
    return printable_text(reader.text).strip(), (FILES,) if reader.has_pictures else ()


def desk_messages(values: JsonObject) -> list[ReadMessage] | None:
    """The messages of a desk's conversation, in order; None where the object is none."""
    readers = (intercom_messages, zendesk_messages, freshdesk_messages)
    return next((found for read in readers if (found := list(read(values))[:MAX_PARTS])), None)


def desk_message(role: Role | Literal[""], part: JsonObject, words: object, is_note: bool = False) -> ReadMessage:
    """One message; a note of the team's is nobody's words."""
    if is_note:
        return ReadMessage("tool", "", "note", "", (TEAM_NOTES,), part)
    text, left_out = web_words(words)
    left_out = (*left_out, *((FILES,) if as_list(part.get("attachments")) else ()))
    return ReadMessage(role, text, "", "", tuple(dict.fromkeys(left_out)), part)


def intercom_messages(values: JsonObject) -> Iterator[ReadMessage]:
    """What began the conversation, and its parts; assignments and other parts without words say nothing."""
    listed = values.get("conversation_parts")
    parts = as_list(as_object(listed).get("conversation_parts") if isinstance(listed, dict) else listed)
    source = as_object(values.get("source")) or as_object(values.get("conversation_message"))
    if "conversation_parts" not in values or not (source or parts):
        return
    created = values.get("created_at")
    for part in ({"created_at": created, **source}, *map(as_object, parts)):
        told = as_object(part.get("author")).get("type")
        role: Role | Literal[""] = INTERCOM_ROLES.get(told, "") if isinstance(told, str) else ""
        if part.get("body"):
            yield desk_message(role, part, part["body"], part.get("part_type") == "note")


def zendesk_messages(values: JsonObject) -> Iterator[ReadMessage]:
    """The comments of a ticket: whoever began it is the person, everybody else answers."""
    comments = [as_object(comment) for comment in as_list(values.get("comments"))]
    if not comments or not all("author_id" in comment for comment in comments):
        return
    ticket = as_object(values.get("ticket")) or values
    person = ticket.get("requester_id") or comments[0]["author_id"]
    for comment in comments:
        words = next((comment[name] for name in ("plain_body", "html_body", "body") if comment.get(name)), "")
        role: Role = "user" if comment["author_id"] == person else "assistant"
        yield desk_message(role, comment, words, comment.get("public") is False)


def freshdesk_messages(values: JsonObject) -> Iterator[ReadMessage]:
    """A ticket's description and what was written after it, to the desk or from it."""
    parts = [as_object(part) for part in as_list(values.get("conversations"))]
    if not parts or not all(isinstance(part.get("incoming"), bool) for part in parts):
        return
    if described := values.get("description_text") or values.get("description"):
        yield desk_message("user", {"created_at": values.get("created_at")}, described)
    for part in parts:
        role: Role = "user" if part["incoming"] else "assistant"
        yield desk_message(role, part, part.get("body_text") or part.get("body"), part.get("private") is True)


def team_notes(messages: list[ReadMessage]) -> tuple[str, ...]:
    """What to say where people of a team answered, as far as the file tells that they are no bot."""
    authors = [as_object(m.values.get("author")).get("type") for m in messages if m.role == "assistant" and m.text]
    return ("What people of the team said was taken for answers.",) if "admin" in authors else ()
