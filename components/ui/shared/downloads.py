"""Downloads: files that are made once their button is pressed."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx


def show_download(
    label: str, make: Callable[[], str | bytes], name: str, mime: str, *, key: str, icon: str = ":material/download:",
    **options: Any,
) -> None:  # fmt: skip
    """A button that gives the file `name` away, drawn; `make` makes its content once the button is pressed.

    The page is not drawn again for it. `options` are those of `st.download_button`.
    """
    st.download_button(label, for_this_page(make), name, mime, key=key, icon=icon, on_click="ignore", **options)


def for_this_page(make: Callable[[], str | bytes]) -> Callable[[], bytes]:
    """The same, as bytes, with what belongs to the page at hand: Streamlit calls it outside of every page."""
    page = get_script_run_ctx()

    def made() -> bytes:
        if page is not None:
            add_script_run_ctx(current_thread(), page)
        content = make()
        return content.encode() if isinstance(content, str) else content

    def made_apart() -> bytes:
        with ThreadPoolExecutor(1) as thread:  # one of its own: the caller's serves other pages after this one
            return thread.submit(made).result()

    return made_apart


def file_stem(name: str) -> str:
    """A text as a file's name without its ending, safe on every computer."""
    return re.sub(r"\W+", "-", name).strip("-")[:60] or "parallax"
