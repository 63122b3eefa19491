"""Signing: tickets that any server with the same secret can read, so that none has to remember them."""

import base64
import binascii
import hmac
import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from components.core.explained import Explained
from components.core.folders import data_folder

SECRET_VARIABLE = "PARALLAX_SECRET"
SECRET_FILE = "secret"
MIN_SECRET_CHARS = 32
MAX_TOKEN_CHARS = 600
MAX_KNOWN_TOKENS = 8_000  # that were read before and need not be worked out again
Purpose = Literal["link", "participant", "rehearsal", "preview", "person", "again", "stage", "room"]


class Signer:
    """Signs texts with one secret. What was signed for one purpose is worth nothing for another."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._known = lru_cache(maxsize=MAX_KNOWN_TOKENS)(self._read)

    def sign(self, purpose: Purpose, payload: str) -> str:
        """The payload with its signature, in letters that an address can hold."""
        return f"{to_letters(payload.encode())}.{to_letters(self._signature(purpose, payload))}"

    def payload(self, purpose: Purpose, token: str) -> str | None:
        """What was signed for this purpose; None where it was not, or not with this secret."""
        return self._known(purpose, token) if len(token) <= MAX_TOKEN_CHARS else None

    def _read(self, purpose: Purpose, token: str) -> str | None:
        letters, dot, signature = token.partition(".")
        if not dot or not token.isascii():
            return None
        try:
            payload = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode()
        except (binascii.Error, ValueError):
            return None
        right = self.sign(purpose, payload)  # also of the letters: other ones can stand for the same payload
        return payload if hmac.compare_digest(f"{letters}.{signature}", right) else None

    def pseudonym(self, text: str) -> str:
        """22 letters that stand for a text, always the same ones; without the secret nobody can try which."""
        return to_letters(self._signature("person", text))[:22]

    def _signature(self, purpose: Purpose, payload: str) -> bytes:
        return hmac.digest(self._secret, f"{purpose}\n{payload}".encode(), "sha256")


def to_letters(raw: bytes) -> str:
    """Bytes in the letters of base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def secret_from_env() -> str:
    """The secret that the environment names, "" where it names none."""
    return os.environ.get(SECRET_VARIABLE, "").strip()


def server_secret(find_secret: Callable[[], str] = secret_from_env) -> str:
    """The secret that is set for all servers of one database, else the data folder's own, made at first need.

    Explained where the one that is set is too short, or none can be kept.
    """
    chosen = find_secret()
    if chosen and len(chosen) < MIN_SECRET_CHARS:
        raise Explained(
            f"The secret in {SECRET_VARIABLE} is too short to sign with.",
            do=f"Choose one of at least {MIN_SECRET_CHARS} characters, the same for every server of one database.",
        )
    return chosen or kept_secret(data_folder())


def kept_secret(folder: Path) -> str:
    """The secret in a folder, made at first need, which only its owner can read. Explained where it cannot be."""
    file = folder / SECRET_FILE
    try:
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            make_secret(file)
        secret = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Explained(
            f"The secret that links are signed with cannot be kept in {folder}.",
            "Nothing was changed.",
            f"Make the folder writable, or set {SECRET_VARIABLE}.",
        ) from error
    if len(secret) < MIN_SECRET_CHARS:
        raise Explained(
            f"The file {file} does not hold a whole secret.", "It was left as it is.",
            "Bring back the one that was there: with another secret, links that were given away no longer open.",
        )  # fmt: skip
    return secret


def make_secret(file: Path) -> None:
    """Write a new secret, whole or not at all; one that another server made meanwhile stays."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="ascii") as written:
            written.write(secrets.token_urlsafe(48))
            written.flush()
            os.fsync(written.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
