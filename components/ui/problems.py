"""Problems: what went wrong while a page was drawn, each said once, in a place that moves nothing below it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.core.explained import Explained
from components.ui import theme


class Problems:
    """Made at the top of a page; whatever goes wrong further down is said there."""

    def __init__(self) -> None:
        self.place = st.container()
        self.said: set[str] = set()

    def show(self, problem: Explained) -> None:
        """Say a problem, unless it was said already."""
        if str(problem) in self.said:
            return
        self.said.add(str(problem))
        with self.place:
            theme.show(problem)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """What goes wrong inside is said, and the rest of the page goes on."""
        try:
            yield
        except Explained as problem:
            self.show(problem)
