"""Registered models: which models were wired, and what was found out about them."""

import json
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, insert, select

from components.core.explained import Explained
from components.core.prompt import content_id
from components.models import source as sources
from components.models.source import Settings, Source
from components.store.database import Database, ascii_json, insert_if_absent, is_latest
from components.store.tables import findings, models, names

FindingKind = Literal["profile"]  # calibrations have files of their own, in the data folder
OPEN_SECRET = Explained(
    "This address has a password or a key in it, so it was not kept.",
    "The models wired before stay as they are.",
    "Leave out what stands before an @ and after a question mark; name the variable that holds the key instead.",
)
AWAY_KIND = "away"  # kept among the findings: the latest one says whether the model is put away


@dataclass(frozen=True)
class RegisteredModel:
    """A model that somebody wired: what it is made of, how it answers, its name. `at` says since when (ISO, UTC)."""

    id: str
    source: Source
    settings: Settings
    name: str
    at: str


class Models(Database):
    """A wired model never changes: other settings are another model. What is found out is added; the latest counts."""

    def keep_model(self, source: Source, settings: Settings, name: str) -> str:
        """Keep a model, return its id. Kept again, it is the same one with this name, and no longer put away.

        Explained where a password stands in its address: no secret is ever kept.
        """
        parts = urlsplit(source.where) if "://" in source.where else None
        if parts is not None and (parts.password or parts.username or parts.query):
            raise OPEN_SECRET
        content = {"source": source.to_json(), "settings": settings.to_json()}
        id = content_id(content)
        with self.writing() as connection:
            insert_if_absent(connection, models, {"id": id, "content": ascii_json(content), "at": self.clock()})
            self.write_name(connection, id, name)
            if latest_finding(connection, id, AWAY_KIND) == "true":
                add_finding(connection, id, AWAY_KIND, "false", self.clock())
        return id

    def model(self, id: str) -> RegisteredModel | None:
        """The model with this id, also where it was put away; None where there is none. Explained as in `models`."""
        query = select(models, names.c.name).outerjoin_from(models, names, names.c.id == models.c.id)
        with self.reading() as connection:
            row = connection.execute(query.where(models.c.id == id)).mappings().first()
        return None if row is None else model_from_row(**row)

    def models(self) -> tuple[RegisteredModel, ...]:
        """Every wired model that is not put away, the newest first. Explained where one cannot be read."""
        c = findings.c
        away = select(c.model).where(c.kind == AWAY_KIND, c.content == "true", is_latest(findings, "model", "kind"))
        query = select(models, names.c.name).outerjoin_from(models, names, names.c.id == models.c.id)
        with self.reading() as connection:
            rows = connection.execute(
                query.where(models.c.id.not_in(away)).order_by(models.c.at.desc(), models.c.id)
            ).mappings()
            return tuple(model_from_row(**row) for row in rows)

    def put_away_model(self, id: str) -> None:
        """Take a model out of the list; nothing of it is lost, and its recordings stay."""
        self.write_finding(id, AWAY_KIND, True)

    def take_back_model(self, id: str) -> None:
        """Put a model back into the list."""
        self.write_finding(id, AWAY_KIND, False)

    def keep_finding(self, model: str, kind: FindingKind, content: object) -> None:
        """Keep what was found out about a model ("" is the one that Parallax starts with); `content` is JSON."""
        self.write_finding(model, kind, content)

    def finding(self, model: str, kind: FindingKind) -> Any:
        """What was found out last, as it was given; None where nothing was."""
        with self.reading() as connection:
            content = latest_finding(connection, model, kind)
        return None if content is None else json.loads(content)

    def write_finding(self, model: str, kind: str, content: object) -> None:
        """Add a finding of a kind about a model."""
        with self.writing() as connection:
            add_finding(connection, model, kind, ascii_json(content), self.clock())


def add_finding(connection: Connection, model: str, kind: str, content: str, at: str) -> None:
    """One more row about a model."""
    connection.execute(insert(findings).values(model=model, kind=kind, content=content, at=at))


def latest_finding(connection: Connection, model: str, kind: str) -> str | None:
    """The last thing of a kind that was written about a model."""
    c = findings.c
    query = select(c.content).where(c.model == model, c.kind == kind).order_by(c.number.desc()).limit(1)
    return connection.scalar(query)


def model_from_row(id: str, content: str, at: str, name: str | None) -> RegisteredModel:
    """A row read back. Explained where this Parallax does not know such a model."""
    try:
        source, settings = sources.parse_source(json.loads(content))
    except (KeyError, TypeError, ValueError) as error:
        raise Explained(
            f"The model “{name or id[:8]}” cannot be read: another version of Parallax wired it.",
            "It is still kept.",
            "Update Parallax, then open this page again.",
        ) from error
    return RegisteredModel(id, source, settings, name or id[:8], at)
