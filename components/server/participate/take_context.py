"""Take context: what the participants' routes hold: the secret, the studies, the one writer, and the limits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import ParamSpec, TypeVar

from components.server.access.link_limits import LinkLimits
from components.server.access.signing import Signer, secret_from_env, server_secret
from components.server.participate.group_commit import GroupCommit
from components.server.participate.served_studies import ServedStudies
from components.server.participate.take_tickets import ParticipantTicket, link_token, ticket_token, trial_token
from components.store import Store
from components.store.participation import BatchEntry, BatchResult

READER_THREADS = 4  # that read the database for participants' pages
LINK_RATE, LINK_BURST = 100.0, 3_000  # pages opened and joins a second by one link: a full hall at once
PERSON_RATE, PERSON_BURST = 10.0, 200  # requests a second of one participant: a whole outbox at once
Args = ParamSpec("Args")
Given = TypeVar("Given")


class TakeContext:
    """Made with the server; the secret is read, and threads are started, at first need."""

    def __init__(self, find_store: Callable[[], Store]) -> None:
        self.find_store = find_store
        self.find_secret: Callable[[], str] = secret_from_env
        self.studies = ServedStudies(find_store)
        self.writer = GroupCommit[BatchEntry, BatchResult](lambda entries: find_store().keep_participation(entries))
        self.link_limits = LinkLimits(LINK_RATE, LINK_BURST)
        self.person_limits = LinkLimits(PERSON_RATE, PERSON_BURST)
        self._readers = ThreadPoolExecutor(READER_THREADS, "participants")
        self._signer: Signer | None = None
        self._lock = Lock()

    @property
    def signer(self) -> Signer:
        """Signs and reads links and tickets. Explained where there is no secret to do it with."""
        with self._lock:
            self._signer = self._signer or Signer(server_secret(self.find_secret))
            return self._signer

    async def read(self, find: Callable[Args, Given], *args: Args.args, **named: Args.kwargs) -> Given:
        """What a function gives that waits for the database, in a thread of its own."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, partial(find, *args, **named))

    def link_path(self, link: str) -> str:
        """The path of the page that a link with this id opens, for whom a study is shown to."""
        return f"/take/{link_token(self.signer, link)}"

    def ticket(self, participant: str, study: str, slot: int) -> str:
        """What a participant's browser says who it is with."""
        return ticket_token(self.signer, ParticipantTicket(participant, study, slot))

    def rehearsal_token(self, study: str, until: float) -> str:
        """What lets simulated people into a study until then, in seconds since 1970."""
        return trial_token(self.signer, "rehearsal", study, until)

    def preview_token(self, study: str, until: float) -> str:
        """What shows a study's screens to its designer until then, in seconds since 1970; nothing is kept."""
        return trial_token(self.signer, "preview", study, until)

    def close(self) -> None:
        """Write what waits and end the threads."""
        self.writer.close()
        self._readers.shutdown(wait=False, cancel_futures=True)
