"""Played records: what is kept with every timeline that it plays, once and for ever: studies and decks."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select

from components.core.prompt import clean_text
from components.store.database import Database, ascii_json, insert_if_absent
from components.store.tables import timelines


@dataclass(frozen=True)
class PlayedRecord:
    """What is kept as it was played: its content as JSON, and the work that it was made from or ""."""

    id: str
    work: str
    name: str
    content: Mapping[str, Any]
    at: str = ""


class PlayedRecords(Database):
    """Records by the id of their content: one that is known already stays as it was first kept."""

    def keep_played(self, table: Table, kept: PlayedRecord, played: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep a record in its table, and what it plays by the ids of the timelines."""
        row = {
            "id": kept.id, "work": kept.work, "name": clean_text(kept.name), "content": ascii_json(kept.content),
            "at": self.to_utc(kept.at),
        }  # fmt: skip
        packed = [{"id": id, "content": pack_json(timeline)} for id, timeline in played.items()]
        with self.writing() as connection:
            insert_if_absent(connection, table, row)
            for timeline in packed:
                insert_if_absent(connection, timelines, timeline)

    def played_record(self, table: Table, id: str) -> dict[str, Any] | None:
        """The values of a record in its table; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(select(table).where(table.c.id == id)).mappings().first()
        return None if row is None else {**row, "content": json.loads(row["content"])}


def pack_json(values: Mapping[str, Any]) -> bytes:
    """JSON, compressed with gzip; the same values are the same bytes."""
    return gzip.compress(ascii_json(values).encode(), mtime=0)
