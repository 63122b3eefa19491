"""The ten worked examples."""

import pytest

from components.core.prompt import Prompt
from components.core.recording import replay
from components.core.timeline import build_timeline
from components.design.lint import lint
from components.prompts.bundled_recordings import bundled_recordings
from components.tools.record_packs import recording_key, template_turns
from components.ui.design.templates import Template, load_templates


def test_there_are_ten_with_names_of_their_own_and_a_line_about_each() -> None:
    names = {template.prototype.name for template in load_templates()}
    assert len(names) == len(load_templates()) == 10
    assert all(template.prototype.about for template in load_templates())


@pytest.mark.parametrize("template", load_templates(), ids=lambda template: template.prototype.name)
def test_a_template_plays_on_a_real_answer_and_nothing_is_remarked(template: Template) -> None:
    assert template.recording.card.provider == "bundled"
    assert template.recording.prompt == Prompt.from_typed(
        template.recording.prompt.text
    )  # the first of its conversation
    assert not [remark.text for remark in lint(template.prototype, template.recording.card)]
    seen = build_timeline(template.prototype, template.recording.prompt, replay([template.recording]), depth=0)
    assert not seen.broke and seen.events[-1].kind in ("end", "question")


def test_every_step_that_one_press_reaches_is_recorded() -> None:
    known = {recording_key(recording.prompt): recording for recording in bundled_recordings()}
    assert not template_turns(known), "python -m components.tools.record_packs records what is missing"
