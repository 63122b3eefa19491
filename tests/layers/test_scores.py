"""Facts about the five kinds of score, and about badges that say what they mean."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.calibration import OTHER_KIND_REMARK
from components.core.card import Card
from components.core.comparison import PaneComparison
from components.core.event import Event, Stream
from components.core.prompt import Prompt
from components.core.prototype import Prototype, release_tokens, visible_events
from components.core.recording import Recording, replay
from components.core.vocabulary import EventKind
from components.design.lint import lint
from components.layers.added_content import ORIGIN_MODEL
from components.layers.clarification.options import Options
from components.layers.confidence.agreement import agreement_share, answers_agree
from components.layers.confidence.badge import Badge
from components.layers.confidence.low_confidence_alert import LowConfidenceAlert
from components.layers.confidence.percentage import Percentage
from components.layers.confidence.score import (
    CLASS_PROBABILITY,
    LOWEST_SPAN,
    MEAN_PROBABILITY,
    OWN_ESTIMATE,
    SAMPLE_COUNT,
    SCORE_SOURCES,
    SELF_CONSISTENCY,
    available_sources,
    score_from_tokens,
    sources_for_recording,
)
from components.layers.confidence.score_by_asking import CONFIDENCE_PROMPT, MIN_SAMPLES, parse_percentage
from components.layers.confidence.scored_layer import ScoredLayer
from components.layers.confidence.verbal_hedge import VerbalHedge
from components.layers.delivery.streaming import Streaming
from components.layers.failure.keep_partial import KeepPartial
from components.layers.transparency.citations import Citations
from tests.core.calibrated import CARD, calibration
from tests.layers.streams import Scripted, heard, kinds, said, shown

QUESTION = "What is the capital of Australia?"
ASKED = Prompt.from_typed(QUESTION)


def tokens(*probabilities: float | None) -> list[dict[str, Any]]:
    return [{"logprob": None if p is None else math.log(p)} for p in probabilities]


class Many:
    """A model with one answer for each attempt, and one for being asked how sure it is."""

    def __init__(self, *texts: str, sure: str = "", last: EventKind = "end") -> None:
        self.texts, self.sure, self.last = texts, sure, last
        self.asked: list[Prompt] = []

    def __call__(self, prompt: Prompt) -> Stream:
        self.asked.append(prompt)
        if prompt.conversation[-1].text == CONFIDENCE_PROMPT:
            yield from release_tokens(Scripted(said(self.sure)))(prompt)
        else:
            text = self.texts[min(prompt.attempt, len(self.texts) - 1)]
            yield from release_tokens(Scripted(said(text, last=self.last if prompt.attempt else "end")))(prompt)


def test_the_lowest_span_is_the_worst_run_of_five() -> None:
    sure_and_one_doubt = tokens(*[0.9] * 6, 0.1, *[0.9] * 6)
    assert score_from_tokens(LOWEST_SPAN, sure_and_one_doubt) == pytest.approx((0.9**4 * 0.1) ** 0.2)
    assert score_from_tokens(LOWEST_SPAN, tokens(0.5, None, 0.3)) == pytest.approx(math.sqrt(0.15))


@given(st.lists(st.floats(1e-9, 1), min_size=1, max_size=30))
def test_the_lowest_span_is_never_above_the_mean(probabilities: list[float]) -> None:
    lowest, mean = (score_from_tokens(source, tokens(*probabilities)) for source in (LOWEST_SPAN, MEAN_PROBABILITY))
    assert lowest is not None and mean is not None and 0 <= lowest <= 1
    assert len(probabilities) % 5 or lowest <= mean + 1e-12
    assert lowest >= min(probabilities) - 1e-12


def test_the_class_probability_is_that_of_the_whole_label() -> None:
    assert score_from_tokens(CLASS_PROBABILITY, tokens(0.7)) == pytest.approx(0.7)
    assert score_from_tokens(CLASS_PROBABILITY, tokens(0.7, 0.5)) == pytest.approx(0.35)


@pytest.mark.parametrize(
    ("known", "sources"),
    [
        ({"probabilities": True}, (MEAN_PROBABILITY, LOWEST_SPAN, SELF_CONSISTENCY, OWN_ESTIMATE)),
        ({"probabilities": False}, (SELF_CONSISTENCY, OWN_ESTIMATE)),
        ({"probabilities": True, "others": False}, (MEAN_PROBABILITY, LOWEST_SPAN)),
        ({"probabilities": False, "others": False}, ()),
        ({"probabilities": True, "classes": True}, (CLASS_PROBABILITY,)),
    ],
)
def test_only_the_kinds_of_score_that_work_are_offered(known: dict[str, bool], sources: tuple[str, ...]) -> None:
    assert available_sources(**known) == sources


def test_what_was_recorded_says_which_kinds_of_score_work() -> None:
    silent = [replace(event, data={}) for event in said("Canberra")]
    sorts = replace(CARD, settings={"task": "text-classification"})
    assert sources_for_recording(Recording(ASKED, CARD, tuple(said("Canberra", logprob=0.0)))) == available_sources(
        True
    )
    assert sources_for_recording(Recording(ASKED, CARD, tuple(silent))) == available_sources(False)
    assert sources_for_recording(Recording(ASKED, sorts, tuple(said("animal")))) == (CLASS_PROBABILITY,)


def test_every_kind_of_score_says_how_it_is_made_and_what_it_is_blind_to() -> None:
    for source in SCORE_SOURCES.values():
        assert source.about.endswith(".") and source.limit.endswith(".") and source.short.endswith(".")
        assert len(source.about) < 140 and len(source.limit) < 140


@pytest.mark.parametrize(
    ("one", "other", "question", "same"),
    [
        ("The capital of Australia is Canberra.", "Canberra", QUESTION, True),
        ("Canberra is the capital. It has lakes.", "It is **Canberra**!", QUESTION, True),
        ("Canberra, a lively city with many lakes", "Canberra", QUESTION, True),
        ("Canberra, a lively city", "Sydney is a city", QUESTION, False),
        ("The capital is Canberra.", "The capital is Sydney.", QUESTION, False),
        ("Yes, it is.", "No, it is not.", "Is water wet?", False),
        ("A tomato is a fruit.", "It's a fruit.", "Is a tomato a fruit or a vegetable?", True),
        ("A tomato is a fruit.", "A tomato is a vegetable.", "Is a tomato a fruit or a vegetable?", False),
        ("About 1,000 metres", "1000 metres", "How far is it?", True),
        ("3.14", "3.15", "What is pi?", False),
        ("Bogotá", "bogota", "What is the capital of Colombia?", True),
        ("", "Canberra", QUESTION, False),
        ("", "...", QUESTION, True),
    ],
)
def test_answers_agree_by_the_words_that_matter(one: str, other: str, question: str, same: bool) -> None:
    assert answers_agree(one, other, question) is same
    assert answers_agree(other, one, question) is same


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_answer_agrees_with_itself_whatever_was_asked(text: str, question: str) -> None:
    assert answers_agree(text, text, question)
    assert agreement_share(text, [text] * 5, question) == pytest.approx(6 / 7)


@pytest.mark.parametrize(
    ("reply", "score"),
    [
        ("85 %", 0.85), ("85%", 0.85), ("I am 85 percent sure.", 0.85), ("90", 0.9), (" 90. ", 0.9), ("12.5%", 0.125),
        ("0 %", 0.0), ("100 %", 1.0), ("It is 85 %, yes, 85 %.", 0.85), ("", None), ("Very sure!", None),
        ("250 %", None), ("Between 60 % and 80 %", None), ("The year 1990", None), ("-5 apples", None),
    ],
)  # fmt: skip
def test_a_percentage_is_read_where_there_is_just_one(reply: str, score: float | None) -> None:
    assert parse_percentage(reply) == score


@given(st.text(max_size=80))
def test_any_reply_is_a_share_or_nothing(reply: str) -> None:
    found = parse_percentage(reply)
    assert found is None or 0 <= found <= 1


def test_self_consistency_asks_further_attempts_and_shows_nothing_of_them() -> None:
    model = Many("It is Canberra.", "Canberra!", "It is Sydney.", "Canberra is it", "Sydney", "Canberra")
    seen = list(Percentage(source=SELF_CONSISTENCY).play(ASKED, model))
    assert [prompt.attempt for prompt in model.asked] == [0, 1, 2, 3, 4, 5]
    assert shown(seen) == "It is Canberra."
    assert [event.text for event in seen if event.kind == "badge"] == ["57 % confident"]  # (3 + 1) / (5 + 2)
    assert kinds(seen)[-2:] == ["badge", "end"]


def test_the_verdict_waits_for_the_slowest_of_the_further_answers() -> None:
    model = Many("Canberra", "It is Canberra, of course", "Canberra")
    *_, badge, end = Badge(source=SELF_CONSISTENCY).play(ASKED, model)
    assert badge.at == end.at == pytest.approx(0.5 + 0.5 + 4 * 0.1)


def test_an_answer_told_again_in_place_of_another_attempt_is_no_agreement() -> None:
    first = Recording(ASKED, CARD, tuple(said("Canberra")))
    others = [Recording(replace(ASKED, attempt=n), CARD, tuple(said("Sydney"))) for n in range(1, SAMPLE_COUNT + 1)]
    layer = Prototype("", (Badge(source=SELF_CONSISTENCY),))
    alone, all_made = (visible_events(layer, ASKED, replay(known)) for known in ([first], [first, *others]))
    assert "badge" not in kinds(alone) and "not known here" in alone[-2].text
    assert all_made[-2].data["level"] == "low"


@pytest.mark.parametrize("source", [SELF_CONSISTENCY, OWN_ESTIMATE])
@pytest.mark.parametrize("layer", [Badge, VerbalHedge])
def test_nothing_more_is_asked_after_a_break_or_a_stop(source: str, layer: type[ScoredLayer]) -> None:
    for last in (Event(1, "error", "boom", {"fault": "cut"}), Event(1, "end", data={"reason": "stopped"})):
        answer = Scripted([Event(0.5, "text", "Well", {"tokens": []}), last])
        seen = list(layer(source=source).play(ASKED, answer))
        assert len(answer.asked) == 1
        assert kinds(seen) == ["text", last.kind]


def test_too_few_whole_further_answers_are_no_score() -> None:
    seen = list(Badge(source=SELF_CONSISTENCY).play(ASKED, Many("Canberra", last="error")))
    assert kinds(seen)[-2:] == ["notice", "end"]
    assert MIN_SAMPLES <= SAMPLE_COUNT


def test_a_model_is_asked_how_sure_it_is_after_its_answer() -> None:
    model = Many("It is Canberra.", sure="I am 40 % sure.")
    seen = list(Badge(source=OWN_ESTIMATE).play(ASKED, model))
    assert [message.text for message in model.asked[1].conversation] == [QUESTION, "It is Canberra.", CONFIDENCE_PROMPT]
    assert [event.data["level"] for event in seen if event.kind == "badge"] == ["low"]


def test_what_a_model_said_of_its_answer_is_replayed_where_it_was_recorded() -> None:
    first = Recording(ASKED, CARD, tuple(said("It is Canberra.")))
    sure = Recording(ASKED.with_choice("It is Canberra.", CONFIDENCE_PROMPT), CARD, tuple(said("90 %")))
    layer = Prototype("", (Badge(source=OWN_ESTIMATE),))
    alone, both = (visible_events(layer, ASKED, replay(known)) for known in ([first], [first, sure]))
    assert "not known here" in alone[-2].text
    assert both[-2].data["level"] == "high" and sure.prompt.messages == first.prompt.messages


def test_a_model_that_gives_no_number_gets_a_sentence_and_no_badge() -> None:
    seen = list(Badge(source=OWN_ESTIMATE).play(ASKED, Many("It is Canberra.", sure="Very sure indeed!")))
    assert "badge" not in kinds(seen)
    assert "gave no number" in seen[-2].text


def test_a_hedge_by_self_consistency_stands_before_the_held_words() -> None:
    seen = list(VerbalHedge(source=SELF_CONSISTENCY).play(ASKED, Many("Canberra", "Sydney", "Perth")))
    assert seen[0].data.get("hedge") and shown(seen) == "Canberra"
    assert {event.at for event in seen} == {1.0}


def test_a_calibrated_badge_goes_by_probability_and_says_what_it_means() -> None:
    layer = Badge(calibration=calibration(slope=1.0, shift=-3.0), high=0.75, medium=0.5)
    [badge] = [event for event in heard(layer, said("Rome", logprob=math.log(0.9))) if event.kind == "badge"]
    assert badge.data["level"] == "low"
    assert badge.data["legend"] == (
        "2 of 10 answers marked low were right: 6 to 51 %. Measured with short factual questions."
    )


@pytest.mark.parametrize(
    ("logprob", "level", "meaning"),
    [
        (0.9, "high", "25 of 30 answers marked high were right: 66 to 93 %"),
        (0.6, "medium", "11 of 20 answers marked medium were right: 34 to 74 %"),
        (0.1, "low", "2 of 10 answers marked low were right: 6 to 51 %"),
    ],
)
def test_each_level_has_its_own_share_right(logprob: float, level: str, meaning: str) -> None:
    seen = heard(Badge(calibration=calibration()), said("Rome", logprob=math.log(logprob)))
    assert [event.data["level"] for event in seen if event.kind == "badge"] == [level]
    assert meaning in seen[-2].data["legend"]


def test_a_turned_cut_off_changes_what_the_mark_means() -> None:
    seen = heard(Badge(calibration=calibration(), high=0.5, medium=0.1), said("Rome", logprob=math.log(0.9)))
    assert "36 of 50 answers marked high were right: 58 to 83 %" in seen[-2].data["legend"]


def test_a_calibration_of_another_score_is_not_used() -> None:
    seen = heard(Badge(source=LOWEST_SPAN, calibration=calibration()), said("Rome", logprob=math.log(0.9)))
    assert "Not checked against right answers" in seen[-2].data["legend"]


def test_a_calibrated_percentage_is_a_chance_of_being_right() -> None:
    seen = heard(Percentage(calibration=calibration()), said("Rome", logprob=math.log(0.8)))
    assert seen[-2].text == "80 % likely to be right"
    assert "21 of 25 answers marked 70 to 90 % were right: 65 to 94 %." in seen[-2].data["legend"]


def test_a_verdict_on_another_kind_of_question_says_so_first() -> None:
    measured = calibration(longest_question=12, longest_answer=1)
    long_answer = said("Rome it is", logprob=math.log(0.9))
    for kind in (Badge, Percentage):
        legend = heard(kind(calibration=measured), long_answer)[-2].data["legend"]
        assert legend.startswith(OTHER_KIND_REMARK) and "were right" in legend
    alert = heard(LowConfidenceAlert(trigger=1.0, calibration=measured), long_answer)[-2]
    assert alert.text.endswith(OTHER_KIND_REMARK)
    short = heard(Badge(calibration=measured), said("Rome", logprob=math.log(0.9)))[-2]
    assert OTHER_KIND_REMARK not in short.data["legend"]


def test_a_hedge_uses_a_calibration_of_just_as_many_tokens() -> None:
    events = said("It is Rome", logprob=math.log(0.9))
    unlikely = calibration(shift=-9.0, look=2)
    assert heard(VerbalHedge(look=2, calibration=unlikely), events)[0].data.get("hedge")
    assert not heard(VerbalHedge(look=3, calibration=unlikely), events)[0].data.get("hedge")


def remarks(layer: ScoredLayer, card: Card | None = None) -> list[tuple[str, str]]:
    return [(r.level, r.text) for r in lint(Prototype("", (Streaming(), layer, KeepPartial())), card)]


def test_a_badge_on_an_uncalibrated_score_is_remarked_on() -> None:
    [(level, text)] = remarks(Badge())
    assert level == "note" and text.startswith("Badge rests on a score that was not calibrated")
    assert len(remarks(Badge(source=LOWEST_SPAN, calibration=calibration()))) == 1
    assert len(remarks(Percentage())) == len(remarks(VerbalHedge(calibration=calibration()))) == 1


def test_a_fitting_calibration_silences_the_remark() -> None:
    assert remarks(Badge(calibration=calibration())) == []
    assert remarks(Badge(calibration=calibration()), CARD) == []
    assert remarks(VerbalHedge(calibration=calibration(look=12))) == []


@pytest.mark.parametrize(
    ("card", "said"),
    [(Card("Huge", "openai"), "this answer is from Huge"), (Card("Tiny", "bundled", "new"), "another version of it")],
)
def test_a_calibration_of_another_model_is_warned_about(card: Card, said: str) -> None:
    [(level, text)] = remarks(Badge(calibration=calibration()), card)
    assert level == "warning" and said in text


def test_a_score_that_tells_nothing_is_warned_about() -> None:
    [(level, text)] = remarks(Badge(calibration=calibration(auc=0.5, auc_interval=(0.4, 0.6))), CARD)
    assert level == "warning" and "did not show" in text


@pytest.mark.parametrize(("temperature", "told"), [(0.7, True), (0.2, False), (None, False)])
def test_a_verdict_at_another_temperature_says_so_in_its_legend(temperature: float | None, told: bool) -> None:
    asked = replace(ASKED, temperature=temperature)
    shown = heard(Badge(calibration=calibration()), said("Rome", logprob=math.log(0.9)), asked)[-2]
    assert shown.data["legend"].startswith("This answer was made at temperature 0.7, not 0") is told


def test_a_pane_hears_at_which_temperature_its_answer_was_made() -> None:
    card = Card("Tiny", "bundled", settings={"temperature": 0.7})
    recording = Recording(ASKED, card, tuple(said("Rome", logprob=-0.1)))
    shown = PaneComparison((recording,), (Prototype("p", (Badge(calibration=calibration()),)),)).timelines["A"].events
    legends = [event.data["legend"] for event in shown if event.kind == "badge"]
    assert legends and all("temperature 0.7, not 0" in legend for legend in legends)


def test_a_calibration_at_another_temperature_is_remarked_on() -> None:
    warm, near = {"temperature": 0.7}, {"temperature": 0.2}
    unknown: dict[str, float] = {}
    [(level, text)] = remarks(Badge(calibration=calibration()), replace(CARD, settings=warm))
    assert level == "note" and "at temperature 0, and this answer was made at 0.7" in text
    for settings in (near, unknown):
        assert remarks(Badge(calibration=calibration()), replace(CARD, settings=settings)) == []


def test_cut_offs_without_room_for_medium_are_warned_about() -> None:
    [(level, text)] = remarks(Badge(high=0.3, medium=0.6, calibration=calibration()))
    assert level == "warning" and "no answer is medium" in text


def test_remarks_come_in_the_order_of_the_families() -> None:
    said = [remark.text for remark in lint(Prototype("", (Citations(origin=ORIGIN_MODEL), Options(), Badge())))]
    assert [text.split()[0] for text in said] == ["No", "Badge", "No", "Citations"]
    assert "delivery" in said[0] and "failure" in said[2]
