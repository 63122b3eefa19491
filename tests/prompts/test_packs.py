"""Packs and questions are whole, and what is known about a prompt fits together."""

import json
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.core.prompt import Prompt, clean_text
from components.core.recording import Recording
from components.prompts.answer_judging import is_right_answer
from components.prompts.bundled_recordings import bundled_recordings
from components.prompts.packs import PackItem, find_pack, load_packs, load_questions, with_script

MESSES = {
    "misspelt", "transcribed", "fragment", "two requests", "ambiguous reference", "missing detail",
    "contradicting detail", "out of scope", "what does not exist", "other languages", "code-switching",
    "very long paste", "emoji", "right-to-left", "hostile", "distressed", "prompt injection", "numbers and units",
    "stale facts", "empty and whitespace",
}  # fmt: skip
EVERY = [item for one in load_packs() for item in one.items]
ASKED = [item for item in EVERY if item.question]
UNSEEN = {"empty and whitespace"}

SCRIPTED = [item for item in EVERY if item.thinking]
SAMPLES = [sample["prompt"] for sample in json.loads((PROJECT_ROOT / "assets/prompts/samples.json").read_text("utf-8"))]
WHOLE = ("why", "thinking", "steps", "plan", "restated", "assumes", "next")  # of a script; sources where there are any

LONG = 2000  # characters that a very long paste has at least
GOOD = {"name": "Mine", "about": "My own.", "prompts": [{"id": "1", "text": "Hello?"}]}


def test_there_are_questions_enough_and_each_is_one_of_a_kind() -> None:
    known = load_questions()
    assert len(known) >= 200
    assert len({one.id for one in known}) == len({one.text for one in known}) == len(known)
    assert {one.level for one in known} == {1, 2, 3} and all(one.subject and one.answers for one in known)


def test_every_kind_of_mess_is_there_and_enough_of_it() -> None:
    kinds = [item.mess for item in EVERY]
    assert set(kinds) == MESSES | {""}
    assert all(kinds.count(mess) >= 5 for mess in MESSES) and kinds.count("") >= 40 and len(EVERY) >= 180
    assert all(bool(item.mess) == one.name.startswith("Messy") for one in load_packs() for item in one.items)


def test_what_is_known_about_a_prompt_fits_together() -> None:
    clean_ones = {item.id for item in EVERY if not item.mess}
    assert len({item.id for item in EVERY}) == len(EVERY)
    assert all(item.clean in clean_ones for item in EVERY if item.clean)
    assert all(bool(item.question) == bool(item.options) for item in EVERY)
    assert all(2 <= len(item.options) <= 4 and len(set(item.options)) == len(item.options) for item in ASKED)
    assert all(item.question.endswith("?") for item in ASKED)
    assert all(item.question for item in EVERY if item.missing)
    assert {"missing detail", "ambiguous reference"} <= {item.mess for item in ASKED if item.missing}


@pytest.mark.parametrize("mess", ["ambiguous reference", "missing detail", "contradicting detail", "fragment"])
def test_what_cannot_be_answered_yet_is_asked_back(mess: str) -> None:
    assert all(item.question and item.missing for item in EVERY if item.mess == mess)


@pytest.mark.parametrize("mess", ["out of scope", "what does not exist", "stale facts", "prompt injection"])
def test_what_has_no_plain_answer_says_what_a_good_one_does(mess: str) -> None:
    assert all(item.note for item in EVERY if item.mess == mess)


@pytest.mark.parametrize("item", [item for item in EVERY if item.answers], ids=lambda one: one.id)
def test_the_answers_known_for_a_prompt_are_judged_so(item: PackItem) -> None:
    assert item.as_question is not None
    assert all(is_right_answer(item.as_question, form) for form in item.answers)
    assert not any(is_right_answer(item.as_question, form) for form in item.wrong)


def test_a_prompt_whose_answer_is_not_known_cannot_be_judged() -> None:
    assert PackItem("1", "Which phone should I buy?").as_question is None


def answers_to(item: PackItem) -> list[str]:
    """What the recordings that come with Parallax answer to a prompt."""
    files = (PROJECT_ROOT / "assets" / "recordings").glob("*.json")
    known = [*bundled_recordings(), *(Recording.from_json(json.loads(file.read_text("utf-8"))) for file in files)]
    return [each.text for each in known if each.prompt.text == item.text and not each.prompt.choices]


def test_every_sample_and_many_more_prompts_have_a_whole_script() -> None:
    whole = [item for item in SCRIPTED if all(getattr(item, field) for field in WHOLE)]
    known = [with_script(Prompt.from_typed(text)).script for text in SAMPLES]
    assert all(script in [item.script for item in whole] and script.sources for script in known)
    assert len([item for item in whole if item.sources]) >= len(SAMPLES) + 20
    assert {item.mess for item in whole} >= {"", "misspelt", "distressed", "numbers and units", "stale facts"}


