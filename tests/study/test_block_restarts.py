"""Block restarts: which attempt at a step counts, and which block somebody is in the middle of."""

from hypothesis import given
from hypothesis import strategies as st

from components.study.block_restarts import (
    BlockRestart,
    attempt_id,
    attempt_parts,
    block_steps,
    broken_block,
    current_ids,
    read_restarts,
    restarts_text,
)
from tests.study.made_study import frozen

STEPS = frozen().steps(0)
BLOCKS = sorted({step.block for step in STEPS} - {0})
RESTARTS = st.lists(st.sampled_from(BLOCKS), max_size=6).map(
    lambda blocks: tuple(BlockRestart(block, block_steps(STEPS, block), "2026-01-02T00:00:00.000") for block in blocks)
)


@given(RESTARTS)
def test_every_step_has_one_current_attempt_and_its_id_leads_back_to_it(restarts: tuple[BlockRestart, ...]) -> None:
    assert read_restarts(restarts_text(restarts)) == restarts
    ids = current_ids((step.id for step in STEPS), restarts)
    assert len(set(ids.values())) == len(STEPS)
    for step in STEPS:
        times = sum(restart.block == step.block for restart in restarts)
        assert ids[step.id] == attempt_id(step.id, times + 1)
        assert attempt_parts(ids[step.id]) == (step.id, times + 1)


@given(RESTARTS, st.sets(st.sampled_from([step.id for step in STEPS])))
def test_a_block_is_broken_off_where_some_of_its_steps_of_now_are_answered_and_some_are_not(
    restarts: tuple[BlockRestart, ...], answered: set[str]
) -> None:
    ids = current_ids((step.id for step in STEPS), restarts)
    found = broken_block(STEPS, {ids[step] for step in answered}, restarts)
    partly = [
        block for block in BLOCKS if 0 < len(answered & {*block_steps(STEPS, block)}) < len(block_steps(STEPS, block))
    ]
    assert found == (partly[0] if partly else 0)


def test_an_id_that_was_not_made_here_stands_for_itself() -> None:
    for id in ("trial-01~", "trial-01~1", "trial-01~02", "trial-01~x", "trial-01~²", "trial-01~1000", "~", ""):
        assert attempt_parts(id) == (id, 1)
