"""Joining: what others change in the work on screen is put together with what is on this screen, as it happens."""

from components.core.layer import dials_of, pattern_title
from components.core.prototype import Prototype
from components.design.history import History
from components.layers.compare import Comparison
from components.layers.comparison_merge import by_pattern, comparison_changes, is_exchanged, merged_comparison
from components.store import WorkStep
from components.ui.shared import dials, screen, state
from components.ui.shared.work_content import comparison_from_content


def join_changes(compare: Comparison) -> Comparison:
    """The comparison on screen with what others changed in it since it was read or saved here, which it takes over.

    Explained where a part of what they made is not kept here.
    """
    here, store = state.page_state(), state.shared_store()
    work, history = here.work, here.history
    if work is None or history is None or not work.followed:
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
    turn_widgets(before, merged)
    screen.put_history(joined_history(here.history, merged, theirs, step.step), dialled=has_same_panes(before, merged))
    lines = comparison_changes(kept, theirs)
    if lines and step.rater != state.rater_id():
        here.other_change = state.OtherChange(step.rater_name, lines, kept, theirs)
    for prototype in merged.prototypes:
        if prototype.work:
            here.prototypes[prototype.work] = (prototype.id, prototype.name, prototype.about)


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


def turn_widgets(before: Comparison, after: Comparison) -> None:
    """Let the dials that are drawn show what others turned; one that is being turned here stays as it is."""
    if not has_same_panes(before, after):
        return
    for key, prototype in after.panes.items():
        turn_pane_widgets(key, before.panes[key], prototype)
    for spec in dials_of(type(after.own)):
        turn_widget(f"dial-weather-{type(after.own).__name__}-{spec.name}", *(getattr(side.own, spec.name)
                    for side in (before, after)))  # fmt: skip


def turn_pane_widgets(key: str, old: Prototype, new: Prototype) -> None:
    """The same for the name, the patterns and the dials of one pane."""
    turn_widget(f"name-{key}", old.name, new.name)
    for family in dials.DIAL_FAMILIES:
        titles = [[pattern_title(type(layer)) for layer in side.layers_of(family)] for side in (old, new)]
        turn_widget(f"family-{key}-{family.name}", *titles)
    stacks = by_pattern(old), by_pattern(new)
    for name in stacks[0].keys() & stacks[1].keys():
        for spec in dials_of(type(stacks[0][name])):
            turn_widget(f"dial-{key}-{name}-{spec.name}", *(getattr(stack[name], spec.name) for stack in stacks))


def turn_widget(name: str, old: object, new: object) -> None:
    """Set a dial that is drawn to `new`, where it still shows `old`."""
    key = dials.fresh_key(name)
    if old != new and state.read_widget(key) == old:
        state.set_widget(key, new)


def take_back_change() -> None:
    """Take back what another person changed last, and only that: a change of one's own, which can be undone."""
    here = state.page_state()
    change, here.other_change = here.other_change, None
    if change is None or here.history is None:
        return
    screen.change_comparison(merged_comparison(change.after, change.before, here.history.current))
