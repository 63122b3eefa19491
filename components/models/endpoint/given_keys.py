"""Given keys: keys that people give while the server runs. They are held in its memory alone, and end with it."""

import secrets
from dataclasses import dataclass
from threading import Lock

from components.core.explained import Explained
from components.models.endpoint.bound_key import GIVEN_PLACE, BoundKey, FindKey, parsed_url
from components.models.endpoint.endpoint_address import MODELS_KEPT
from components.models.endpoint.endpoint_keys import clean_key

GIVEN_PREFIX = "given-"  # of the name of a key that was given without one
NAME_BYTES = 8  # of randomness in such a name, so that nobody guesses it


@dataclass(frozen=True)
class GivenKey:
    """A key that is held, and the id of the person who gave it."""

    key: BoundKey
    giver: str


class GivenKeys:
    """Each key is sent to the one host that it was given for, with its port and scheme.

    Nothing here writes: neither to a file, nor to a log, nor to a page.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[str, GivenKey] = {}

    def give(self, name: str, text: str, address: str, giver: str) -> str:
        """Hold a key for the host of an address, return its name; a new one where `name` is "".

        Explained, without a word of the key, where it cannot be sent, where the address is none, or where another
        person's key is held under the name.
        """
        name = name or f"{GIVEN_PREFIX}{secrets.token_hex(NAME_BYTES)}"
        origin = key_origin(address)
        if not origin:
            raise Explained(
                "It is not known which host this key is for.", "The key was not held.", "Fill the address in first."
            )
        key = BoundKey(clean_key(name, text), (origin,), GIVEN_PLACE)
        with self._lock:
            held = self._held.get(name)
            if held is not None and held.giver != giver:
                raise Explained(
                    f"Another person has given a key under the name {name}.", MODELS_KEPT, "Choose another name for it."
                )
            self._held[name] = GivenKey(key, giver)
        return name

    def forget(self, name: str, giver: str) -> None:
        """Let go of a key that this person gave."""
        with self._lock:
            if name in self._held and self._held[name].giver == giver:
                del self._held[name]

    def host_of(self, name: str) -> str:
        """The host that a held key is for, with scheme and port; "" where none is held under this name."""
        held = self._held.get(name)
        return held.key.hosts[0] if held else ""

    def is_givers(self, name: str, giver: str) -> bool:
        """Whether this person gave the key that is held under a name."""
        return name in self._held and self._held[name].giver == giver

    def find(self, name: str, find_set: FindKey) -> BoundKey:
        """The key with this name as it was set for the server, else as it was given. Explained where there is none."""
        try:
            return find_set(name)
        except Explained as problem:
            held = self._held.get(name)
            if held is not None:
                return held.key
            if name.startswith(GIVEN_PREFIX):
                raise Explained(
                    "The key of this model was given for one run of Parallax, and is not held any more.",
                    MODELS_KEPT,
                    "Give it again on the page Models.",
                ) from None
            raise problem from None


def key_origin(address: str) -> str:
    """The scheme, host and port that an address leads to; "" where it is none."""
    url = parsed_url(address)
    if url is None or not url.host or url.scheme not in ("http", "https"):
        return ""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{host}:{url.port or {'http': 80, 'https': 443}[url.scheme]}"
