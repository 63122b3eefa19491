"""Batch records: which prompt packs were recorded with which model, and how far each of them came."""

import json
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import case, func, insert, select

from components.core.card import Card
from components.core.prompt import clean_text
from components.store.database import Database, ascii_json, is_latest
from components.store.tables import batch_results, batches


@dataclass(frozen=True)
class BatchRecord:
    """A batch: the model's id and card, the pack's name, how often each prompt is asked, and how far it came.

    `total` answers are wanted; so many are `done`, and so many `failed` when they were last tried. `at` is when it
    was begun (ISO, UTC).
    """

    id: str
    model: str
    card: Card
    pack: str
    attempts: int
    total: int
    at: str
    done: int
    failed: int

    @property
    def remaining(self) -> int:
        """How many answers were never tried."""
        return self.total - self.done - self.failed


@dataclass(frozen=True)
class BatchResult:
    """What came of one attempt at one prompt of a batch: `trouble` is a plain sentence, "" where all went well."""

    item: str
    attempt: int
    recording: str
    trouble: str
    at: str


class BatchRecords(Database):
    """Results are added; the latest one of a prompt and attempt counts."""

    def keep_batch(self, model: str, card: Card, pack: str, attempts: int, total: int) -> str:
        """Keep that a batch was begun, return its id."""
        row = {
            "id": uuid4().hex, "model": model, "card": ascii_json(card.to_json()), "pack": pack, "attempts": attempts,
            "total": total, "at": self.clock(),
        }  # fmt: skip
        with self.writing() as connection:
            connection.execute(insert(batches).values(row))
        return str(row["id"])

    def keep_result(self, batch: str, item: str, attempt: int, recording: str = "", trouble: str = "") -> BatchResult:
        """Keep what came of one attempt; a later result takes the place of an earlier one."""
        result = BatchResult(item, attempt, recording, clean_text(trouble), self.clock())
        row = {**vars(result), "batch": batch, "recording": recording or None}
        with self.writing() as connection:
            connection.execute(insert(batch_results).values(row))
        return result

    def batch(self, id: str) -> BatchRecord | None:
        """The batch with this id, None where there is none."""
        return next((batch for batch in self.batches() if batch.id == id), None)

    def batches(self) -> tuple[BatchRecord, ...]:
        """Every batch, the newest first."""
        r = batch_results.c
        well = func.sum(case((r.trouble == "", 1), else_=0)).label("well")
        latest = is_latest(batch_results, "batch", "item", "attempt")
        counts = select(r.batch, well, func.count().label("all")).where(latest).group_by(r.batch).subquery()
        done = func.coalesce(counts.c.well, 0).label("done")
        failed = func.coalesce(counts.c.all - counts.c.well, 0).label("failed")
        query = select(batches, done, failed).outerjoin_from(batches, counts, counts.c.batch == batches.c.id)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(batches.c.at.desc(), batches.c.id)).mappings().all()
        return tuple(BatchRecord(**{**row, "card": Card(**json.loads(row["card"]))}) for row in rows)

    def results(self, batch: str) -> tuple[BatchResult, ...]:
        """The latest result of every attempt that was made, in the order in which they came."""
        c = batch_results.c
        query = select(c.item, c.attempt, func.coalesce(c.recording, "").label("recording"), c.trouble, c.at)
        with self.reading() as connection:
            rows = connection.execute(query.where(c.batch == batch).order_by(c.number)).mappings()
            latest = {(row["item"], row["attempt"]): BatchResult(**row) for row in rows}
        return tuple(latest.values())
