"""Return address: where a participant goes at the end, with what they came with filled in."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

PLACE = re.compile(r"\{([A-Za-z0-9_.-]{1,60})\}")
PERSON_KEYS = ("PROLIFIC_PID", "workerId", "pid")  # what recruiters call a person, by their own platform
STUDY_KEYS, SESSION_KEYS = ("STUDY_ID", "study"), ("SESSION_ID", "assignmentId", "session")
MAX_PERSON_CHARS = 200


def person_named(params: Mapping[str, str]) -> tuple[str, str] | None:
    """What a recruiter calls this person, (key, value); None where nobody is named."""
    for key in PERSON_KEYS:
        value = params.get(key, "").strip()
        if value and len(value) <= MAX_PERSON_CHARS and not is_unfilled(value):
            return key, value
    return None


def is_unfilled(value: str) -> bool:
    """Whether a value is the recruiter's own place for one, never filled in."""
    return "{{" in value or (value.startswith(("{", "[", "$", "%")) and value.endswith(("}", "]", "%")))


def return_address(template: str, params: Mapping[str, str], code: str) -> str:
    """The template with each {place} filled in, percent-encoded; "" where it is no address of the web.

    {pid}, {study} and {session} are what the recruiter sent under any of its names, {code} is the study's; any other
    is what came under that name. What is not known is left empty.
    """
    parts = split_address(template)
    if parts is None or "{" in parts:
        return ""
    known = {
        "pid": first_value(params, PERSON_KEYS), "study": first_value(params, STUDY_KEYS),
        "session": first_value(params, SESSION_KEYS), "code": code,
    }  # fmt: skip
    values = {**params, **known}
    return PLACE.sub(lambda found: quote(values.get(found[1], ""), safe="", errors="replace"), template.strip())


def split_address(template: str) -> str | None:
    """The host that a template leads to; None where it is no address that begins with http:// or https://."""
    if not template.isprintable():
        return None
    try:
        parts = urlsplit(template.strip())
    except ValueError:
        return None
    return parts.netloc if parts.scheme in ("http", "https") and parts.netloc else None


def first_value(params: Mapping[str, str], keys: tuple[str, ...]) -> str:
    """What came under the first of these names, "" where none did."""
    return next((params[key] for key in keys if params.get(key)), "")
