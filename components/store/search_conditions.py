"""Search: which recordings are meant, as conditions on the tables."""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import ColumnElement, Select, select

from components.core.text_folding import fold_text
from components.store.database import is_latest
from components.store.tables import marks, recordings, words

Right = Literal["right", "wrong", "unclear", ""]
Order = Literal["newest", "oldest", "longest", "slowest"]
MAX_SEARCH_CHARS = 200  # characters of a search that are looked at
TAG_PREFIX = "tag:"


def with_latest_mark(kind: str, *values: str) -> Select[tuple[str]]:
    """The query for recordings whose latest mark of a kind has one of these values."""
    c = marks.c
    return select(c.recording).where(c.kind == kind, c.value.in_(values), is_latest(marks, "recording", "kind"))


def put_away_condition(away: bool) -> ColumnElement[bool]:
    """The condition that a recording was put away, or was not."""
    gone = with_latest_mark("away", "yes")
    return recordings.c.id.in_(gone) if away else recordings.c.id.not_in(gone)


def sound_conditions() -> tuple[ColumnElement[bool], ...]:
    """The conditions of a recording that tells something of its model: whole, not scripted, not put away."""
    return put_away_condition(away=False), recordings.c.whole.is_(True), recordings.c.scripted.is_(False)


def search_conditions(
    search: str,
    models: Collection[str],
    roots: Collection[str] | None,
    right: Right | None,
    tags: Collection[str],
    scripted: bool | None,
    whole: bool | None,
    away: bool,
) -> list[ColumnElement[bool]]:
    """The conditions of every recording that is meant; see `Library.search`."""
    c = recordings.c
    meant = [put_away_condition(away)]
    meant += [words.c.folded.contains(word, autoescape=True) for word in fold_text(search[:MAX_SEARCH_CHARS]).split()]
    if models:
        meant.append(c.model.in_(models))
    if roots is not None:
        meant.append(c.root.in_(roots))
    if right == "":
        meant.append(c.id.not_in(with_latest_mark("right", "right", "wrong", "unclear")))
    elif right is not None:
        meant.append(c.id.in_(with_latest_mark("right", right)))
    meant += [c.id.in_(with_latest_mark(TAG_PREFIX + tag, "on")) for tag in tags]
    meant += [column.is_(flag) for column, flag in ((c.scripted, scripted), (c.whole, whole)) if flag is not None]
    return meant


def order_columns(order: Order) -> tuple[ColumnElement[object], ...]:
    """In which order recordings come; the newest first among equals."""
    c = recordings.c
    newest = (c.at.desc(), c.id.desc())
    first = {"newest": (), "oldest": (c.at, c.id), "longest": (c.tokens.desc(),), "slowest": (c.seconds.desc(),)}
    return (*first[order], *newest)
