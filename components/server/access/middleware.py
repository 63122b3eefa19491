"""Middleware: what every request passes before a page or a route answers it, the outermost first."""

import os
from pathlib import Path

from starlette.middleware import Middleware

from components.core.explained import Explained
from components.server.access.designer_gate import DesignerGate
from components.server.access.named_people import AccountDoor, named_people
from components.server.access.passphrase import PASSPHRASE_VARIABLE, chosen_passphrase, is_shared
from components.server.access.security_headers import SecurityHeaders, inline_script_hashes
from components.server.old_addresses import OldAddresses
from components.server.participate.take_door import TakeDoor
from components.server.participate.take_routes import take_app
from components.server.rater_cookie import RaterCookie
from components.server.room.room_pages import ROOM_ENTRANCE, ROOM_PREFIXES
from components.server.room.room_routes import ROOM_NEWCOMERS, room_app


def server_middleware(index_page: Path, accounts: AccountDoor | None = None) -> list[Middleware]:
    """The middleware of this server; `index_page` is the HTML file that Streamlit answers with.

    The gate stands where a passphrase is named or people sign in with `accounts`. Explained where a shared server has
    neither, or a passphrase that is too short, or nobody is named whose account is let in.
    """
    headers = Middleware(SecurityHeaders, script_hashes=inline_script_hashes(index_page))
    doors = [
        Middleware(TakeDoor, take_app=take_app()),
        Middleware(
            TakeDoor, take_app=room_app(), prefixes=ROOM_PREFIXES, newcomers=ROOM_NEWCOMERS, entrance=ROOM_ENTRANCE
        ),
    ]
    inner = [Middleware(OldAddresses), Middleware(RaterCookie)]
    if accounts is not None or os.environ.get(PASSPHRASE_VARIABLE, "").strip():
        people = named_people() if accounts else ()
        gate = Middleware(DesignerGate, passphrase=chosen_passphrase(), accounts=accounts, people=people)
        return [headers, *doors, gate, *inner]
    if is_shared():
        raise Explained(
            "A shared server needs a passphrase.",
            do=f"Start it with `make run SHARE=1`, which makes one, or name one in {PASSPHRASE_VARIABLE}.",
        )
    return [headers, *doors, *inner]
