"""Mentions: who is called by name, with an @ before it, in what is said of a work."""

from collections.abc import Mapping


def mentioned_people(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those whose name stands in a text behind an @, in capitals or not; `names` by id.

    Of two names of which one begins with the other, the longer one is meant where it stands there whole.
    """
    folded, taken = text.casefold(), set[int]()
    found: list[str] = []
    for id, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        called = f"@{name.strip().casefold()}"
        at = folded.find(called) if len(called) > 1 else -1
        while at >= 0:
            after = folded[at + len(called) : at + len(called) + 1]
            if not after.isalnum() and (at not in taken or is_namesake(name, found, names)):
                taken.add(at)
                found.append(id)
                break
            at = folded.find(called, at + 1)
    return tuple(found)


def is_namesake(name: str, found: list[str], names: Mapping[str, str]) -> bool:
    """Whether somebody who was found already is called the same: both are meant."""
    return any(names[id].strip().casefold() == name.strip().casefold() for id in found)
