"""Room tickets: what a stage's link and a phone in a room carry, signed, and the code that leads into a room."""

from dataclasses import dataclass

from components.server.access.signing import Signer
from components.store.room_records import CODE_CHARS, CODE_LETTERS


@dataclass(frozen=True)
class RoomTicket:
    """Who is with a phone: a person's id, and the room."""

    person: str
    room: str


def stage_token(signer: Signer, deck: str) -> str:
    """The last part of the address of a deck's stage."""
    return signer.sign("stage", deck)


def room_token(signer: Signer, ticket: RoomTicket) -> str:
    """What a phone says who it is with."""
    return signer.sign("room", f"{ticket.person}.{ticket.room}")


def read_room_ticket(signer: Signer, token: str) -> RoomTicket | None:
    """The ticket that was signed; None where it was not."""
    person, dot, room = (signer.payload("room", token) or "").partition(".")
    return RoomTicket(person, room) if dot and person and room else None


def read_room_code(typed: object) -> str:
    """A room's code as it was typed, in capitals and without what stands between; "" where it is none."""
    if not isinstance(typed, str):
        return ""
    letters = "".join(letter for letter in typed.upper()[:40] if letter.isalnum())
    return letters if len(letters) == CODE_CHARS and set(letters) <= set(CODE_LETTERS) else ""
