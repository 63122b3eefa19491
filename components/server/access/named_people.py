"""Named people: which accounts may open a shared server's pages, where people sign in with an account of theirs."""

import os
from collections.abc import Mapping
from typing import Any, Protocol

from components.core.explained import Explained

PEOPLE_VARIABLE = "PARALLAX_PEOPLE"
EVERYBODY = "everybody"


class AccountDoor(Protocol):
    """Where people sign in with an account, and who it was."""

    def path(self) -> str:
        """The path that leads to the provider of accounts, good for a minute or two."""

    def account(self, cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
        """What the provider said of the account that a browser is signed in with; None where it is not."""


def named_people() -> tuple[str, ...]:
    """Those whom the environment names, in small letters: addresses, domains with @ before them, or everybody.

    Explained where it names nobody, or something that is neither.
    """
    words = os.environ.get(PEOPLE_VARIABLE, "").replace(",", " ").casefold().split()
    if not words or any("@" not in word and word != EVERYBODY for word in words):
        raise Explained(
            "People are to sign in with accounts, but it is not said whose accounts are let in.",
            do=f"Name them in {PEOPLE_VARIABLE}: ada@example.com, or @example.com for all of a domain, with commas "
            f"between; or {EVERYBODY}, for whomever the provider of accounts lets in.",
        )
    return tuple(words)


def is_named(account: Mapping[str, Any], people: tuple[str, ...]) -> bool:
    """Whether an account is one of these people's. An address counts only where the provider has made sure of it."""
    if EVERYBODY in people:
        return True
    address = account.get("email")
    if account.get("email_verified") is not True or not isinstance(address, str):
        return False
    name, _, domain = address.strip().casefold().rpartition("@")
    return bool(name and domain) and (f"{name}@{domain}" in people or f"@{domain}" in people)
