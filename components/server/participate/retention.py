"""Retention: what a study keeps for some days only is deleted in time, soon after the start and then daily."""

import asyncio
import logging
from collections.abc import Callable

from components.core.explained import Explained
from components.store import Store
from components.store.study_records import StudyRecord

log = logging.getLogger(__name__)

START_PAUSE_S = 3.0  # first the pages, which somebody waits for
DAILY_PAUSE_S, RETRY_PAUSE_S = 24 * 3600.0, 600.0


def delete_expired(store: Store) -> int:
    """Delete the answers that were kept for as long as their studies say; of how many people. Where that fails for a
    study, the others' are deleted all the same, and the first failure is raised then.
    """
    count, failures = 0, []
    for id in store.studies_with_old_people():
        try:
            record = store.study(id)
            days = kept_days(record) if record else None
            count += store.erase_expired(id, days) if days else 0
        except Exception as failure:  # noqa: BLE001 - it is raised below
            failures.append(failure)
    if failures:
        raise failures[0]
    return count


def kept_days(record: StudyRecord) -> int | None:
    """For how many days a frozen study keeps a person's answers; None until they are deleted by hand."""
    days = record.content.get("study", {}).get("keep_days")
    return days if isinstance(days, int) and days > 0 else None


async def run_retention(find_store: Callable[[], Store], first_pause: float = START_PAUSE_S) -> None:
    """Delete what is over, again and again, until it is cancelled; what fails is told in the log and tried again."""
    pause = first_pause
    while True:
        await asyncio.sleep(pause)
        pause = await asyncio.to_thread(pause_after_deleting, find_store)


def pause_after_deleting(find_store: Callable[[], Store]) -> float:
    """Delete what is over; the seconds until that is done again, sooner where it failed."""
    try:
        delete_expired(find_store())
    except Explained as problem:
        log.warning("Answers that are kept long enough could not be deleted: %s", problem)
        return RETRY_PAUSE_S
    except Exception:  # a promise to participants: whatever it was, it is tried again
        log.exception("Answers that are kept long enough could not be deleted.")
        return RETRY_PAUSE_S
    return DAILY_PAUSE_S
