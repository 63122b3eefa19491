"""One prototype over many prompts."""

from dataclasses import replace
from pathlib import Path

from components.core.card import Card
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.layers.clarification.options import Options
from components.layers.delivery.streaming import Streaming
from components.layers.weather.fault import Fault
from components.models.written.scripted_model import scripted_events
from components.prompts.bundled_recordings import bundled_recordings, write_bundled_recordings
from components.prompts.packs import PackItem
from components.study.pack_run import count_outcomes, play_pack

ITEMS = (
    PackItem("sky", "What colour is the sky?", answers=("blue",)),
    PackItem("sky-typo", "wat coler is teh sky", mess="misspelt", answers=("blue",)),
    PackItem("sent", "Send it again", mess="missing detail", missing=("what",)),
    PackItem("unasked", "Never asked"),
)
PLAIN = Prototype("plain", (Streaming(),))


def answered(text: str, said: str) -> Recording:
    return Recording(Prompt.from_typed(text), Card("m", "bundled"), scripted_events(said))


ANSWERS = {
    item.text: answered(item.text, said)
    for item, said in zip(ITEMS, ("It is blue.", "It is green.", "Done, it is sent."), strict=False)
}


def test_every_prompt_with_an_answer_is_a_cell_and_the_known_answers_judge_it() -> None:
    made = play_pack(PLAIN, ITEMS, ANSWERS)
    assert [one.outcome for one in made] == ["answered", "wrong, without a word of doubt", "guessed"]
    assert [one.messy for one in made] == [False, True, True]


def test_what_a_person_said_of_an_answer_counts_more() -> None:
    wrong = {ANSWERS[ITEMS[0].text].id: False}
    assert play_pack(PLAIN, ITEMS[:1], ANSWERS, judged=wrong)[0].outcome == "wrong, without a word of doubt"


def test_the_trap_counts_clean_against_messy() -> None:
    assert count_outcomes(play_pack(PLAIN, ITEMS, ANSWERS)).shares == (1.0, 0.0)
    asks = replace(PLAIN, layers=(*PLAIN.layers, Options(when="always")))
    assert count_outcomes(play_pack(asks, ITEMS, ANSWERS)).shares == (1.0, 1.0)
    assert count_outcomes(play_pack(PLAIN, ITEMS[:1], ANSWERS)).shares == (1.0, None)


def test_the_weather_is_around_every_cell() -> None:
    assert {one.outcome for one in play_pack(PLAIN, ITEMS, ANSWERS, (Fault(kind="server"),))} == {"failed raw"}


def test_a_shelf_is_read_as_it_was_put(tmp_path: Path) -> None:
    file = tmp_path / "packs.jsonl.gz"
    assert bundled_recordings(file) == ()
    bundled_recordings.cache_clear()
    write_bundled_recordings(ANSWERS.values(), file)
    assert bundled_recordings(file) == tuple(ANSWERS.values())


def test_every_prompt_that_can_be_asked_has_its_recording_of_the_bundled_model() -> None:
    known = {recording.prompt.text for recording in bundled_recordings()}
    from components.tools.record_packs import pack_prompts

    missing = [prompt.text for prompt in pack_prompts() if prompt.text not in known]
    assert not missing, "python -m components.tools.record_packs records what is missing"
    assert {recording.card.provider for recording in bundled_recordings()} == {"bundled"}


def test_an_answer_of_which_nobody_knows_whether_it_is_right_is_unchecked_until_it_is_judged() -> None:
    free = (*ITEMS[:1], PackItem("poem", "Write a poem"))
    answers = {**ANSWERS, "Write a poem": answered("Write a poem", "The sea is deep.")}
    assert count_outcomes(play_pack(PLAIN, free, answers)).unchecked == (1, 0)
    judged = {answers["Write a poem"].id: True}
    assert count_outcomes(play_pack(PLAIN, free, answers, judged=judged)).unchecked == (0, 0)
