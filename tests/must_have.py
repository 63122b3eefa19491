"""What a test knows to be there, though it might be None as far as its type says."""

from typing import TypeVar

T = TypeVar("T")


def must_have(value: T | None) -> T:
    """The value. AssertionError where there is none."""
    assert value is not None
    return value
