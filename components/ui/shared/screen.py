"""Screen: the comparison that this session has on screen, and what puts another one there."""

from components.core.explained import Explained
from components.design.history import History
from components.layers.compare import Compare
from components.ui.shared import state
from components.ui.shared.comparison_link import read_link
from components.ui.shared.problems import Problems
from components.ui.shared.samples import first
from components.ui.shared.undo import put_history


def current_comparison() -> Compare:
    """The comparison on screen: this session's, else the address's, else the first screen's."""
    here = state.state()
    if here.history is None:
        here.history = History((read_link(),))
    return here.history.now


def open_comparison(problems: Problems) -> Compare:
    """The same; the first screen's, and what is wrong with the address, where it names nothing that is kept here."""
    try:
        return current_comparison()
    except Explained as missing:
        problems.show(missing)
        change_comparison(first())
        return first()


def change_comparison(compare: Compare, dialled: bool = False, further: bool = False) -> None:
    """Put another comparison on screen; the one before can be taken back, unless it only leads `further`.

    `dialled`: the dials show it already.
    """
    here = state.state()
    if here.history:
        put_history(here.history.instead(compare) if further else here.history.then(compare), dialled)
    else:
        put_history(History((compare,)), dialled)
