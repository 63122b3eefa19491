"""Screen: the comparison that this session has on screen, and what puts another one there."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.design.history import History
from components.layers.compare import Comparison
from components.layers.comparison_merge import merged_comparison
from components.store import Work, WorkStep
from components.store.works import SCENARIO, STUDY
from components.ui.shared import autosave, state
from components.ui.shared.comparison_link import frozen_address, read_link
from components.ui.shared.pane_models import with_own_answers
from components.ui.shared.problems import PageProblems
from components.ui.shared.samples import first_comparison
from components.ui.shared.work_content import comparison_from_content

GONE_WORK = Explained(
    "This link names something that is not kept here, or that is not shared with you.",
    "The sample is shown in its place.",
    "Ask who sent it for a new link, or open it where it was made.",
)


def current_comparison() -> Comparison:
    """The comparison on screen: this session's, else the address's, else the first screen's."""
    here = state.page_state()
    if here.history is None:
        query = st.query_params.to_dict()
        open_address({} if names_draft(query) else query)
    return here.history.current if here.history else first_comparison()


def names_draft(query: Mapping[str, str]) -> bool:
    """Whether an address names a work that is opened on a page of its own and is no comparison."""
    work = state.shared_store().work(query["work"], state.rater_id()) if "work" in query else None
    return work is not None and work.kind in (SCENARIO, STUDY)


def open_comparison(problems: PageProblems) -> Comparison:
    """The comparison for the page that is drawn, after the address was followed; the first screen's, and what is wrong
    with the address, where it names nothing that is kept here.
    """
    here, query = state.page_state(), st.query_params.to_dict()
    if here.arrived:
        here.opened.clear()
    try:
        # a press that comes at once after another one carries the address from before that one
        if here.history and query != here.address and (here.travelled or here.arrived):
            follow_address(query, here.travelled)
        compare = current_comparison()
    except Explained as missing:
        problems.show(missing)
        compare = first_comparison()
        put_on_screen(History((compare,)))
    here.travelled = here.arrived = False
    return compare


def follow_address(query: Mapping[str, str], travelled: bool) -> None:
    """Put on screen what an address names that the person went to: a step of this work, or something else.

    An address without a name comes from a link to the page, and leaves what is on screen; who `travelled` back to it
    over the first change of the first screen sees that again. Explained where what an address names is not here.
    """
    here, asked = state.page_state(), query.get("step", "")
    if here.work and query.get("work") == here.work.id:
        go_to_step(int(asked) if asked.isdecimal() else here.entry_step)
    elif "work" in query or "answer" in query:
        open_address(query)
    elif travelled and here.work and not here.entry and here.entry_page == here.page:
        put_on_screen(History((first_comparison(),)))


def open_address(query: Mapping[str, str]) -> None:
    """Put on screen what an address names; the first screen where it names nothing. Explained where it is not here."""
    if "work" not in query:
        put_on_screen(History((read_link(query),)), query)
        return
    store = state.shared_store()
    work = store.work(query["work"], state.rater_id())
    step = store.work_step(work.id, asked_step(work, query.get("step", ""))) if work else None
    if work is None or step is None:
        raise GONE_WORK
    compare = comparison_from_content(step.content)
    put_on_screen(History((compare,), numbers=(step.step,)), query)
    here = state.page_state()
    # looking at an earlier state does not put the work back into it
    here.work, here.entry_step = autosave.open_work(work, compare, step.step), step.step


def asked_step(work: Work, asked: str) -> int:
    """The state of a work that an address asks for: its last one where it names none, or the last one that who looks
    made themselves: since then others went on.
    """
    if not asked.isdecimal() or state.shared_store().last_own_step(work.id, state.rater_id()) == int(asked):
        return work.step
    return int(asked)


def put_on_screen(history: History[Comparison], address: Mapping[str, str] | None = None) -> None:
    """Another comparison, which is no work as yet, with the address that stands for it."""
    here = state.page_state()
    put_history(history)
    here.work, here.unsaved, here.prototypes, here.deed = None, None, {}, ""
    here.other_change, here.turned, here.present, here.visited_at = None, {}, (), 0.0
    here.entry, here.entry_step, here.entry_page = dict(address or {}), 1, here.page
    here.address = here.entry


