"""A deck: its scenes are moved and kept, each kind plays what it says, and nothing is asked in more taps than told."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.deck.deck import PHONE_MODES, Deck, Scene
from components.deck.deck_remarks import MAX_ASKED, deck_remarks
from components.deck.room_items import phone_items, tap_count
from components.deck.scene_kinds import ASKED_NAMES, SCENE_KINDS
from components.deck.scene_panes import scene_panes
from components.deck.shown_deck import ShownDeck, compile_deck
from components.layers import ALL_PATTERNS
from components.study.study_language import LANGUAGES
from tests.server.rooming import BOTH, RIGHT, TASK, WRONG, small_deck


def find(id: str) -> list[object]:
    return [one for one in (RIGHT, WRONG) if one.id == id]


def whole_scene(kind: str) -> Scene:
    """A scene of a kind that has all that it needs."""
    row = SCENE_KINDS[kind]
    return Scene(
        "s1", kind, "A title", prototypes=BOTH, tasks=(TASK, TASK), waits=(1.0, 3.0), asked=row.asked, fault=row.fault
    )


def asking(kind: str) -> Scene:
    """A scene of a kind that asks all that can be asked."""
    return replace(whole_scene(kind), asked=ASKED_NAMES)


@pytest.mark.parametrize("kind", SCENE_KINDS)
def test_each_kind_comes_back_from_json_and_plays_what_it_compares(kind: str) -> None:
    scene = whole_scene(kind)
    deck = Deck((scene,))
    assert Deck.from_json(json.loads(json.dumps(deck.to_json())), ALL_PATTERNS) == deck
    shown = compile_deck(deck, find)  # type: ignore[arg-type]
    back = ShownDeck.from_content(json.loads(json.dumps(shown.content)), ALL_PATTERNS)
    assert back.id == shown.id and back.timeline_ids == frozenset(shown.timelines)
    panes = scene_panes(scene)
    assert len(panes) == (2 if SCENE_KINDS[kind].plays else 0)
    assert len({(pane.prototype.id, pane.recording, pane.weather) for pane in panes}) == (
        1 if kind in ("messy", "expectation") else len(panes)  # the same question stands in for two
    )
    beats = shown.content["shown"][0]["beats"]
    asked = {beat["asks"] for beat in beats} - {""}
    assert asked == set(phone_items(scene)) == {beat["closes"] for beat in beats} - {""}
    assert not [remark for remark in deck_remarks(deck) if remark.weight == "stop"]


@pytest.mark.parametrize("kind", [name for name, kind in SCENE_KINDS.items() if kind.plays])
def test_what_a_scene_asks_at_first_takes_few_taps_and_what_it_lacks_is_said(kind: str) -> None:
    scene = replace(whole_scene(kind), waits=(1.0, 3.0, 8.0))
    assert max((len(items) for items in phone_items(scene).values()), default=0) <= MAX_ASKED
    for lacking in (replace(scene, prototypes=()), replace(scene, tasks=())):
        assert any(remark.weight == "stop" for remark in deck_remarks(Deck((lacking,))))


def test_taps_are_counted_with_play_next_and_send_where_phones_play_themselves() -> None:
    scene = replace(whole_scene("blind"), asked=("felt", "choice"))
    assert tap_count(scene, "own") == 8  # twice Play, felt seconds, Next; then the choice and Send
    assert tap_count(scene, "follow") == 4  # three answers and Send
    assert tap_count(replace(scene, asked=("felt",)), "own") == 6  # the last answer is sent, not gone on from
    assert tap_count(replace(scene, asked=()), "own") == tap_count(replace(scene, asked=()), "follow") == 0
    much = replace(scene, asked=("felt", "trust", "accept", "choice"))
    for phones, taps in zip(PHONE_MODES, (12, 8), strict=True):
        assert any(f"tap {taps} times" in remark.text for remark in deck_remarks(Deck((much,), phones)))


def test_a_phone_is_told_when_all_has_played_and_neither_names_nor_outcomes() -> None:
    [told] = json.loads(compile_deck(Deck((whole_scene("trust"),)), find).phone_json)["scenes"]  # type: ignore[arg-type]
    panes = compile_deck(Deck((whole_scene("trust"),)), find).shown_panes[told["key"]]  # type: ignore[arg-type]
    assert told["ends_s"] == max(pane["clock"] for pane in panes) > 0
    assert all(set(pane) == {"key", "question", "timeline"} for pane in told["panes"])


def test_only_the_trust_scene_and_the_check_know_what_is_wrong_and_what_broke_is_neither() -> None:
    assert [pane.outcome for pane in scene_panes(whole_scene("trust"))] == ["right", "wrong"]
    assert {pane.outcome for pane in scene_panes(whole_scene("break"))} == {""}
    assert deck_remarks(Deck((replace(whole_scene("trust"), tasks=(replace(TASK, wrong=""),)),)))[0].weight == "stop"


def test_whatever_a_phone_is_asked_is_known_in_each_of_its_languages() -> None:
    items = [item for kind in SCENE_KINDS for step in phone_items(asking(kind)).values() for item in step]
    texts = {item.text for item in items} | {end for item in items for end in (item.low, item.high) if end}
    texts |= {option.label for item in items for option in item.options}
    plain = {text.partition(" There are ")[0] for text in texts}
    said = {text for text in plain if len(text) > 1 and not text[0].isdigit()}  # what is left are letters and numbers
    said |= {"Which safeguard matters most?", "None of these"}  # what decks of earlier versions ask, which are kept
    for file in sorted((PROJECT_ROOT / "assets" / "room" / "texts").glob("*.json")):
        assert said == set(json.loads(file.read_text())["asked"]), file.name


def test_an_answer_that_is_gone_is_named_before_anything_is_shown() -> None:
    with pytest.raises(Explained, match="spider"):
        compile_deck(small_deck(), lambda _: ())


@given(st.lists(st.tuples(st.sampled_from("tbwer"), st.sampled_from((-1, 1))), max_size=12))
def test_moving_scenes_about_loses_none(moves: list[tuple[str, int]]) -> None:
    deck = small_deck()
    for key, by in moves:
        deck = deck.with_moved_scene(key, by)
    assert set(deck.by_key) == set("tbwer") and len(deck.scenes) == 5
    assert deck.fresh_key() not in deck.by_key
    assert len(deck.without_scene("b").scenes) == 4


def test_phones_that_follow_are_asked_only_once_it_plays() -> None:
    own, follow = (compile_deck(small_deck(mode), find).content["shown"][1]["beats"] for mode in ("own", "follow"))  # type: ignore[arg-type]
    assert [beat["asks"] for beat in own] == ["b", "b", ""] and [beat["asks"] for beat in follow] == ["", "b", ""]


def test_a_deck_of_an_earlier_version_takes_the_answers_that_its_phones_are_asked_for() -> None:
    deck = compile_deck(Deck((whole_scene("expectation"),)), find)  # type: ignore[arg-type]
    content = json.loads(json.dumps(deck.content))
    [shown] = content["shown"]
    [step] = [name for name in shown["asked"] if name.endswith(".after")]
    options = [{"value": "doubt", "label": "It says when it is unsure"}]
    item = {"name": "guard", "kind": "choice", "text": "Which safeguard matters most?", "options": options}
    shown["asked"][step].append({**item, "required": True})
    earlier = ShownDeck.from_content(content, ALL_PATTERNS)
    assert earlier.step_problem(step, {"guard": "doubt"}) == "" and earlier.scene_of_step[step].kind == "expectation"
    assert deck.step_problem(step, {"guard": "doubt"}) == f"the step {step} has no item guard"


def test_a_deck_keeps_its_language_and_one_that_names_none_or_another_is_english() -> None:
    deck = replace(small_deck(), language="ar")
    assert Deck.from_json(deck.to_json(), ALL_PATTERNS) == deck
    english = small_deck().to_json()
    assert "language" not in english  # as decks of earlier versions, which keep their ids
    assert [Deck.from_json({**english, **more}, ALL_PATTERNS).language for more in ({}, {"language": "xx"})] == [
        "en", "en",
    ]  # fmt: skip
    assert set(LANGUAGES) == {file.stem for file in (PROJECT_ROOT / "assets" / "stage" / "texts").glob("*.json")}
