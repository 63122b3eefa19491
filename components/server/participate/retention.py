"""Retention: what a study keeps for some days only is deleted in time, soon after the start and then daily."""

import asyncio
from collections.abc import Callable

from components.core.explained import Explained
from components.store import Store
from components.store.study_records import StudyRecord

START_PAUSE_S = 3.0  # first the pages, which somebody waits for
DAILY_PAUSE_S, RETRY_PAUSE_S = 24 * 3600.0, 600.0


def delete_expired(store: Store) -> int:
    """Delete the answers that were kept for as long as their studies say; of how many people. Explained on failure."""
    count = 0
    for id in store.studies_with_old_people():
        record = store.study(id)
        days = kept_days(record) if record else None
        count += store.erase_expired(id, days) if days else 0
    return count


def kept_days(record: StudyRecord) -> int | None:
    """For how many days a frozen study keeps a person's answers; None until they are deleted by hand."""
    days = record.content.get("study", {}).get("keep_days")
    return days if isinstance(days, int) and days > 0 else None


async def run_retention(find_store: Callable[[], Store], first_pause: float = START_PAUSE_S) -> None:
    """Delete what is over, again and again, until it is cancelled."""
    pause = first_pause
    while True:
        await asyncio.sleep(pause)
        try:
            await asyncio.to_thread(lambda: delete_expired(find_store()))
            pause = DAILY_PAUSE_S
        except Explained:
            pause = RETRY_PAUSE_S
