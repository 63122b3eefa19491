"""A prototype on its way: back, forward, and what changed."""

from components.core.own_model import ModelAddress, OwnModel
from components.core.prototype import Prototype
from components.design.history import MAX_UNDO_STEPS, History, diff_prototypes
from components.layers.confidence.badge import Badge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.raw_error import RawError

PLAIN = Prototype("Plain", (Blocking(), RawError()))


def history_of(*names: str) -> History[Prototype]:
    history = History((PLAIN,))
    for name in names:
        history = history.with_step(named(name))
    return history


def named(name: str) -> Prototype:
    return Prototype(name, PLAIN.layers)


def test_steps_go_back_and_forward_and_stop_at_the_ends() -> None:
    history = history_of("B", "C")
    assert [history.current.name, history.back.current.name, history.back.back.back.current.name] == ["C", "B", "Plain"]
    assert history.back.forward == history and history.forward == history


def test_a_new_step_takes_the_place_of_what_was_taken_back() -> None:
    history = history_of("B", "C").back.with_step(named("D"))
    assert [step.name for step in history.steps] == ["Plain", "B", "D"] and history.current.name == "D"


def test_a_step_that_goes_further_is_still_one_step() -> None:
    history = history_of("B", "C").back.with_current(named("D"))
    assert [step.name for step in history.steps] == ["Plain", "D"] and history.back.current == PLAIN


def test_nothing_changed_is_no_step() -> None:
    assert History((PLAIN,)).with_step(Prototype("Plain", PLAIN.layers)).steps == (PLAIN,)


def test_only_so_many_steps_are_kept() -> None:
    history = history_of(*map(str, range(MAX_UNDO_STEPS + 20)))
    assert len(history.steps) == MAX_UNDO_STEPS and history.current.name == str(MAX_UNDO_STEPS + 19)


def test_a_diff_is_read_like_a_list_of_changes() -> None:
    after = Prototype("Careful", (Streaming(cursor=False), Badge(high=0.8)))
    before = Prototype("Plain", (Streaming(), Badge(), RawError()))
    assert diff_prototypes(before, after) == (
        "Renamed from “Plain” to “Careful”", "Took away Raw error", "Streaming, show a cursor: yes → no",
        "Badge, high from: 0.75 → 0.8",
    )  # fmt: skip
    assert diff_prototypes(before, before) == ()


def test_another_model_in_a_pane_is_told_by_its_name() -> None:
    calm = Prototype("Calm", (Streaming(),))
    own = calm.with_own_model(OwnModel("Ada", ModelAddress("person", "1")))
    assert diff_prototypes(calm, own) == ("Answered by Ada",)
    assert diff_prototypes(own, calm) == ("Answered by the same model as the other panes",)
    assert diff_prototypes(own, calm.with_own_model(OwnModel("Ben"))) == ("Answered by Ben",)
    assert diff_prototypes(own, calm.with_own_model(OwnModel("Ada"))) == ()
