"""Bound key: where keys may come from, and to which hosts each of them may be sent."""

import ipaddress
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2

from components.core.explained import Explained
from components.models.endpoint.endpoint_address import MODELS_KEPT, literal_addresses

KEY_PREFIX = "PARALLAX_KEY_"  # only variables with such names are ever sent anywhere
KEY_SECTION = "parallax_keys"  # the one section of Streamlit's secrets that keys are read from
HOST_SUFFIX = "_HOST"
ENV_PLACE, SECTION_PLACE = "where Parallax is started", f"in the section [{KEY_SECTION}] of Streamlit's secrets"
GIVEN_PLACE = ""  # of a key that a person gave while the server runs


@dataclass(frozen=True)
class BoundKey:
    """A key, the hosts that it is for, and the place where it was found, in words."""

    text: str = field(repr=False)
    hosts: tuple[str, ...] = ()
    place: str = ENV_PLACE


FindKey = Callable[[str], BoundKey]


def key_from_env(name: str) -> BoundKey:
    """The key in an environment variable. Explained where there is none, or where the name is not one for keys."""
    return key_from_places(name, None, os.environ)


def key_from_places(name: str, section: object, environment: Mapping[str, str]) -> BoundKey:
    """The key with this name: in the section of the secrets, else a variable that begins with KEY_PREFIX.

    Explained where there is none. What names a key's hosts is no key.
    """
    if isinstance(section, Mapping) and not name.endswith(HOST_SUFFIX):
        text, hosts = section.get(name), section.get(name + HOST_SUFFIX)
        if isinstance(text, str) and text:
            return BoundKey(text, host_names(hosts), SECTION_PLACE)
    if not name.startswith(KEY_PREFIX) or name.endswith(HOST_SUFFIX):
        raise Explained(
            f"There is no key with the name “{name}”.",
            MODELS_KEPT,
            f"Use the name of a variable that begins with {KEY_PREFIX}, or one {SECTION_PLACE}.",
        )
    if not environment.get(name):
        raise Explained(
            f"There is no key under the name {name}.", MODELS_KEPT, "Set it where Parallax is started, then retry."
        )
    return BoundKey(environment[name], host_names(environment.get(name + HOST_SUFFIX)))


def host_names(hosts: object) -> tuple[str, ...]:
    """The hosts in a text with commas, or in a list."""
    listed = hosts.split(",") if isinstance(hosts, str) else hosts if isinstance(hosts, list | tuple) else ()
    return tuple(host.strip() for host in listed if isinstance(host, str) and host.strip())


def require_host(name: str, key: BoundKey, address: str) -> None:
    """Explained where a key is not for the host of an address. A key without hosts is for this computer alone."""
    url = parsed_url(address)
    if any(is_host_of(host, url) for host in key.hosts) or (not key.hosts and is_loopback(url)):
        return
    host = "" if url is None else f"{url.host}:{url.port}" if url.port else url.host
    act = f"Add {host} to {name}{HOST_SUFFIX}" if key.hosts else f"Set {name}{HOST_SUFFIX}={host}"
    if key.place == GIVEN_PLACE:
        raise Explained(
            f"The key was given for another host, and may not be sent to {host}.", MODELS_KEPT,
            "Give the key of this host on the page Models.",
        )  # fmt: skip
    raise Explained(f"The key {name} may not be sent to {host}.", MODELS_KEPT, f"{act} {key.place}, then retry.")


def parsed_url(address: str) -> httpx2.URL | None:
    """The address as the connection reads it; None where it is none."""
    try:
        return httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        return None


def is_host_of(named: str, url: httpx2.URL | None) -> bool:
    """Whether a named host is exactly that of an address, with its port and scheme where it names them."""
    if url is None:
        return False
    with suppress(ValueError):
        named = f"[{ipaddress.IPv6Address(named)}]"
    try:
        parts = urlsplit(named if "//" in named else f"//{named}")
        port = parts.port
    except ValueError:
        return False
    real_port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    same = (parts.hostname or "").rstrip(".").lower() == url.host.rstrip(".").lower() != ""
    return same and parts.scheme in ("", url.scheme) and port in (None, real_port)


def is_loopback(url: httpx2.URL | None) -> bool:
    """Whether an address leads to this computer itself."""
    host = "" if url is None else url.host.lower()
    addresses = literal_addresses(host)
    return host == "localhost" or (bool(addresses) and all(ipaddress.ip_address(a).is_loopback for a in addresses))
