"""Screen: the comparison that this session has on screen, and what puts another one there."""

from components.core.explained import Explained
from components.design.history import History
from components.layers.compare import Comparison
from components.ui.shared import state
from components.ui.shared.comparison_link import read_link
from components.ui.shared.problems import PageProblems
from components.ui.shared.samples import first_comparison
from components.ui.shared.undo import put_history


def current_comparison() -> Comparison:
    """The comparison on screen: this session's, else the address's, else the first screen's."""
    here = state.page_state()
    if here.history is None:
        here.history = History((read_link(),))
    return here.history.current


def open_comparison(problems: PageProblems) -> Comparison:
    """The same; the first screen's, and what is wrong with the address, where it names nothing that is kept here."""
    try:
        return current_comparison()
    except Explained as missing:
        problems.show(missing)
        change_comparison(first_comparison())
        return first_comparison()


def change_comparison(compare: Comparison, dialled: bool = False, further: bool = False) -> None:
    """Put another comparison on screen; the one before can be taken back, unless it only leads `further`.

    `dialled`: the dials show it already.
    """
    here = state.page_state()
    if here.history:
        put_history(here.history.with_current(compare) if further else here.history.with_step(compare), dialled)
    else:
        put_history(History((compare,)), dialled)
