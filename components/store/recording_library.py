"""Recording library: the recordings, what people marked on them, and finding them again."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Connection, RowMapping, case, distinct, func, insert, or_, select

from components.core.answer_end import ending_words
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import clean_text
from components.core.recording import Recording
from components.core.text_folding import fold_text
from components.prompts.bundled_recordings import read_recording
from components.store import search_conditions as searching
from components.store.database import Database, ascii_json, insert_if_absent, is_latest
from components.store.database_errors import UNREADABLE_ERRORS, altered_row
from components.store.search_conditions import TAG_PREFIX, Order, Right
from components.store.tables import marks, recording_row, recordings, words

BEGINNING_CHARS = 200  # characters of an answer in a list
MAX_TAG_CHARS = 40  # characters
READ_CHUNK = 200  # recordings that are read together
MARK_VALUES = {"right": ("right", "wrong", "unclear", ""), "away": ("yes", "")}


@dataclass(frozen=True)
class RecordingSummary:
    """A recording in one line: what was asked, who answered, how long it is, what people marked on it.

    `answer` is the answer's beginning, `ending` how it ended in a few words, `root` the id of its prompt before
    anything was chosen, `made` an ISO date.
    """

    id: str
    root: str
    text: str
    answer: str
    model: str
    scripted: bool
    whole: bool
    ending: str
    tokens: int
    seconds: float
    made: str
    right: Right
    tags: tuple[str, ...]


@dataclass(frozen=True)
class RecordingPage:
    """A page of recordings, and how many there are on all pages."""

    rows: tuple[RecordingSummary, ...]
    total: int


@dataclass(frozen=True)
class JudgedCounts:
    """How many answers of a model people judged right and wrong, and to how many questions they are."""

    right: int
    wrong: int
    questions: int


class Library(Database):
    """Recordings are kept whole; marks on them are added one after the other, and the latest of a kind counts."""

    def keep_recording(self, recording: Recording) -> str:
        """Keep a recording, return its id. Explained where it would not read back as it is."""
        return self.keep_recordings((recording,))[0]

    def keep_recordings(self, new_recordings: Iterable[Recording]) -> tuple[str, ...]:
        """Keep recordings, all or none, return their ids. Explained where one would not read back as it is."""
        rows = [(recording, ascii_json(recording.to_json())) for recording in new_recordings]
        for recording, content in rows:
            verify_recording(recording.id, content)
        with self.writing() as connection:
            for recording, content in rows:
                write_recording(connection, recording, content, self.clock())
        return tuple(recording.id for recording, _ in rows)

    def recording(self, id: str) -> Recording | None:
        """The recording with this id, None where there is none. Explained where its content has been altered."""
        with self.reading() as connection:
            content = connection.scalar(select(recordings.c.content).where(recordings.c.id == id))
        return None if content is None else verify_recording(id, content)

    def recordings_for(self, prompt_id: str) -> tuple[Recording, ...]:
        """Every recording of the same messages, whatever was chosen on the way; oldest first, for `replay`."""
        c = recordings.c
        root = select(c.root).where(c.prompt == prompt_id)
        query = select(c.id, c.content).where(or_(c.root == prompt_id, c.root.in_(root))).order_by(c.at, c.id)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(verify_recording(id, content) for id, content in rows)

    def mark(self, recording: str, kind: str, value: str) -> None:
        """Mark a recording: "right" ("right", "wrong", "unclear" or ""), "tag:…" ("on" or ""), "away" ("yes" or "").

        A mark "unclear" is of a person who looked and cannot tell, "" takes a mark back.
        Explained where a tag has no name or too long a one.
        """
        if kind.startswith(TAG_PREFIX):
            kind = TAG_PREFIX + tag_name(kind.removeprefix(TAG_PREFIX))
        if value not in MARK_VALUES.get(kind, ("on", "") if kind.startswith(TAG_PREFIX) else ()):
            raise ValueError(f"no such mark: {kind}={value}")
        row = {"recording": recording, "kind": kind, "value": value, "at": self.clock()}
        with self.writing() as connection:
            connection.execute(insert(marks).values(row))

    def right_marks(self, ids: Collection[str]) -> dict[str, Right]:
        """What people said of recordings, by id: right, wrong or unclear; those that nobody looked at are left out."""
        latest = (marks.c.kind == "right", marks.c.value != "", is_latest(marks, "recording", "kind"))
        query = select(marks.c.recording, marks.c.value).where(marks.c.recording.in_(ids), *latest)
        with self.reading() as connection:
            return {id: cast(Right, value) for id, value in connection.execute(query)}

    def search(
        self, search: str = "", models: Collection[str] = (), roots: Collection[str] | None = None,
        right: Right | None = None, tags: Collection[str] = (), scripted: bool | None = None,
        whole: bool | None = None, away: bool = False, order: Order = "newest", limit: int = 100, offset: int = 0,
    ) -> RecordingPage:  # fmt: skip
        """One page of the recordings that fit everything given; what is None or empty does not matter.

        Every word of `search` occurs in the question or the answer, whatever its case or accents. `models` are names,
        `roots` ids of prompts (a pack's: `prompt.id` of each), `right` "" means that nobody looked, every one of
        `tags` is on. With `away`, only those that were put away; else none of them.
        """
        meant = searching.search_conditions(search, models, roots, right, tags, scripted, whole, away)
        tables = recordings.join(words) if search.split() else recordings
        matching = select(recordings.c.id).select_from(tables).where(*meant)
        page = matching.order_by(*searching.order_columns(order)).limit(limit).offset(offset)
        with self.reading() as connection:
            ids = connection.scalars(page).all()
            more = offset > 0 or len(ids) == limit
            count = select(func.count()).select_from(matching.subquery())
            total = (connection.scalar(count) or 0) if more else len(ids)
            return RecordingPage(read_summaries(connection, ids), total)

    def tags(self) -> dict[str, int]:
        """Every tag in use and how many recordings have it, the commonest first."""
        c, count = marks.c, func.count()
        on = (c.kind.startswith(TAG_PREFIX), c.value == "on", is_latest(marks, "recording", "kind"))
        query = (
            select(c.kind, count)
            .select_from(marks.join(recordings))
            .where(*on, searching.put_away_condition(away=False))
        )
        with self.reading() as connection:
            rows = connection.execute(query.group_by(c.kind).order_by(count.desc(), c.kind)).all()
        return {kind.removeprefix(TAG_PREFIX): number for kind, number in rows}

    def models_recorded(self) -> dict[str, int]:
        """Every model's name and how many recordings it made, the one with most first."""
        model, count = recordings.c.model, func.count()
        query = select(model, count).where(searching.put_away_condition(away=False)).group_by(model)
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query.order_by(count.desc(), model))}

    def judged_counts(self) -> dict[str, JudgedCounts]:
        """Every model's name with what people judged of its whole answers, the one with most first."""
        c, m, count = recordings.c, marks.c, func.count()
        right = func.sum(case((m.value == "right", 1), else_=0))
        latest = (m.kind == "right", m.value.in_(("right", "wrong")), is_latest(marks, "recording", "kind"))
        query = select(c.model, right, count, func.count(distinct(c.text))).select_from(recordings.join(marks))
        query = query.where(*latest, *searching.sound_conditions()).group_by(c.model).order_by(count.desc(), c.model)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return {model: JudgedCounts(good, several - good, questions) for model, good, several, questions in rows}

    def labelled_recordings(self, model: str) -> Iterator[tuple[Recording, bool | None]]:
        """What people judged of a model, right or not, prompt by prompt; with None other answers to these prompts.

        Explained where a recording has been altered.
        """
        c, own = recordings.c, (recordings.c.model == model, *searching.sound_conditions())
        marked = {value: searching.with_latest_mark("right", value) for value in ("right", "wrong")}
        prompts = select(c.prompt).where(c.id.in_(searching.with_latest_mark("right", *marked)))
        with self.reading() as connection:
            ids = connection.scalars(select(c.id).where(c.prompt.in_(prompts), *own).order_by(c.prompt, c.id)).all()
            right_by_id = {id: value == "right" for value, meant in marked.items() for id in connection.scalars(meant)}
        for first in range(0, len(ids), READ_CHUNK):
            some = ids[first : first + READ_CHUNK]
            with self.reading() as connection:
                rows = connection.execute(select(c.id, c.content).where(c.id.in_(some))).all()
            contents = {row.id: row.content for row in rows}
            yield from ((verify_recording(id, contents[id]), right_by_id.get(id)) for id in some)


