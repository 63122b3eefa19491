"""Study batches: many joins, answers and withdrawals of participants in one transaction, each taken once."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from components.core.explained import Explained
from components.store.database import Database
from components.store.database_errors import SAVED_TEXT, UNREADABLE_ERRORS, is_transient, is_unavailable
from components.store.participation import (
    BatchEntry,
    BatchResult,
    JoinRequest,
    PostedAnswer,
    RestartRequest,
    Withdrawal,
)
from components.store.study_joins import let_people_in
from components.store.study_postings import keep_answers, restart_blocks, withdraw_people

MAX_TRIES = 4  # of a transaction that another one crossed
UNKEPT = Explained("This cannot be kept as it is.", "What was saved before is still there.", "Reload the page.")


def keep_entries(database: Database, entries: Sequence[BatchEntry]) -> list[BatchResult]:
    """What came of each entry, in order; one that the database refuses is tried apart from the others."""
    try:
        return try_again(lambda: write_entries(database, entries))
    except Explained as problem:
        if is_unavailable(problem):
            return [problem] * len(entries)
    except (IntegrityError, DataError, ArithmeticError, *UNREADABLE_ERRORS):
        pass
    except SQLAlchemyError as error:
        return [unknown_failure(error)] * len(entries)
    if len(entries) == 1:
        return [UNKEPT]
    return [result for entry in entries for result in keep_entries(database, [entry])]


def unknown_failure(error: SQLAlchemyError) -> Explained:
    """An Explained: the database failed in a way that nobody foresaw."""
    problem = Explained("The database could not keep this.", SAVED_TEXT, "Try again in a moment.")
    problem.__cause__ = error
    return problem


def try_again(write: Callable[[], list[BatchResult]]) -> list[BatchResult]:
    """What a transaction comes to, tried again where another one crossed it. Explained where it cannot be kept."""
    for _ in range(MAX_TRIES - 1):
        try:
            return write()
        except Explained as problem:
            if not is_transient(problem):
                raise
    return write()


def write_entries(database: Database, entries: Sequence[BatchEntry]) -> list[BatchResult]:
    """All entries in one transaction: who joins, what they answered, who begins a block anew, who withdraws."""
    joins = [entry for entry in entries if isinstance(entry, JoinRequest)]
    answers = [entry for entry in entries if isinstance(entry, PostedAnswer)]
    restarts = [entry for entry in entries if isinstance(entry, RestartRequest)]
    withdrawals = [entry for entry in entries if isinstance(entry, Withdrawal)]
    at = database.clock()
    with database.writing() as connection:
        joined = iter(let_people_in(connection, joins, at) if joins else ())
        kept = iter(keep_answers(connection, answers, at) if answers else ())
        begun = iter(restart_blocks(connection, restarts, at) if restarts else ())
        left = iter(withdraw_people(connection, withdrawals, at) if withdrawals else ())
    by_type: dict[type, Any] = {JoinRequest: joined, PostedAnswer: kept, RestartRequest: begun, Withdrawal: left}
    return [next(by_type[type(entry)]) for entry in entries]
