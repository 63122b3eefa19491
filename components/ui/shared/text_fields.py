"""Fields for text into which anything can be pasted: what is too long is told, and stays in its box.

A limit that Streamlit knows of is not used: its fields take no letter of a paste that goes beyond, and say nothing.
"""

from typing import Any

import streamlit as st

from components.core.explained import Explained
from components.ui.shared import state


def text_line(label: str, value: str = "", *, key: str, max_chars: int, **options: Any) -> str:
    """A field for one line, drawn; its text without what was typed beyond `max_chars`, which is told below it.

    `options` are those of `st.text_input`.
    """
    return told_text(st.text_input(label, value, key=key, **options), value, max_chars)


def text_box(label: str, value: str = "", *, key: str, max_chars: int, **options: Any) -> str:
    """A field for several lines, drawn; its text without what was typed beyond `max_chars`, which is told below it.

    `options` are those of `st.text_area`.
    """
    return told_text(st.text_area(label, value, key=key, **options), value, max_chars)


def told_text(text: str, before: str, max_chars: int) -> str:
    """What is used of a text in a field that held another one before; a line, drawn, where that is not all of it."""
    used = used_text(text, before, max_chars)
    if used != text:
        st.caption(f":material/error: {len(text):,} characters: only the first {max_chars:,} are used.")
    return used


def used_text(text: str, before: str, max_chars: int) -> str:
    """The first characters of a text that was typed; a longer one that was there `before`, as it is."""
    return text if text == before else text[:max_chars]


def typed_text(key: str, max_chars: int) -> str:
    """What stands in the field with this key, "" where there is none, without blanks around it.

    Explained where it is longer than `max_chars`; it stays in the field then.
    """
    text = str(state.read_widget(key) or "").strip()
    if len(text) > max_chars:
        raise Explained(
            f"This is {len(text):,} characters long; at most {max_chars:,} can be kept.",
            "Your text is still in the box.",
            "Shorten it.",
        )
    return text
