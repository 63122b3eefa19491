"""Problems: what went wrong, shown once and in one way, in a place that moves nothing below it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from components.core.explained import Explained
from components.ui.shared import state, theme

Args = ParamSpec("Args")


class PageProblems:
    """Made at the top of a page, by its name: what went wrong in a callback, and whatever goes wrong further down, is
    said there.
    """

    def __init__(self, page: str) -> None:
        state.note_page(page)
        self.container = st.container()
        self.shown: set[str] = set()
        here = state.page_state()
        problem, here.problem = here.problem, None
        if problem is not None:
            self.show(problem)

    def show(self, problem: Explained) -> None:
        """Show a problem at the top of the page, once."""
        if str(problem) in self.shown:
            return
        self.shown.add(str(problem))
        with self.container:
            show_problem(problem)

    @contextmanager
    def catch_explained(self) -> Iterator[None]:
        """A context in which an Explained is shown at the top, and the rest of the page goes on."""
        try:
            yield
        except Explained as problem:
            self.show(problem)


def show_problem(problem: Explained) -> None:
    """A problem as a person reads it: what happened, what was kept, what to do."""
    parts = (theme.inert_label(part) for part in (problem.what, problem.kept, problem.do) if part)
    st.error("  \n".join(parts), icon=":material/error:")


@contextmanager
def show_problems() -> Iterator[None]:
    """What goes wrong inside is said right here: for a part of a page that is drawn without the rest of it."""
    try:
        yield
    except Explained as problem:
        show_problem(problem)


@contextmanager
def defer_problems() -> Iterator[None]:
    """What goes wrong inside is said when the page is drawn next: for callbacks, which have no place on it."""
    try:
        yield
    except Explained as problem:
        state.page_state().problem = problem


def tell_unsaid(text: str) -> None:
    """Let a problem that waits to be shown give back the words that it stopped; nothing where none waits."""
    here = state.page_state()
    if here.problem is not None:
        here.problem = Explained(here.problem.what, text, here.problem.do)


def page_part(run_every: float | None = None) -> Callable[[Callable[Args, None]], Callable[Args, None]]:
    """A decorator for what is drawn without the rest of the page, after a press in it and every `run_every` seconds.

    The page is drawn with it where a callback went wrong: that is said at the top of the page. What goes wrong while
    the part is drawn is said in it.
    """

    def draw_alone(draw: Callable[Args, None]) -> Callable[Args, None]:
        @wraps(draw)
        def drawn(*args: Args.args, **kwargs: Args.kwargs) -> None:
            if state.page_state().problem is not None:
                st.rerun()
            with show_problems():
                draw(*args, **kwargs)

        return st.fragment(drawn, run_every=run_every)

    return draw_alone
