"""Autosave: what is on screen saves itself as a work, a step for each deed, and the address says which step it is."""

import time
from dataclasses import replace
from textwrap import shorten

import streamlit as st

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.design import work_talk
from components.design.history import History, diff_prototypes
from components.layers.compare import Comparison
from components.store import Work, WorkMark, WorkQuery
from components.store.works import COMPARISON, PROTOTYPE, copy_name
from components.ui.shared import state
from components.ui.shared.work_content import comparison_state

MAX_NAME_CHARS = 60  # of a question that a work is named after
SAME_DEED_S = 4.0  # seconds in which changes of the same dial are one deed


def save_on_screen() -> None:
    """Save what is on screen where it changed, and let the address name it. Explained where it cannot be saved."""
    here = state.page_state()
    try:
        if here.history is not None:
            here.work, here.history = saved_work(here.history)
            save_prototypes(here.history.current)
        here.unsaved = None
    except Explained as problem:
        here.unsaved = problem
        write_address()
        raise
    write_address()  # and not where the drawing is cut off: the next one knows the address that is asked for by then


def saved_work(history: History[Comparison]) -> tuple[state.OpenWork | None, History[Comparison]]:
    """The work that this history is saved in by now, and the history with the numbers of its states.

    Where somebody else changed the work meanwhile, nothing is written: the page is drawn again with both changes, once
    this person has no dial in hand.
    """
    here, store, compare = state.page_state(), state.shared_store(), history.current
    work = here.work
    if work is not None and work.kind == PROTOTYPE and len(compare.prototypes) > 1:
        work = None  # panes were put beside a prototype: that is a comparison, and a work of its own
        history = History(history.steps[max(0, history.index - 1) :][:2], min(1, history.index))
    if work is None:
        return begin_work(history) if len(history.steps) > 1 else (None, history)
    saved_already = bool(history.number) and not history.unsaved
    if saved_already and history.number == work.step:
        return work, history
    change, rater = comparison_state(compare), state.rater_id()
    mark = work.mark if work.followed else store.work_mark(work.id) or work.mark
    if saved_already:
        after = store.go_to_step_from(work.id, change, history.number, mark)
    else:
        before = history.numbers[history.index - 1] if history.index else history.number
        after = store.add_step_onto(work.id, change, rater, before or work.step, history.number, mark)
    if after is None and state.is_dial_held():
        return work, history
    if after is None:
        st.rerun()
    keep_renames(work, compare, after.step)
    step, at = after.step, store.clock()
    saved = replace(work, step=step, saved=at, mark=after, kept=compare, own_step=step, followed=True)
    return saved, history.with_number(step)


def keep_renames(work: state.OpenWork, compare: Comparison, step: int) -> None:
    """Let what was said of panes that have another name now stay at them."""
    if drafts := work_talk.rename_notes(work.kept.panes, compare.panes):
        store = state.shared_store()
        said = {note.prototype for note in work_talk.followed_notes(store.work_notes(work.id))}
        for draft in drafts:
            if draft.text in said:
                store.keep_note(work.id, draft, state.rater_id(), step)


def begin_work(history: History[Comparison], name: str = "") -> tuple[state.OpenWork, History[Comparison]]:
    """Keep a new work with every state up to the one on screen."""
    states = [comparison_state(compare) for compare in history.steps[: history.index + 1]]
    called = name or unused_name(shorten(history.current.prompt.text, MAX_NAME_CHARS, placeholder=" …"))
    work = state.shared_store().keep_work(COMPARISON, called, state.rater_id(), *states)
    numbers = tuple(range(1, len(states) + 1))
    return open_work(work, history.current), History(history.steps[: len(states)], history.index, numbers)


def unused_name(called: str) -> str:
    """This name; with a number where one of the comparisons that changed last has it already."""
    listed = state.shared_store().find_works(WorkQuery(state.rater_id(), kind=COMPARISON)).works
    taken = {work.name for work in listed}
    names = (called, *(f"{called} · {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def save_copy() -> None:
    """Keep what is on screen as a new work, whatever it was before."""
    here = state.page_state()
    if here.history is None:
        return
    name = copy_name(here.work.name) if here.work else ""
    here.work, here.history = begin_work(History((here.history.current,)), name)


def open_work(work: Work, compare: Comparison, step: int = 0) -> state.OpenWork:
    """What a page remembers of a work that shows this comparison, its state `step`, or the one that it is in."""
    mark, shown = state.shared_store().work_mark(work.id) or WorkMark(work.step, 0, 0), step or work.step
    return state.OpenWork(
        work.id, work.kind, work.name, work.owner, shown, work.changed, mark, compare, shown,
        followed=shown == work.step, deleted=bool(work.deleted),
    )  # fmt: skip


def save_prototypes(compare: Comparison) -> None:
    """Save every prototype that is a work of its own and was changed since it came on screen."""
    here, store = state.page_state(), state.shared_store()
    for key, prototype in compare.panes.items():
        if not prototype.work or (here.work and here.work.id == prototype.work):
            continue
        now = (prototype.id, prototype.name, prototype.about)
        if here.prototypes.setdefault(prototype.work, now) == now:
            continue
        here.prototypes[prototype.work] = now
        work = store.work(prototype.work, state.rater_id())
        if work is None:
            continue
        store.add_step(work.id, comparison_state(compare.only_pane(key)), state.rater_id(), work.step)
        if work.name != prototype.name:
            store.rename_work(work.id, prototype.name)


def keep_prototype_work(compare: Comparison, prototype: Prototype) -> Prototype:
    """The prototype with a work of its own, which is made where it has none."""
    if prototype.work:
        return prototype
    alone = replace(compare, prototypes=(prototype,))
    work = state.shared_store().keep_work(PROTOTYPE, prototype.name, state.rater_id(), comparison_state(alone))
    state.page_state().prototypes[work.id] = (prototype.id, prototype.name, prototype.about)
    return replace(prototype, work=work.id)


def write_address() -> None:
    """Let the address name what is on screen; an address that stands for it already is left as it is."""
    here, now = state.page_state(), st.query_params.to_dict()
    wanted = here.entry
    if here.work and not (here.work.own_step == here.entry_step and names_work(here.entry)):
        wanted = {"work": here.work.id, "step": str(here.work.own_step)}
    if now != wanted:
        st.query_params.from_dict(wanted)
    here.address = wanted


def names_work(address: dict[str, str]) -> bool:
    """Whether an address names the work that is open."""
    work = state.page_state().work
    return bool(work and address.get("work") == work.id)


def changed_part(before: Comparison, after: Comparison) -> str:
    """The one dial that differs between two comparisons; "" where more than one does, or something else."""
    if replace(before, own=after.own) == after:
        return "weather"
    if replace(before, breaking=after.breaking) == after:
        return "fault"
    if replace(before, prototypes=after.prototypes) != after or len(before.prototypes) != len(after.prototypes):
        return ""
    changed = [
        f"{key}: {line.split(': ')[0]}"
        for key, prototype in after.panes.items()
        for line in diff_prototypes(before.panes[key], prototype)
        if ": " in line
    ]
    return changed[0] if len(changed) == 1 else ""


def goes_on(before: Comparison, after: Comparison) -> bool:
    """Whether a change only goes on with the one just made: the same dial, within a few seconds."""
    here, now = state.page_state(), time.monotonic()
    part = changed_part(before, after)
    same = bool(part) and part == here.deed and now - here.deed_at < SAME_DEED_S
    here.deed, here.deed_at = part, now
    return same
