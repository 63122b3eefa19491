"""Endpoint keys: how the key of an endpoint is read, and how it is kept out of everything that people see."""

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote, quote_plus

from components.core.event import Event
from components.core.explained import Explained
from components.models.endpoint.bound_key import FindKey, require_host
from components.models.endpoint.endpoint_address import MODELS_KEPT

MASK = "•••"
WORD_KEY_CHARS = 4  # a key shorter than this is hidden where it stands as a word, not within other words
FRAGMENT_CHARS = 6  # a piece of a key that is shorter than this, or than half of it, tells nothing
MAX_TEXT_CHARS = 4000  # characters of a text that are looked through; the rest is left out
UNSEEN_SIGNS = "\ufeff\u200b\u200c\u200d\u2060\u00a0"  # what comes along when a key is copied
HEADER_TEXT = re.compile(r"[\x20-\x7e\t]*")  # what a header of HTTP may hold


def read_key(name: str, find_key: FindKey, address: str) -> str:
    """The key with this name, for this address, without blanks around it; "" where no name is given.

    Explained, without a word of the key, where it is for other hosts, is blank or holds a sign that cannot be sent.
    """
    if not name:
        return ""
    found = find_key(name)
    require_host(name, found, address)
    return clean_key(name, found.text)


def clean_key(name: str, text: str) -> str:
    """A key's text without the blanks and unseen signs around it. Explained, without a word of it, where it is blank
    or holds a sign that cannot be sent.
    """
    key = text.strip().strip(UNSEEN_SIGNS).strip()
    if not key:
        raise Explained(f"The key under the name {name} is blank.", MODELS_KEPT, "Set it anew, then retry.")
    if not HEADER_TEXT.fullmatch(key):
        raise Explained(
            f"The key under the name {name} holds a sign that cannot be sent, such as a line end or a curly quotation "
            "mark.",
            MODELS_KEPT,
            "Copy it once more from where it was made, and set it anew.",
        )
    return key


def hide_secrets(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret masked, in whichever form it was printed, and every larger piece of one.

    Of a text with more than MAX_TEXT_CHARS characters only the beginning is given.
    """
    used = [secret for secret in secrets if secret.strip()]
    forms = {form for secret in used for form in secret_forms(secret)}
    if len(text) > MAX_TEXT_CHARS:  # what a secret may be cut at is left out with it
        text = text[: max(0, MAX_TEXT_CHARS - max(map(len, forms), default=0))]
    for form in sorted(forms, key=len, reverse=True):
        pattern = re.escape(form) if len(form) >= WORD_KEY_CHARS else rf"(?<!\w){re.escape(form)}(?!\w)"
        text = re.sub(pattern, MASK, text, flags=re.IGNORECASE)
    for form in forms:
        text = mask_fragments(text, form)
    return text


@lru_cache(maxsize=64)
def secret_forms(secret: str) -> frozenset[str]:
    """Every spelling in which a program may print a secret: as it is, escaped, percent-encoded, base64 and others."""
    bare = secret.strip()
    written = {secret, bare, *escaped_forms(secret), *escaped_forms(bare)}
    written |= {form for text in tuple(written) for form in escaped_forms(text)}  # a message within a message
    for text in {secret, bare}:
        data = text.encode(errors="surrogatepass")
        safe = text.encode(errors="replace").decode()
        written |= {quote(safe), quote(safe, safe=""), quote_plus(safe), html.escape(text), data.hex()}
        written |= set(base64_forms(data))
    collapsed = {" ".join(form.split()) for form in written} | {"".join(form.split()) for form in written}
    least = min(len(bare), WORD_KEY_CHARS)
    return frozenset(form for form in written | collapsed if len(form.strip()) >= least)


def escaped_forms(text: str) -> Iterator[str]:
    """The text between the quotation marks of Python's and JSON's literals."""
    yield repr(text)[1:-1]
    yield ascii(text)[1:-1]
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield repr(text.encode(errors="surrogatepass"))[2:-1]


def base64_forms(data: bytes) -> Iterator[str]:
    """The letters of base64 that say these bytes wherever they stand, as behind the name and colon of Basic."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data).decode().rstrip("=")
        sure = coded[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]
        if len(sure) >= FRAGMENT_CHARS:
            yield from (sure, sure.replace("+", "-").replace("/", "_"))


def mask_fragments(text: str, form: str) -> str:
    """The text without pieces of a form that are half of it or more, as where somebody cut it short."""
    size = max(FRAGMENT_CHARS, (len(form) + 1) // 2)
    for start in range(len(form) - size + 1):
        at = text.find(form[start : start + size])
        while at >= 0:
            end = size
            while start + end < len(form) and text[at + end : at + end + 1] == form[start + end]:
                end += 1
            text = text[:at] + MASK + text[at + end :]
            at = text.find(form[start : start + size])
    return text


class SecretFilter:
    """Takes the token events of an answer in turn; masks a secret that a server says, also over several tokens.

    A token whose last letters may begin a secret is held until the next one shows.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets for form in secret_forms(secret) if len(form) >= FRAGMENT_CHARS}
        self._secrets = sorted(forms, key=len, reverse=True)
        self._held: list[Event] = []
        self._said = ""  # the last letters that were given away, as many as a secret has

    def filter(self, token: Event) -> Iterator[Event]:
        """The events that end no secret, with this one."""
        if not self._secrets:
            yield token
            return
        self._held.append(token)
        text = "".join(event.text for event in self._held)
        if any(secret in self._said + text for secret in self._secrets):
            masked = mask_behind(self._said, text, self._secrets)
            self._held = [Event(self._held[0].at, "token", masked)]
        elif any(ends_as_beginning(self._said + text, secret) for secret in self._secrets):
            return
        yield from self.finish()

    def finish(self) -> Iterator[Event]:
        """The events that were held."""
        held, self._held = self._held, []
        for event in held:
            self._said = (self._said + event.text)[-max(map(len, self._secrets), default=1) :]
            yield hidden_token(event, self._secrets)


def mask_behind(said: str, text: str, secrets: Iterable[str]) -> str:
    """The text with every secret masked, also where its beginning was said before."""
    for secret in secrets:
        while (at := (said + text).find(secret)) >= 0 and at + len(secret) > len(said):
            text = text[: max(0, at - len(said))] + MASK + text[at + len(secret) - len(said) :]
    return text


def ends_as_beginning(text: str, secret: str) -> bool:
    """Whether the last letters of a text, four or more, are the first of a secret."""
    if secret[:WORD_KEY_CHARS] not in text[-len(secret) :]:
        return False
    return any(text.endswith(secret[:size]) for size in range(WORD_KEY_CHARS, min(len(text), len(secret)) + 1))


def hidden_token(token: Event, secrets: Iterable[str]) -> Event:
    """The token; one whose data names a secret, as among its alternatives, is left without them."""
    named = [str(text) for text, _ in token.data.get("alternatives", ())]
    return Event(token.at, "token", token.text) if any(s in text for s in secrets for text in named) else token