@pytest.mark.parametrize("item", SCRIPTED, ids=lambda one: one.id)
def test_a_script_is_written_as_its_patterns_read_it(item: PackItem) -> None:
    assert item.restated.startswith("You") and item.restated.endswith(".")
    assert bool(item.pro) == bool(item.contra)
    assumed = [line.split(" | ") for line in item.assumes]
    assert all(len(parts) == 2 and parts[0] != parts[1] for parts in assumed)
    listed = (item.why, item.thinking, item.pro, item.contra, item.steps, item.plan, item.assumes, item.next)
    for line in (line for lines in listed for line in lines):
        assert line == line.strip() and line[0] not in "-*•#" and not line.endswith(".") and len(line) <= 120, line
    assert all(len(set(lines)) == len(lines) for lines in listed) and item.text not in item.next


@pytest.mark.parametrize("item", [item for item in EVERY if item.sources], ids=lambda one: one.id)
def test_a_source_can_be_looked_up_and_what_it_bears_out_was_said(item: PackItem) -> None:
    said = answers_to(item)
    assert said
    for line in item.sources:
        title, detail, *claim = line.split(" | ")
        assert "," in title and detail.endswith(".") and len(claim) <= 1, (
            line
        )  # who published it, and what it is called
        assert "http" not in line and "www" not in line
        assert all(any(words in answer for answer in said) for words in claim), claim


def test_no_two_prompts_are_nearly_the_same() -> None:
    short = [item.text for item in EVERY if len(item.text) < LONG]
    close = [(a, b) for a, b in combinations(short, 2) if SequenceMatcher(None, a, b).quick_ratio() > 0.9]
    assert [pair for pair in close if SequenceMatcher(None, *pair).ratio() > 0.8] == []


def test_a_very_long_paste_is_long_and_says_nothing_twice() -> None:
    for item in (item for item in EVERY if item.mess == "very long paste"):
        lines = [line for line in item.text.splitlines() if len(line) > 50]
        assert LONG <= len(item.text) <= 6000 and len(set(lines)) == len(lines) > 5, item.id


def test_emoji_joiners_and_right_to_left_text_are_whole() -> None:
    texts = {item.id: item.text for item in EVERY}
    assert "👩\u200d👩\u200d👧\u200d👦" in texts["emoji-gift"] and "🙏🏽" in texts["emoji-gift"]
    assert "لکه\u200cی" in texts["persian-stain"] and "₪49.90" in texts["hebrew-charged-twice"]
    assert not any("\ufffd" in text for text in texts.values())
    assert all(clean_text(item.text) == item.text.strip() for item in EVERY if item.mess not in UNSEEN)


def test_every_prompt_can_be_asked_or_says_why_not() -> None:
    for item in EVERY:
        if item.mess in UNSEEN and not item.question:
            with pytest.raises(Explained):
                Prompt.from_typed(item.text)
        else:
            assert Prompt.from_typed(item.text).text


def test_a_pack_is_found_by_its_name(tmp_path: Path) -> None:
    assert find_pack("Clean").items == next(one for one in load_packs() if one.name == "Clean").items
    with pytest.raises(Explained, match="no prompt pack called “Tidy”"):
        find_pack("Tidy")
    with pytest.raises(Explained, match="no prompt pack"):
        find_pack("Clean", tmp_path)


def test_a_pack_of_ones_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(GOOD))
    assert find_pack("Mine", tmp_path).items == (PackItem("1", "Hello?"),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "line 1 is not written as JSON"),
        ('{"name": "x",\n"about": }', "line 2 is not written as JSON"),
        (b"\xff\xfe{", "not JSON in UTF-8"),
        ("[" * 100_000, "not JSON in UTF-8"),
        ("[]", ": it needs a “name”, an “about” and “prompts”"),
        ({"prompts": []}, "needs a “name”"),
        (GOOD | {"prompts": []}, ": it lists no prompts"),
        (GOOD | {"prompts": {"id": "1"}}, "lists no prompts"),
        (GOOD | {"prompts": ["Hello?"]}, "entry 1 is not in braces"),
        (GOOD | {"prompts": [{"id": "1"}]}, "entry 1 lacks “text”"),
        (GOOD | {"prompts": [{"id": "1", "text": "a", "mood": "b"}]}, "entry 1 has an unknown “mood”"),
        (GOOD | {"prompts": [{"id": "1", "text": 3}]}, "“text” of entry 1 is not a text in quotes"),
        (GOOD | {"prompts": [{"id": "1", "text": "a", "answers": "b"}]}, "“answers” of entry 1 is not a list of texts"),
        (GOOD | {"prompts": [{"id": "1", "text": "a"}, {"id": "1", "text": "b"}]}, "two entries have the id “1”"),
    ],
)
def test_what_cannot_be_read_is_explained(tmp_path: Path, content: object, reason: str) -> None:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    (tmp_path / "broken.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Explained) as error:
        load_packs(tmp_path)
    assert "broken.json" in error.value.what and reason in error.value.what
    assert error.value.kept == "Recordings and ratings are not touched."
    assert error.value.do.startswith("Compare the file with one that came with Parallax")


def test_questions_that_cannot_be_read_are_explained(tmp_path: Path) -> None:
    (tmp_path / "questions.json").write_text(json.dumps([{"id": "1", "text": "a", "answers": ["b"], "level": "2"}]))
    with pytest.raises(Explained, match="“level” of entry 1 is not a whole number"):
        load_questions(tmp_path / "questions.json")
    with pytest.raises(Explained, match="cannot be opened"):
        load_questions(tmp_path / "none.json")