def write_recording(connection: Connection, recording: Recording, content: str, at: str) -> None:
    """Write a recording and its words, unless they are there."""
    row = recording_row(recording, content, at)
    answer = clean_text(recording.text)
    insert_if_absent(connection, recordings, row)
    searched = {"id": recording.id, "folded": fold_text(f"{row['text']}\n{answer}"), "answer": answer}
    insert_if_absent(connection, words, searched)


def read_summaries(connection: Connection, ids: Collection[str]) -> tuple[RecordingSummary, ...]:
    """The recordings with these ids in their order, with what is marked on each of them."""
    c, m = recordings.c, marks.c
    columns = (c.id, c.root, c.text, c.model, c.scripted, c.whole, c.tokens, c.seconds, c.made, c.content)
    query = select(*columns, words.c.answer).select_from(recordings.join(words)).where(c.id.in_(ids))
    rows = {row["id"]: row for row in connection.execute(query).mappings()}
    marked: dict[str, dict[str, str]] = defaultdict(dict)
    query_marks = select(m.recording, m.kind, m.value).where(m.recording.in_(ids)).order_by(m.number)
    for id, kind, value in connection.execute(query_marks):
        marked[id][kind] = value
    return tuple(
        RecordingSummary(
            **summary_fields(rows[id]),
            right=cast(Right, marked[id].get("right", "")),
            tags=tuple(sorted(kind.removeprefix(TAG_PREFIX) for kind, value in marked[id].items() if value == "on")),
        )
        for id in ids
    )


def summary_fields(row: RowMapping) -> dict[str, Any]:
    """What a row of a recording and its words says in one line; how it ended is told by its last event."""
    fields = dict(row)
    answer, content = fields.pop("answer"), fields.pop("content")
    try:
        events = json.loads(content)["events"]
        last = Event.from_json(events[-1]) if events else None
    except UNREADABLE_ERRORS:
        last = None
    return {**fields, "answer": answer[:BEGINNING_CHARS], "ending": ending_words(last, answer)}


def tag_name(typed: str) -> str:
    """A tag as it is kept. Explained where it has no name or too long a one."""
    name = " ".join(clean_text(typed).split())
    if not name or len(name) > MAX_TAG_CHARS:
        raise Explained(
            f"A tag is a word or two, at most {MAX_TAG_CHARS} characters.",
            "Nothing was changed.",
            "Write a shorter one.",
        )
    return name


@lru_cache(maxsize=64)  # a page draws the same few again and again
def verify_recording(id: str, content: str) -> Recording:
    """The recording in this JSON. Explained where its content does not give this id."""
    try:
        recording = read_recording(json.loads(content))
    except UNREADABLE_ERRORS:
        raise altered_row("recording", id) from None
    if recording.id != id:
        raise altered_row("recording", id)
    return recording
