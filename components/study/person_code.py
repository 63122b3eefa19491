"""Person code: a few letters by which a participant can ask for what is kept of them, and have it deleted."""

import hashlib
import re
from collections.abc import Iterable

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks or sounds like another one
CODE_LENGTH_CHARS = 8


def person_code(id: str) -> str:
    """The code of the participant with this id, as in "K7QX-2MPD"; who has it cannot tell the id from it."""
    number = int.from_bytes(hashlib.sha256(f"code of {id}".encode()).digest()[:12])
    letters = ""
    for _ in range(CODE_LENGTH_CHARS):
        number, place = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[place]
    return f"{letters[:4]}-{letters[4:]}"


def people_with_code(ids: Iterable[str], typed: str) -> tuple[str, ...]:
    """The ids among these that a typed code stands for, or that are typed themselves; signs between letters and small
    letters do not matter in a code.
    """
    bare = re.sub(r"[^0-9A-Z]", "", typed.upper())
    whole = typed.strip().lower()
    return tuple(id for id in ids if id.lower() == whole or person_code(id).replace("-", "") == bare)
