"""Remarks on a prototype, and the one step that cures some of them."""

import pytest

from components.core.layer import Layer
from components.core.prototype import Prototype
from components.design.lint import apply_cure, cure_words, lint
from components.layers import ALL_PATTERNS
from components.layers.control.regenerate import Regenerate
from components.layers.control.stable_answer import StableAnswer
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.skeleton import Skeleton
from components.layers.delivery.staged_status import StagedStatus
from components.layers.delivery.streaming import Streaming
from components.layers.delivery.typing_indicator import TypingIndicator
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.raw_error import RawError
from components.layers.failure.visible_retry import VisibleRetry

STACKS: dict[str, tuple[Layer, ...]] = {
    "no delivery": (RawError(),),
    "two deliveries": (Blocking(), Streaming(), RawError()),
    "two signs": (Streaming(), Skeleton(), TypingIndicator(), RawError()),
    "no failure pattern": (Streaming(),),
    "a retry with nothing after it": (Streaming(), VisibleRetry()),
}


@pytest.mark.parametrize("layers", STACKS.values(), ids=STACKS)
def test_one_step_cures_what_it_says_it_cures(layers: tuple[Layer, ...]) -> None:
    prototype = Prototype("Tried", layers)
    [remark] = lint(prototype)
    assert cure_words(remark, ALL_PATTERNS)
    after = apply_cure(prototype, remark, ALL_PATTERNS)
    assert lint(after) == () and after.name == "Tried"


def test_the_step_is_said_in_a_few_words() -> None:
    [remark] = lint(Prototype("", STACKS["two signs"]))
    assert cure_words(remark, ALL_PATTERNS) == "take away skeleton"
    [remark] = lint(Prototype("", STACKS["no failure pattern"]))
    assert cure_words(remark, ALL_PATTERNS) == "add cause and next step"
    [remark] = lint(Prototype("", (Streaming(), Skeleton(), StagedStatus(), TypingIndicator(), RawError())))
    assert cure_words(remark, ALL_PATTERNS) == "take away skeleton and staged status"


def test_another_answer_and_a_stable_one_contradict_each_other_and_one_step_cures_it() -> None:
    both = Prototype("", (Streaming(), CauseAndNextStep(), Regenerate(), StableAnswer()))
    [remark] = lint(both)
    assert cure_words(remark, ALL_PATTERNS) == "take away stable answer"
    assert not lint(apply_cure(both, remark, ALL_PATTERNS))
