"""Block again: who comes back late to a block that they broke off begins it anew, where the study says so."""

from collections.abc import Collection
from datetime import datetime, timedelta

from components.core.explained import Explained
from components.server.participate.take_context import TakeContext
from components.store import Participant
from components.store.participation import RestartRequest, RestartResult
from components.study.block_restarts import block_steps, broken_block
from components.study.frozen_study import FrozenStudy


def again_token(taking: TakeContext, study: FrozenStudy, person: Participant, done: Collection[str]) -> str:
    """What the page asks with to begin the broken off block anew; "" where the person goes on where they were.

    It asks apart, once it has sent what still lay in the browser, and is the one tab that goes on.
    """
    minutes = study.study.restart_minutes
    if minutes is None or seconds_up_to_now(taking, person.seen) <= minutes * 60:
        return ""
    block = broken_block(study.steps(person.slot), done, person.restarts)
    return taking.signer.sign("again", f"{person.id}.{block}.{len(person.restarts)}") if block else ""


def seconds_up_to_now(taking: TakeContext, at: str) -> float:
    """The seconds from a moment (ISO, UTC) until now."""
    now = datetime.fromisoformat(taking.find_store().clock())
    return (now - datetime.fromisoformat(at)) / timedelta(seconds=1)


def restart_request(taking: TakeContext, token: str) -> RestartRequest | None:
    """What the store is asked where a page comes with such a token; None where nobody signed it, or nobody is there."""
    participant, _, rest = (taking.signer.payload("again", token) or "").partition(".")
    person = taking.find_store().participant(participant) if participant else None
    study = taking.studies.served_study(person.study) if person else None
    if person is None or study is None:
        return None
    block, before = map(int, rest.split("."))
    return RestartRequest(participant, block, block_steps(study.steps(person.slot), block), before)


async def begin_block_anew(taking: TakeContext, token: object) -> bool:
    """Whether the block that a token is for was begun anew now. Explained where that cannot be kept."""
    if not isinstance(token, str) or not token:
        return False
    wanted = await taking.read(restart_request, taking, token)
    if wanted is None:
        return False
    result = await taking.writer.keep(wanted)
    if isinstance(result, Explained):
        raise result
    return isinstance(result, RestartResult) and result.is_restarted
