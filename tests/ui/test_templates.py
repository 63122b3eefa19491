"""The ten worked examples."""

from collections.abc import Callable
from functools import reduce

import pytest

from components.core.comparison import branch_recordings
from components.core.event import answer_text_after
from components.core.layer import Layer
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.scenario import WRONG
from components.core.timeline import Timeline, build_timeline
from components.design.felt_lint import lint_felt
from components.design.lint import lint
from components.layers import ALL_PATTERNS
from components.layers.weather.weather_profiles import WEATHER_PROFILES
from components.prompts.scenarios import bundled_scenarios
from components.ui.design.templates import Template, load_templates
from components.ui.shared.samples import written_recordings

EVERY = pytest.mark.parametrize("template", load_templates(), ids=lambda template: template.prototype.name)


def family_of(recording: Recording) -> tuple[Recording, ...]:
    """An answer and what follows in its conversation."""
    return (recording, *branch_recordings(recording, written_recordings()))


def played(name: str, recordings: tuple[Recording, ...]) -> Timeline:
    """What a template shows first for an answer."""
    [prototype] = [template.prototype for template in load_templates() if template.prototype.name == name]
    return build_timeline(prototype, recordings[0].prompt, replay(recordings), depth=0)


def shown_text(line: Timeline) -> str:
    """The answer's words as they stand at the end."""
    return reduce(answer_text_after, line.events, "")


def wrong_family(recording: Recording) -> tuple[Recording, ...]:
    """The wrong answer to the question of a right one, and what follows."""
    [scenario] = [scenario for scenario in bundled_scenarios() if scenario.prompt == recording.prompt]
    return scenario.recordings(WRONG)


def test_there_are_ten_with_names_of_their_own_and_a_line_about_each() -> None:
    names = {template.prototype.name for template in load_templates()}
    assert len(names) == len(load_templates()) == 10
    assert all(template.prototype.about for template in load_templates())


def test_each_template_is_shown_on_a_scenario_of_its_own() -> None:
    assert len({template.recording.prompt.text for template in load_templates()}) == len(bundled_scenarios()) == 10


@EVERY
def test_a_template_plays_on_a_written_answer_and_nothing_is_remarked(template: Template) -> None:
    assert template.recording.card.scripted
    assert template.recording.prompt == template.recording.prompt.root  # the first of its conversation
    remarks = lint(template.prototype, template.recording.card)
    assert not [remark.text for remark in remarks if "confidence that was written with this answer" not in remark.text]
    seen = build_timeline(template.prototype, template.recording.prompt, replay([template.recording]), depth=0)
    assert not seen.broke and seen.events[-1].kind in ("end", "question")


@EVERY
def test_nothing_felt_is_remarked_on_a_template_as_its_answer_was_written(template: Template) -> None:
    recording = template.recording

    def played_in(*weather: Layer) -> Callable[[Prototype], Timeline]:
        return lambda tried: build_timeline(
            tried.with_weather(*weather), recording.prompt, replay(family_of(recording)), depth=0
        )

    assert lint_felt(template.prototype, played_in(), ALL_PATTERNS) == ()
    for weather in WEATHER_PROFILES.values():
        remarks = lint_felt(template.prototype, played_in(weather), ALL_PATTERNS)
        assert "warning" not in {remark.level for remark in remarks}


@EVERY
def test_a_template_has_one_sign_of_waiting_before_its_first_words(template: Template) -> None:
    seen = build_timeline(template.prototype, template.recording.prompt, replay(family_of(template.recording)), depth=0)
    shapes = {event.data["shape"] for event in seen.events if event.kind == "status"}
    assert len(shapes) <= 1  # nothing changes under somebody who waits


@EVERY
def test_something_is_seen_while_the_answer_is_waited_for(template: Template) -> None:
    seen = build_timeline(template.prototype, template.recording.prompt, replay([template.recording]), depth=0)
    moves = [event.at for event in seen.events if event.kind in ("status", "question")]
    assert moves and moves[0] < 1


@EVERY
def test_every_option_that_a_template_asks_first_has_its_answer(template: Template) -> None:
    line = build_timeline(template.prototype, template.recording.prompt, replay(family_of(template.recording)), depth=1)
    picked = {
        option: line.branches[option] for option in template.recording.prompt.script.options if option in line.branches
    }
    assert not [option for option, branch in picked.items() if branch.broke]
    assert len(picked) in (0, len(template.recording.prompt.script.options))
    assert bool(picked) == ("AskOneQuestion" in [type(layer).__name__ for layer in template.prototype.layers])


def test_the_support_bot_answers_where_it_is_sure_and_offers_a_person_where_it_is_not() -> None:
    [right] = [one.recording for one in load_templates() if one.prototype.name == "Support bot"]
    wrong = wrong_family(right)
    sure, unsure = played("Support bot", family_of(right)), played("Support bot", wrong)
    assert "€64.00 back" in shown_text(sure) and "24 hours" in wrong[0].text
    assert "24 hours" not in shown_text(unsure) and "not sure enough" in shown_text(unsure)
    for line in (sure, unsure):
        [offer] = [event for event in line.events if event.kind == "action"]
        assert offer.data["name"] == "person" and offer.data["open"] == (line is unsure)


def test_the_medical_template_does_not_answer_what_is_doubtful() -> None:
    [right] = [one.recording for one in load_templates() if "Medical" in one.prototype.name]
    shown = shown_text(played("Medical triage, with abstention", wrong_family(right)))
    assert "cool water" not in shown and "cannot answer this" in shown
