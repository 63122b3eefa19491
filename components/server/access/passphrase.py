"""Passphrase: what opens a shared server's pages, and the signed sign of a browser that has said it."""

import hmac
import os
import secrets
import time

from components.core.explained import Explained

PASSPHRASE_VARIABLE = "PARALLAX_PASSPHRASE"
SHARE_VARIABLE = "PARALLAX_SHARE"
MIN_PASSPHRASE_CHARS = 12
SYLLABLES = tuple(consonant + vowel for consonant in "bdfghkmnprstvz" for vowel in "aeiou")
SIGN_IN_SECONDS = 30 * 24 * 3600.0  # seconds for which a browser that said the passphrase stays signed in
SHARE_WORDS = ("1", "yes", "true", "on")


def is_shared() -> bool:
    """Whether the server is to be reached from other computers."""
    return os.environ.get(SHARE_VARIABLE, "").strip().lower() in SHARE_WORDS


def make_passphrase() -> str:
    """A new passphrase that is read out easily: four words of two syllables, one of 576 million million."""
    return "-".join(secrets.choice(SYLLABLES) + secrets.choice(SYLLABLES) for _ in range(4))


def chosen_passphrase() -> str:
    """The passphrase that the environment names, a new one where it names none. Explained where it is too short."""
    chosen = os.environ.get(PASSPHRASE_VARIABLE, "").strip()
    if chosen and len(chosen) < MIN_PASSPHRASE_CHARS:
        raise Explained(
            f"The passphrase in {PASSPHRASE_VARIABLE} is too short to keep strangers out.",
            do=f"Choose one of at least {MIN_PASSPHRASE_CHARS} characters, or leave it out: then one is made.",
        )
    return chosen or make_passphrase()


def is_passphrase(said: str, passphrase: str) -> bool:
    """Whether somebody said it; capitals and spaces around it do not matter."""
    return hmac.compare_digest(fold_passphrase(said), fold_passphrase(passphrase))


def signed_token(passphrase: str, until: float) -> str:
    """What a browser keeps to stay signed in `until` then, in seconds since 1970; only the passphrase can make it."""
    moment = f"{until:.0f}"
    return f"{moment}.{hmac.digest(fold_passphrase(passphrase), moment.encode(), 'sha256').hex()}"


def is_valid_token(token: str, passphrase: str) -> bool:
    """Whether a browser is signed in with it now."""
    moment, _, _ = token.partition(".")
    if not (moment.isascii() and moment.isdecimal() and len(moment) < 12) or float(moment) < time.time():
        return False
    return hmac.compare_digest(token.encode(), signed_token(passphrase, float(moment)).encode())


def fold_passphrase(text: str) -> bytes:
    """The bytes of a passphrase that is compared."""
    return text.strip().casefold().encode()
