"""Take tickets: what a link, a participant's browser and a rehearsal carry, signed, so that no server remembers it."""

import re
import time
from dataclasses import dataclass

from components.server.access.signing import Purpose, Signer

BROWSER_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")  # made at random in a browser
TRIAL_TOKEN_SECONDS = 24 * 3600.0  # for which a rehearsal or a preview can be opened


@dataclass(frozen=True)
class ParticipantTicket:
    """Who somebody is: their id, the study and their slot in it."""

    participant: str
    study: str
    slot: int


def link_token(signer: Signer, link: str) -> str:
    """The last part of the address that a link opens."""
    return signer.sign("link", link)


def ticket_token(signer: Signer, ticket: ParticipantTicket) -> str:
    """What a participant's browser says who it is with."""
    return signer.sign("participant", f"{ticket.participant}.{ticket.study}.{ticket.slot}")


def read_ticket(signer: Signer, token: str) -> ParticipantTicket | None:
    """The ticket that was signed; None where it was not."""
    participant, _, rest = (signer.payload("participant", token) or "").partition(".")
    study, _, slot = rest.rpartition(".")
    return ParticipantTicket(participant, study, int(slot)) if participant and study and slot.isdecimal() else None


def trial_token(signer: Signer, purpose: Purpose, study: str, until: float) -> str:
    """What opens a rehearsal or a preview of a study until then, in seconds since 1970."""
    return signer.sign(purpose, f"{until:.0f}.{study}")


def opens_trial(signer: Signer, purpose: Purpose, token: object, study: str) -> bool:
    """Whether a token opens a rehearsal or a preview of this study now."""
    until, _, named = (signer.payload(purpose, token) or "").partition(".") if isinstance(token, str) else ("", "", "")
    return named == study and until.isdecimal() and float(until) > time.time()
