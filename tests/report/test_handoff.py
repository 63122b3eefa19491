"""What an engineer is handed: every pattern, moment, failure, word and finding of a prototype."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from components.core.comparison import branch_recordings
from components.core.event import Event
from components.core.faults import FAULT_KINDS
from components.core.layer import Layer, dials_of
from components.core.prompt import Choice, Message, Prompt
from components.core.prototype import Prototype
from components.layers import ALL_PATTERNS
from components.layers.clarification.ask_one_question import AskOneQuestion
from components.layers.clarification.follow_ups import FollowUps
from components.layers.clarification.options import Options
from components.layers.confidence.badge import Badge
from components.layers.confidence.verbal_hedge import HEDGES, VerbalHedge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.staged_status import StagedStatus
from components.layers.delivery.streaming import Streaming
from components.layers.failure.cause_and_next_step import CauseAndNextStep
from components.layers.failure.fault_words import FAULT_WORDS as WORDS
from components.layers.failure.keep_partial import KeepPartial
from components.layers.failure.raw_error import RawError
from components.layers.weather.fault import Fault
from components.layers.weather.latency_profile import LatencyProfile
from components.report.document import Paragraph, Table, escape_markdown
from components.report.handoff.end_picture import BOX_TITLES, EndPicture, event_box, plain_lines, plain_text
from components.report.handoff.product_copy import (
    BUTTONS,
    CONFIDENCE,
    COPY_GROUPS,
    FAILURES,
    MEASURED_MEANING,
    copy_groups,
)
from components.report.handoff.program import Program, program_for_any_model
from components.report.handoff.specification import Handoff
from components.report.pdf import make_pdf
from components.report.results.study_backing import backings_for
from components.store import Store
from components.ui.design.templates import Template, load_templates
from components.ui.shared.samples import sample_recordings, starting_prototypes, written_recordings
from tests.store.made import PROTOTYPES, crowd

HOSTILE = (
    "x" * 5000, "مرحبا بالعالم", "👩‍👩‍👧 你好 \u202e#hidden\x00\x1b[31m\ud800",
    "$x$ #panic() *b* \\ `raw` <a> @b // c /* d",
    "a\n# b | <img src=x> `c` [d](javascript:e)", "1. one\n---", "",
)  # fmt: skip


def handed(*layers: Layer, **more: object) -> Handoff:
    return Handoff(Prototype("One", layers), sample_recordings()[0], **more)  # type: ignore[arg-type]


def product_copy(made: Handoff) -> Mapping[str, tuple[str, ...]]:
    return copy_groups(made.prototype, made.rehearsal.all_events)


@pytest.mark.parametrize("prototype", starting_prototypes(), ids=lambda prototype: prototype.name)
def test_every_pattern_and_fault_is_told(prototype: Prototype) -> None:
    made = Handoff(prototype, sample_recordings()[0])
    told = made.document.markdown()
    assert told.startswith(f"# {prototype.name}\n")
    assert all(f"| {escape_markdown(name)} |" in told for name in made.rehearsal.fault_timelines)
    assert prototype.id in told and sample_recordings()[0].id in told
    assert told.count("\n## ") == 9
    stack = told[told.index("\n## Patterns") : told.index("\n## Time budgets")]
    assert stack.count("\n### ") == len(prototype.layers)


def test_the_faults_are_those_that_the_weather_can_make_and_those_of_an_endpoint() -> None:
    kinds = next(spec.choices for spec in dials_of(Fault) if spec.name == "kind")
    told = handed(Streaming()).rehearsal.fault_timelines
    assert {FAULT_KINDS[kind].title for kind in kinds} < set(told)
    assert "Key not accepted (401, 403)" in told


def test_it_opens_with_a_picture_and_a_paragraph_and_ids_stand_at_the_end() -> None:
    made = handed(Streaming(), Badge(), CauseAndNextStep())
    told = made.document.markdown()
    picture, facts, ids = (
        told.index("| The person asks |"),
        told.index("| Answered by |"),
        told.index(made.prototype.id),
    )
    assert picture < told.index("| Badge |") < told.index("Shows the answer while it is written") < facts < ids
    assert told.rindex("\n## ") < ids


@pytest.mark.parametrize("template", load_templates(), ids=lambda template: template.prototype.name)
def test_the_picture_shows_what_is_left_on_the_screen(template: Template) -> None:
    family = (template.recording, *branch_recordings(template.recording, written_recordings()))
    made = Handoff(template.prototype, family[0], further=family[1:])
    picture = made.opening()[0]
    assert isinstance(picture, EndPicture)
    ended = made.rehearsal.whole_timeline.events
    kinds = {event.kind for event in ended if event.kind in BOX_TITLES and event.text.strip()}
    assert kinds <= {box.kind for box in picture.boxes} and picture.boxes[0].kind == "asked"


def test_a_remark_on_a_badge_is_a_sentence_of_its_own_in_the_picture() -> None:
    legend = "The answer was cut."
    for text, shown in (("Low confidence", f"Low confidence. {legend}"), ("Is it sure?", f"Is it sure? {legend}")):
        assert event_box(Event(1.0, "badge", text, {"legend": legend})).text == shown
    assert event_box(Event(1.0, "badge", "Low confidence")).text == "Low confidence"


def test_what_is_asked_after_the_answer_is_not_answered_for_the_picture() -> None:
    [tutor] = [template for template in load_templates() if template.prototype.name == "Tutor"]
    family = (tutor.recording, *branch_recordings(tutor.recording, written_recordings()))
    made = Handoff(tutor.prototype, family[0], further=family[1:])
    chosen = [choice.option for choice in made.rehearsal.played_prompt.choices]
    assert chosen == list(tutor.recording.prompt.script.options[:1])


def test_what_a_person_said_in_the_pane_is_what_the_hand_off_shows() -> None:
    [tutor] = [template for template in load_templates() if template.prototype.name == "Tutor"]
    family = (tutor.recording, *branch_recordings(tutor.recording, written_recordings()))
    first = Handoff(tutor.prototype, family[0], further=family[1:])
    [asked] = [choice.question for choice in first.rehearsal.played_prompt.choices]
    last = tutor.recording.prompt.script.options[-1]
    made = replace(first, chosen=(Choice(asked, last), Choice("Another question?", "Nothing")))
    assert [choice.option for choice in made.rehearsal.played_prompt.choices] == [last]
    assert first.opening()[0] != made.opening()[0]
    assert f"after “{last}” was chosen" in str(made.budgets())


def test_each_option_is_told_with_its_own_answer() -> None:
    [tutor] = [template for template in load_templates() if template.prototype.name == "Tutor"]
    family = (tutor.recording, *branch_recordings(tutor.recording, written_recordings()))
    [table] = Handoff(tutor.prototype, family[0], further=family[1:]).option_table()
    assert isinstance(table, Table) and len(table.rows) == len(tutor.recording.prompt.script.options)
    assert len({begins for _, begins in table.rows}) == len(table.rows)


def test_a_program_for_any_model_says_nothing_that_was_measured_with_another() -> None:
    [careful] = [prototype for prototype in starting_prototypes() if prototype.name == "Streaming, careful"]
    made = program_for_any_model(careful)
    assert "were right" in json.dumps(Program(careful).to_json())
    assert "were right" not in json.dumps(made.to_json())
    assert "measured with SmolLM2-135M-Instruct alone" in made.files("ts")["main.ts"]
    assert made.prototype.summary == careful.summary


def test_the_budgets_are_the_timelines_own() -> None:
    made = handed(Blocking(), RawError())
    assert f"| First words | {made.rehearsal.whole_timeline.first:.2f} s |" in made.document.markdown()
    assert f"| Complete | {made.rehearsal.whole_timeline.complete:.2f} s |" in made.document.markdown()


def test_the_weather_it_was_judged_in_is_named() -> None:
    calm, stormy = handed(Streaming()), handed(Streaming(), weather=(LatencyProfile(first=5.0),))
    assert calm.document.facts["In weather"] == "As recorded."
    assert stormy.document.facts["In weather"] == "Latency profile: first word after 5 s."
    assert stormy.rehearsal.whole_timeline.first == 5.0


def test_a_raw_error_is_no_copy_and_a_plain_one_is() -> None:
    raw, plain = product_copy(handed(Blocking(), RawError())), product_copy(handed(Blocking(), CauseAndNextStep()))
    assert "Error" not in str(raw)
    assert {WORDS["server"].plain, WORDS["key"].do} < set(plain[FAILURES])


def test_every_level_of_confidence_is_copy_also_where_this_recording_has_another() -> None:
    copy = product_copy(Handoff(starting_prototypes()[2], sample_recordings()[0]))
    assert {f"{level} confidence" for level in ("High", "Medium", "Low")} < set(copy[CONFIDENCE])
    hedged = product_copy(handed(Streaming(), VerbalHedge(), RawError()))
    assert any(HEDGES["first person", "medium"].strip() in text for text in hedged[CONFIDENCE])


def test_what_was_measured_with_one_model_and_what_one_conversation_said_are_no_copy() -> None:
    careful = product_copy(Handoff(starting_prototypes()[2], sample_recordings()[0]))
    assert MEASURED_MEANING in careful[CONFIDENCE] and "SmolLM2" not in str(careful)
    [support] = [template for template in load_templates() if template.prototype.name == "Support bot"]
    family = (support.recording, *branch_recordings(support.recording, written_recordings()))
    made = Handoff(support.prototype, family[0], further=family[1:])
    copy = product_copy(made)
    assert {"Your question: …", "The answer so far: …", "Talk to a colleague"} <= set(copy[BUTTONS])
    assert "4471" not in str(copy) and "\\*\\*" not in made.document.markdown()
    assert "cannot be shown" not in str(copy)


def test_the_copy_is_sorted_by_where_it_stands() -> None:
    for template in load_templates():
        copy = product_copy(Handoff(template.prototype, template.recording))
        assert list(copy) == [group for group in COPY_GROUPS if group in copy]
        assert all(len(texts) == len(set(texts)) and all(texts) for texts in copy.values())


def test_what_is_asked_first_is_answered_before_the_times_are_told() -> None:
    made = handed(Options(when="always", options="Short\nLong"), Streaming(), CauseAndNextStep())
    assert made.rehearsal.whole_timeline.first is not None
    assert "after “Short” was chosen" in str(made.budgets())
    assert made.rehearsal.fault_timelines["Server error (5xx)"].events[-1].kind == "failure"
    assert "What matters most to you here?" in str(made.product_words()) and "Long" in str(made.product_words())


def test_a_question_below_any_answer_is_no_sign_that_something_went_wrong() -> None:
    told = handed(Streaming(), FollowUps(), CauseAndNextStep()).failures()[0]
    assert isinstance(told, Table)
    [wrong] = [row for row in told.rows if row[0] == "Wrong answer"]
    assert "Nothing says that anything went wrong." in wrong[2] and "“" not in wrong[2]


def test_signs_of_markdown_do_not_stand_in_the_picture() -> None:
    assert plain_text("## So **2 * 3** is *six*, `a_b` and _not_ 5*4*3.") == "So 2 * 3 is six, a_b and not 5*4*3."
    assert plain_text("# C# or #3?\nA `# b`") == "C# or #3? A # b"
    assert plain_lines("**One**\n\n- two\n2. three") == "One\n• two\n2. three"
    assert plain_lines("word " * 500).endswith("…") and len(plain_lines("word " * 500)) < 430


def test_nobody_rated_it_yet() -> None:
    assert handed(Streaming()).study_results() == (Paragraph("Nobody has rated it yet."),)


def test_what_people_said_is_what_the_results_say(tmp_path: Path) -> None:
    store = crowd(crowd(Store.open(tmp_path), 24), 3, "few")
    found = backings_for(PROTOTYPES[1].id, store.comparisons(), store.frame)
    told = replace(handed(Streaming()), backings=found).document.markdown()
    assert "### Blocking / Streaming / Streaming, careful · 24 people" in told
    assert "faster than Blocking" in told and "as long (" in told and "n = 24" in told
    assert "Too early to call which one feels faster to the first words. 3 people so far" in told
    assert "24 people gave 312 ratings" in told
    assert backings_for("another prototype", store.comparisons(), store.frame) == ()
    store.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup_and_all_of_it_is_printed(text: str) -> None:
    recording = replace(sample_recordings()[0], prompt=Prompt((Message("user", text),)))
    layers = (Blocking(), StagedStatus(steps=text), KeepPartial(label=text))
    made = Handoff(Prototype(text, layers, about=text), recording).document
    told = made.markdown()
    assert not re.search(r"\n# b|\n---|(?<!\\)(<img|`c|\]\(|\*b)", told)
    assert make_pdf(made).startswith(b"%PDF")


def test_a_pdf_is_tagged_and_keeps_to_the_standard_for_reading_aloud() -> None:
    made = make_pdf(Handoff(starting_prototypes()[2], sample_recordings()[0]).document)
    assert b"/StructTreeRoot" in made and b"pdfuaid" in made and b"/Lang" in made


def test_a_table_in_markdown_has_as_many_cells_in_each_line() -> None:
    lines = Table(("a", "b|c"), (("1 | 2", "`x`"), ("- 3", "4"))).markdown()
    assert lines == ("| a | b\\|c |", "|---|---|", "| 1 \\| 2 | \\`x\\` |", "| \\- 3 | 4 |")


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=lambda kind: kind.__name__)
def test_any_pattern_can_be_handed_off(kind: type[Layer]) -> None:
    assert handed(kind()).document.markdown()


def test_what_is_no_part_of_the_code_says_so_with_the_reason() -> None:
    told = handed(Streaming(), AskOneQuestion()).document.markdown()
    assert told.count("Not part of the code that comes with this") == 1 and "a product has no such pack" in told
