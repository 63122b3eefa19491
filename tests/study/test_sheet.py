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
from components.prompts.packs import PackItem, load_packs
from components.study.pack_run import count_outcomes, describe_useful, play_pack

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
    counts = count_outcomes(play_pack(PLAIN, ITEMS, ANSWERS))
    assert (counts.clean, counts.messy) == ({"answered": 1}, {"wrong, without a word of doubt": 1, "guessed": 1})
    asks = replace(PLAIN, layers=(*PLAIN.layers, Options(when="always")))
    asked = count_outcomes(play_pack(asks, ITEMS, ANSWERS))
    assert (asked.clean, asked.messy) == ({"asked": 1}, {"asked": 2})


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


def test_an_answer_that_nobody_and_no_rule_judged_is_not_checked_and_not_useful() -> None:
    poem = PackItem("poem", "Write a poem")
    answers = {**ANSWERS, "Write a poem": answered("Write a poem", "🎂🎂🎂")}
    made = play_pack(PLAIN, (*ITEMS[:1], poem), answers)
    assert [one.checked for one in made] == [True, False]
    assert describe_useful(count_outcomes(made).clean) == "useful in 1 of the 1 that could be checked; 1 not checked"
    judged = play_pack(PLAIN, (poem,), answers, judged={answers["Write a poem"].id: True})
    assert [one.outcome for one in judged] == ["answered"]


def test_who_asks_for_what_is_missing_in_words_has_not_guessed() -> None:
    ruled = PackItem("post", "How much postage?", mess="missing detail", missing=("weight",), asks=("weigh*",))
    free = replace(ruled, id="free", asks=())
    for said, outcomes in {
        "What does it weigh?": ["answered", "not checked"],
        "One euro.": ["guessed", "guessed"],
        "One euro. Anything else?": ["guessed", "not checked"],
    }.items():
        answers = {ruled.text: answered(ruled.text, said)}
        assert [one.outcome for one in play_pack(PLAIN, (ruled, free), answers)] == outcomes


def test_of_the_packs_little_is_left_unchecked_and_no_sign_of_anger_is_useful() -> None:
    items = [item for pack in load_packs() for item in pack.items]
    first = [one for one in bundled_recordings() if one.prompt.messages == Prompt.from_typed(one.prompt.text).messages]
    answers = {one.prompt.text: one for one in first if not one.prompt.attempt and not one.prompt.choices}
    made = play_pack(PLAIN, items, answers)
    assert len(made) > 180 and sum(not one.checked for one in made) <= 20
    words = [one for one in made if any(c.isalpha() for c in one.recording.text)]
    assert not [one.item.id for one in made if one not in words and one.outcome == "answered"]
