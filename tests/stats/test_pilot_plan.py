"""A pilot plans length and number of people by how far people differ, and never by who is ahead."""

import random
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.report.study import pilot_sentences
from components.stats.interval import Interval
from components.stats.pilot_plan import (
    PilotFacts,
    left_share,
    people_for_spread,
    pilot_facts,
    pilot_people,
    pooled_spread,
)
from components.store.study_people_frame import study_frames
from components.study.study_item import StudyItem
from components.study.study_steps import StudyStep
from tests.study.made_people import answer_plainly, made_people
from tests.study.made_study import ARMS, frozen, made_study

TWO = {"arms": ARMS[:2], "battery": ("trust",), "instruments": {}, "attention_checks": 0}


@pytest.mark.parametrize(
    ("design", "effect", "people"),
    [("within", 2.0, 199), ("within", 3.0, 90), ("within", 5.0, 34), ("between", 5.0, 128)],
)
def test_the_people_of_one_claim_are_those_of_the_usual_tables(design: str, effect: float, people: int) -> None:
    assert people_for_spread(made_study(design=design, **TWO), 10.0, effect) == people


def test_a_spread_and_its_interval_are_those_of_the_chi_squared_distribution() -> None:
    found = pooled_spread([np.array([1.0, 2.0, 3.0, 4.0, 5.0])], is_paired=True)
    assert found.estimate == pytest.approx(sqrt(2.5))  # 4 degrees of freedom: 7.7794 and 1.0636
    assert (found.low, found.high) == pytest.approx((sqrt(10 / 7.7794), sqrt(10 / 1.0636)), rel=1e-4)


@given(st.lists(st.floats(-50, 50), min_size=5, max_size=12, unique=True), st.floats(-80, 80))
@settings(max_examples=40)
def test_who_is_ahead_changes_nothing(values: list[float], shift: float) -> None:
    rounded = np.round(np.array(values), 3)
    one, other = (pooled_spread([rounded + by], is_paired=True) for by in (0.0, round(shift, 3)))
    assert one.estimate == pytest.approx(other.estimate, abs=1e-6)


def test_five_people_give_a_range_and_no_word_of_who_is_ahead() -> None:
    study = frozen(wanted=24, **TWO)

    def answer(rng: random.Random, step: StudyStep, item: StudyItem) -> object:
        return rng.randint(20, 90) if item.name == "trust" else answer_plainly(rng, step, item)

    facts = pilot_facts(study.study, study_frames(study, made_people(study, 5, answer)), left=1)
    assert (facts.started, facts.complete, facts.left, facts.minutes) == (5, 5, 1, (9.0,) * 5)
    assert facts.spread is not None and facts.spread.item == "trust"
    people = pilot_people(study.study, facts.spread.spread, 8)
    assert people.low < people.estimate < people.high and {people.low % 2, people.high % 2} == {0}
    said = [
        *pilot_sentences.length_sentences(facts, 9.0), pilot_sentences.dropout_sentence(facts, 24),
        pilot_sentences.spread_sentence(facts.spread, "within"),
        pilot_sentences.people_sentence(people, 8, "trust", 24),
    ]  # fmt: skip
    assert "5 people took 9 minutes" in said[0] and "25 to 55 have to begin" in said[2]
    assert not any(arm.name in " ".join(said) for arm in study.study.arms)


@pytest.mark.parametrize(("wanted", "words"), [(20, "are too few"), (60, "cannot be told yet"), (200, "are enough")])
def test_the_planned_number_is_judged_only_where_the_whole_range_says_so(wanted: int, words: str) -> None:
    assert words in pilot_sentences.people_sentence(Interval(60.0, 30.0, 200.0, 5), 8, "trust", wanted)


def test_a_long_study_and_one_that_nobody_left_are_told_as_that() -> None:
    facts = PilotFacts(5, 5, 0, (22.0, 25.0, 31.0), None)
    assert "fewer questions" in pilot_sentences.length_sentences(facts, 20.0)[1]
    assert "Announce 12" in pilot_sentences.length_sentences(replace(facts, minutes=(12.0,)), 8.0)[1]
    assert pilot_sentences.length_sentences(replace(facts, minutes=()), 8.0) == []
    assert "up to 43 % may, of so few" in pilot_sentences.dropout_sentence(facts, 24)
    assert left_share(facts).estimate == 0


def test_who_was_deleted_after_completing_it_did_not_leave() -> None:
    facts = PilotFacts(12, 5, 2, (9.0,) * 5, None, deleted=3)
    assert left_share(facts).estimate == 0.2 and left_share(facts).n == 10
    assert "2 of 10 left before the end" in pilot_sentences.dropout_sentence(facts, 24)
