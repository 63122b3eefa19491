"""What an engineer is handed: every pattern, moment, failure and word of a prototype."""

import pytest

from components.core.prototype import Prototype
from components.layers import KNOWN
from components.layers.delivery.blocking import Blocking
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.raw_error import RawError
from components.layers.failure.words import FAULTS as WORDS
from components.report.handoff import FAULTS, Handoff
from components.ui.compare import samples, starters


@pytest.mark.parametrize("prototype", starters(), ids=lambda prototype: prototype.name)
def test_every_pattern_dial_and_fault_is_told(prototype: Prototype) -> None:
    told = Handoff(prototype, samples()[0]).markdown()
    assert told.startswith(f"# {prototype.name}\n")
    assert all(f"| {name} |" in told for name in FAULTS.values())
    assert prototype.id in told and samples()[0].id in told
    assert told.count("\n## ") == 8


def test_the_budgets_are_the_timelines_own() -> None:
    made = Handoff(Prototype("Late", (Blocking(), RawError())), samples()[0])
    assert f"| first words | {made.played().first:.2f} s |" in made.markdown()
    assert f"| complete | {made.played().complete:.2f} s |" in made.markdown()


def test_a_raw_error_is_no_copy_and_a_plain_one_is() -> None:
    raw = Handoff(Prototype("Raw", (Blocking(), RawError())), samples()[0]).copy()
    plain = Handoff(Prototype("Plain", (Blocking(), CauseAndNextStep())), samples()[0]).copy()
    assert not any("Error" in line for line in raw)
    assert f"- {WORDS['server'].plain}" in plain


def test_what_people_said_and_what_nobody_said() -> None:
    prototype = starters()[0]
    assert "Nobody has rated it yet." in Handoff(prototype, samples()[0]).markdown()
    assert "B feels faster." in Handoff(prototype, samples()[0], verdicts=("B feels faster.",)).markdown()


def test_a_hostile_name_cannot_become_markup() -> None:
    told = Handoff(Prototype("a\n# b | <img src=x> `c`", (Blocking(),)), samples()[0]).markdown()
    assert "\n# b" not in told and "<img" not in told


@pytest.mark.parametrize("kind", KNOWN.values(), ids=lambda kind: kind.__name__)
def test_any_pattern_can_be_handed_off(kind: type) -> None:
    assert Handoff(Prototype("Alone", (kind(),)), samples()[0]).markdown()
