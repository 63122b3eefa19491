"""Joining: what others change in the work on screen is put together with what is on this screen, as it happens."""

from components.design.history import History
from components.layers.compare import Comparison
from components.layers.comparison_merge import comparison_changes, is_exchanged, merged_comparison
from components.store import WorkStep
from components.ui.shared import autosave, dial_widgets, screen, state
from components.ui.shared.work_content import comparison_from_content


def join_changes(compare: Comparison) -> Comparison:
    """The comparison on screen with what others changed in it since it was read or saved here, which it takes over;
    as it is while this person has a dial in hand.

    Explained where a part of what they made is not kept here.
    """
    here, store = state.page_state(), state.shared_store()
    work, history = here.work, here.history
    if work is None or history is None or not work.followed or state.is_dial_held():
        return compare
    mark = store.work_mark(work.id)
    if mark is None or mark.same_state(work.mark):
        return compare
    step = store.work_step(work.id, mark.step)
    if step is None:
        return compare
    theirs = comparison_from_content(step.content)
    take_over(theirs, step)
    work.mark, work.kept, work.step, work.saved = mark, theirs, step.step, step.at
    return screen.current_comparison()


def take_over(theirs: Comparison, step: WorkStep) -> None:
    """Put another person's state on screen, with what was changed here and not saved; undo stays one's own."""
    here = state.page_state()
    if here.history is None or here.work is None:
        return
    before, kept, here.deed = here.history.current, here.work.kept, ""
    merged = merged_comparison(kept, before, theirs)
    same_panes = has_same_panes(before, merged)
    if same_panes:
        dial_widgets.turn_widgets(before, merged)
    else:
        here.turned = {}
    screen.put_history(joined_history(here.history, merged, theirs, step.step), dialled=same_panes)
    if comparison_changes(kept, theirs) and step.rater != state.rater_id():
        here.other_change = other_change(step.rater_name, kept, theirs)
        dial_widgets.note_turns(step.rater_name, kept, theirs, merged)
    for prototype in merged.prototypes:
        if prototype.work:
            here.prototypes[prototype.work] = (prototype.id, prototype.name, prototype.about)


def other_change(name: str, before: Comparison, after: Comparison) -> state.OtherChange | None:
    """What a person changed, all since it was told first where they only went on turning a dial; None for nothing."""
    told, part = state.page_state().other_change, autosave.changed_part(before, after)
    goes_on = part and told and (told.name, told.after) == (name, before)
    if told and goes_on and part == autosave.changed_part(told.before, before):
        before = told.before
    lines = comparison_changes(before, after)
    return state.OtherChange(name, lines, before, after) if lines else None


def joined_history(
    history: History[Comparison], merged: Comparison, theirs: Comparison, number: int
) -> History[Comparison]:
    """The history with `merged` on screen; each other state of it differs from that in what was changed here alone."""
    now = history.current
    steps = [merged if n == history.index else merged_comparison(now, old, merged)
             for n, old in enumerate(history.steps)]  # fmt: skip
    numbers = [number if n == history.index and merged == theirs else 0 for n in range(len(steps))]
    return History(tuple(steps), history.index, tuple(numbers), unsaved=merged != theirs)


def has_same_panes(before: Comparison, after: Comparison) -> bool:
    """Whether the same prototypes stand in the same places, whatever was turned in them."""
    pairs = [(before.panes.get(key), after.panes.get(key)) for key in {**before.panes, **after.panes}]
    return all(old is not None and new is not None and not is_exchanged(old, new) for old, new in pairs)


def take_back_change() -> None:
    """Take back what another person changed last, and only that: a change of one's own, which can be undone."""
    here = state.page_state()
    change, here.other_change = here.other_change, None
    if change is None or here.history is None:
        return
    screen.change_comparison(merged_comparison(change.after, change.before, here.history.current))
