"""Mentions: who is called by name, with an @ before it, in what is said of a work."""

import re
from collections.abc import Iterator, Mapping

CALL = re.compile(r"@(?=(\w*))")


def mentioned_people(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those whose name, or its first word, stands in a text behind an @, in capitals or not; `names` by id.

    Of two names of which one begins with the other, the longer one is meant where it stands there whole.
    """
    found: dict[str, None] = {}
    for _, people in calls_in(text, names):
        found.update(dict.fromkeys(people))
    return tuple(found)


def unknown_calls(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The words behind an @ that are nobody's name; an @ in the middle of a word calls nobody."""
    found = [word for word, people in calls_in(text, names) if word and not people]
    return tuple(dict.fromkeys(found))


def calls_in(text: str, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each @ in a text: the word behind it, "" for an @ within a word, and the ids of those who are meant."""
    people = people_by_call(names)
    for found in CALL.finditer(text):
        rest = text[found.end() :]
        meant = [call for call in people if is_called(rest, call)]
        inside = found.start() > 0 and text[found.start() - 1].isalnum()
        yield "" if inside else found[1], people[max(meant, key=len)] if meant else ()


def is_called(rest: str, call: str) -> bool:
    """Whether what stands behind an @ begins with a name, in capitals or not, as a word of its own."""
    folded = rest.casefold()
    return folded.startswith(call) and not folded[len(call) : len(call) + 1].isalnum()


def people_by_call(names: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """What calls whom: each whole name, and its first word where that is nobody's whole name."""
    whole, first = dict[str, tuple[str, ...]](), dict[str, tuple[str, ...]]()
    for id, name in names.items():
        words = name.casefold().split()
        if words:
            called = " ".join(words)
            whole[called] = (*whole.get(called, ()), id)
            first[words[0]] = (*first.get(words[0], ()), id)
    return {**first, **whole}