def show_new(compare: Comparison) -> None:
    """Put a comparison on screen that is no work as yet: the work that was there before stays as it is.

    Explained where what it names cannot be kept.
    """
    put_on_screen(History((compare,)), frozen_address(compare))


def put_history(history: History[Comparison], dialled: bool = False) -> None:
    """Another history; dials are drawn anew where it shows other prototypes than they do."""
    here = state.page_state()
    before, after = here.history and here.history.current, history.current
    same = before and (before.prototypes, before.own) == (after.prototypes, after.own)
    here.afresh += not (dialled or same)
    here.history = history


def go_to_step(number: int, whole: bool = False) -> None:
    """Put a step of the open work on screen, from memory or from the store. Explained where it is not there.

    Where others went on since, what lies between it and this person's own last step is taken back and nothing else;
    `whole`: it comes back just as it was, for everybody.
    """
    here = state.page_state()
    if here.history is None or here.history.number == number:
        return
    here.deed = ""
    if number in here.history.numbers:
        put_history(History(here.history.steps, here.history.numbers.index(number), here.history.numbers))
        return
    found = kept_comparison(number)
    if found is None:
        return
    left = kept_comparison(here.work.own_step) if here.work else None
    if left is None or left == here.history.current:  # nobody else went on since
        put_history(History((found,), numbers=(number,)))
    else:
        change_comparison(found if whole else merged_comparison(left, found, here.history.current))


def kept_comparison(number: int) -> Comparison | None:
    """A state of the open work as it is kept; None where it had no such state. Explained where a part is not here."""
    work = state.page_state().work
    found = state.shared_store().work_step(work.id, number) if work else None
    return comparison_from_content(found.content) if found else None


def change_comparison(compare: Comparison, dialled: bool = False, further: bool = False) -> None:
    """Put another comparison on screen; the one before can be taken back, unless it only leads `further`.

    `dialled`: the dials show it already.
    """
    here, compare = state.page_state(), with_own_answers(compare)
    if here.history is None:
        put_on_screen(History((compare,)))
        return
    before = here.history
    if compare == before.current:
        return
    goes_on = autosave.goes_on(before.current, compare) or further
    first = before.index == 0  # what was on screen when the page was opened stays a state of its own
    put_history(before.with_current(compare) if goes_on and not first else before.with_step(compare), dialled)


def replace_prototype(key: str, prototype: Prototype) -> None:
    """Let a pane's prototype have a work of its own, which is no change of what is on screen."""
    here = state.page_state()
    if here.history:
        here.history = here.history.with_current(here.history.current.with_prototype(key, prototype))
        here.history = replace(here.history, unsaved=here.work is not None)


def undo_change() -> None:
    """Put the comparison before the last change on screen, also one that was changed before the page was opened."""
    here = state.page_state()
    here.deed = ""
    if here.history is None:
        return
    before = earlier_step()
    if before is not None:
        put_history(here.history.with_earlier(comparison_from_content(before.content), before.step))
    else:
        put_history(here.history.back)


def redo_change() -> None:
    """Put the comparison before the last undo on screen."""
    here = state.page_state()
    here.deed = ""
    if here.history:
        put_history(here.history.forward)


def earlier_step() -> WorkStep | None:
    """The kept state that the first one in memory was made from, where that one is on screen and one's own; None where
    there is none.
    """
    here = state.page_state()
    if here.history is None or here.history.index or here.work is None or not here.history.number:
        return None
    store = state.shared_store()
    now = store.work_step(here.work.id, here.history.number)
    if now and now.rater != state.rater_id():
        return None
    return store.work_step(here.work.id, now.before) if now and now.before not in (0, now.step) else None


def undo_choices() -> tuple[bool, bool]:
    """Whether there is something to take back, and something to make again. Explained where the store fails."""
    history = state.page_state().history
    if history is None:
        return False, False
    return bool(history.index) or earlier_step() is not None, history.index < len(history.steps) - 1
