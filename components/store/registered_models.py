"""Registered models: which models were wired, and what was found out about them."""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, insert, select

from components.core.explained import Explained
from components.core.prompt import content_id
from components.models import source as sources
from components.models.source import Settings, Source
from components.store.database import Database, ascii_json, insert_if_absent, is_latest
from components.store.tables import findings, models, names
from components.store.works import TEAM

MAX_NAME_CHARS = 60
FindingKind = Literal["profile"]  # calibrations have files of their own, in the data folder
OPEN_SECRET = Explained(
    "This address has a password or a key in it, so it was not kept.",
    "The models added before stay as they are.",
    "Leave out what stands before an @ and after a question mark; name the variable that holds the key instead.",
)
# Kept among the findings; the latest one counts.
AWAY_KIND = "away"  # whether the model is put away
VISIBILITY_KIND = "visibility"  # whose it is: MINE or TEAM
VERSION_KIND = "version"  # its number, where it came from an edit of another model


@dataclass(frozen=True)
class RegisteredModel:
    """A model that somebody wired: what it is made of, how it answers, its name. `at` says since when (ISO, UTC).

    `owner` is the id of the person who wired it, `owner_name` what that person is called, both "" where nobody is
    known. Where its `visibility` is MINE, only the owner finds it.
    """

    id: str
    source: Source
    settings: Settings
    name: str
    at: str
    owner: str = ""
    owner_name: str = ""
    visibility: str = TEAM
    version: int = 1

    def may_be_changed_by(self, rater: str) -> bool:
        """Whether this person may edit it and put it away: its owner, or anybody where it has none."""
        return self.owner in ("", rater)


class Models(Database):
    """A wired model never changes: other settings are another model. What is found out is added; the latest counts."""

    def keep_model(
        self, source: Source, settings: Settings, name: str, owner: str = "", visibility: str = TEAM, before: str = ""
    ) -> str:
        """Keep a model, return its id. Kept again, it is the same one with this name, and no longer put away.

        `before` is the id of the model that it is a new version of, and that is put away for it. Explained where a
        password stands in its address: no secret is ever kept.
        """
        parts = urlsplit(source.where) if "://" in source.where else None
        if parts is not None and (parts.password or parts.username or parts.query):
            raise OPEN_SECRET
        content, id, at = model_content(source, settings, owner), model_id(source, settings, owner), self.clock()
        with self.writing() as connection:
            insert_if_absent(connection, models, {"id": id, "content": ascii_json(content), "at": at})
            self.write_name(connection, id, name)
            if latest_finding(connection, id, AWAY_KIND) == "true":
                add_finding(connection, id, AWAY_KIND, "false", at)
            if owner:
                add_finding(connection, id, VISIBILITY_KIND, ascii_json(visibility), at)
            if before not in ("", id):
                number = json.loads(latest_finding(connection, before, VERSION_KIND) or "1") + 1
                add_finding(connection, id, VERSION_KIND, ascii_json(number), at)
                add_finding(connection, before, AWAY_KIND, "true", at)
        return id

    def model(self, id: str) -> RegisteredModel | None:
        """The model with this id, also where it was put away; None where there is none. Explained as in `models`."""
        with self.reading() as connection:
            return next(iter(read_models(connection, models.c.id == id)), None)

    def models(self, viewer: str = "") -> tuple[RegisteredModel, ...]:
        """Every wired model that is not put away, the newest first. Explained where one cannot be read.

        Of those that are one person's own, only the viewer's; without a viewer, none.
        """
        c = findings.c
        away = select(c.model).where(c.kind == AWAY_KIND, c.content == "true", is_latest(findings, "model", "kind"))
        with self.reading() as connection:
            found = read_models(connection, models.c.id.not_in(away))
        return tuple(model for model in found if model.visibility == TEAM or model.owner == viewer)

    def share_model(self, id: str, visibility: str) -> None:
        """Let everybody find a model (TEAM), or its owner alone (MINE)."""
        self.write_finding(id, VISIBILITY_KIND, visibility)

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


def model_content(source: Source, settings: Settings, owner: str) -> dict[str, object]:
    """What a model is, as JSON. The same model of another owner is another one."""
    content: dict[str, object] = {"source": source.to_json(), "settings": settings.to_json()}
    return content | ({"owner": owner} if owner else {})


def model_id(source: Source, settings: Settings, owner: str = "") -> str:
    """A model's id, the hash of what it is."""
    return content_id(model_content(source, settings, owner))


def add_finding(connection: Connection, model: str, kind: str, content: str, at: str) -> None:
    """One more row about a model."""
    connection.execute(insert(findings).values(model=model, kind=kind, content=content, at=at))


def latest_finding(connection: Connection, model: str, kind: str) -> str | None:
    """The last thing of a kind that was written about a model."""
    c = findings.c
    query = select(c.content).where(c.model == model, c.kind == kind).order_by(c.number.desc()).limit(1)
    return connection.scalar(query)


def read_models(connection: Connection, condition: ColumnElement[bool]) -> tuple[RegisteredModel, ...]:
    """The models that fit a condition, the newest first, with what was found out last about whose they are."""
    query = select(models, names.c.name).outerjoin_from(models, names, names.c.id == models.c.id)
    rows = connection.execute(query.where(condition).order_by(models.c.at.desc(), models.c.id)).mappings().all()
    found = [model_from_row(**row) for row in rows]
    c = findings.c
    told = select(c.model, c.kind, c.content).where(
        c.kind.in_((VISIBILITY_KIND, VERSION_KIND)), c.model.in_([model.id for model in found]),
        is_latest(findings, "model", "kind"),
    )  # fmt: skip
    latest = {(model, kind): json.loads(content) for model, kind, content in connection.execute(told)}
    people = select(names.c.id, names.c.name).where(names.c.id.in_({model.owner for model in found if model.owner}))
    called = {row.id: row.name for row in connection.execute(people)}
    return tuple(
        replace(
            model, owner_name=called.get(model.owner, ""), visibility=latest.get((model.id, VISIBILITY_KIND), TEAM),
            version=latest.get((model.id, VERSION_KIND), 1),
        )
        for model in found
    )  # fmt: skip


def model_from_row(id: str, content: str, at: str, name: str | None) -> RegisteredModel:
    """A row read back. Explained where this Parallax does not know such a model."""
    try:
        values = json.loads(content)
        source, settings = sources.parse_source(values)
    except (KeyError, TypeError, ValueError) as error:
        raise Explained(
            f"The model “{name or id[:8]}” cannot be read: another version of Parallax added it.",
            "It is still kept.",
            "Update Parallax, then open this page again.",
        ) from error
    return RegisteredModel(id, source, settings, name or id[:8], at, str(values.get("owner", "")))
