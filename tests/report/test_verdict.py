"""Verdicts say what is shown, what is ruled out, and when it is too early; trust alone never crowns anybody."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from components.report.results.pair_gaps import find_gaps
from components.report.results.verdict import Verdict, ship_verdict, speed_verdicts, trust_sentence
from components.store import Arm, Store
from components.study.rating import Moments, Rating
from tests.store.made import COMPARISON, PROTOTYPES, crowd, sighting, started

ARMS = tuple(Arm(pane, p.id, p.name) for pane, p in zip("ABC", PROTOTYPES, strict=True))
TWO = ARMS[:2]


def told(
    folder: Path,
    n: int,
    felt: Sequence[float] | None = None,
    trust: Sequence[float] | None = None,
    ship: Callable[[int], str] | None = None,
    item: str = "felt_first",
) -> pd.DataFrame:
    """A frame of n people: felt and trust give one mean per arm, ship gives each person's choice by number."""
    store = started(Store.open(folder))
    rng = np.random.default_rng(11)
    for number in range(n):
        person = f"p{number}"
        panes = [sighting(person, place) for place in range(3)]
        store.keep_sightings(*panes)
        given = []
        for kind, means, spread in ((item, felt, 0.4), ("trust", trust, 5.0)):
            for seen, mean in zip(panes, means or (), strict=False):
                value = round(mean + spread * rng.normal(), 2)
                given.append(Rating(f"{kind}-{seen.id}", seen.play, person, kind, seen.id, value))
        if ship is not None:
            given.append(Rating(f"ship-{person}", f"{COMPARISON}-{person}", person, "ship", choice=ship(number)))
        store.rate(*given)
    frame = store.frame()
    store.close()
    return frame


def speed_verdict(frame: pd.DataFrame, arms: Sequence[Arm]) -> Verdict:
    """The first of the verdicts on speed: to the first words, or by rating."""
    return speed_verdicts(frame, arms)[0]


def liking(number: int) -> str:
    return PROTOTYPES[1].id if number % 10 else "none"


@pytest.mark.parametrize(
    ("n", "said"), [(0, "Nobody has answered yet."), (3, "3 people so far. An interval is told from 20 on")]
)
def test_before_20_people_it_is_too_early(tmp_path: Path, n: int, said: str) -> None:
    frame = told(tmp_path, n, (8.0, 1.0), (40.0, 80.0), liking)
    for verdict in (speed_verdict(frame, TWO), ship_verdict(frame, TWO)):
        assert verdict.tone == "early" and verdict.text.startswith("Too early to call")
        assert said in verdict.detail and "more people" not in verdict.detail


def test_nine_of_nine_felt_times_and_eight_of_eight_choices_are_enough_and_one_fewer_is_not(tmp_path: Path) -> None:
    nine, eight, seven = (told(tmp_path / str(n), n, (8.0, 1.0), ship=lambda _: PROTOTYPES[1].id) for n in (9, 8, 7))
    assert speed_verdict(nine, TWO).text == "9 of 9 people feel Streaming faster than Blocking to the first words."
    assert ship_verdict(eight, TWO).text == "8 of 8 people would ship Streaming."
    assert speed_verdict(eight, TWO).tone == ship_verdict(seven, TWO).tone == "early"


def choosing(folder: Path, choices: Sequence[str], blind: bool = True, **marks: Any) -> pd.DataFrame:
    """A frame of people who each chose what felt faster; `marks` are those of the last person's second pane."""
    store = started(Store.open(folder))
    for number, choice in enumerate(choices):
        panes = [sighting(f"p{number}", place) for place in range(2)]
        if number == len(choices) - 1:
            panes[1] = replace(panes[1], **marks)
        store.keep_sightings(*panes)
        store.rate(Rating(f"f{number}", panes[0].play, f"p{number}", "faster", choice=choice, blind=blind))
    frame = store.frame()
    store.close()
    return frame


def test_which_one_felt_faster_is_told_from_eight_of_eight_on_and_first(tmp_path: Path) -> None:
    fast = PROTOTYPES[1].id
    [said] = speed_verdicts(choosing(tmp_path / "8", [fast] * 8), TWO)
    assert (said.text, said.tone) == ("8 of 8 people say that Streaming felt faster.", "shown")
    [early] = speed_verdicts(choosing(tmp_path / "7", [fast] * 7), TWO)
    assert early.text == "Too early to call which one felt faster." and "7 people so far" in early.detail
    [of_three] = speed_verdicts(choosing(tmp_path / "30", [fast] * 30), ARMS)
    assert of_three.text == "Streaming felt fastest." and "Chosen by 100 %" in of_three.detail


def test_no_difference_is_an_answer_that_the_faster_one_has_to_beat(tmp_path: Path) -> None:
    [said] = speed_verdicts(choosing(tmp_path, [PROTOTYPES[1].id] * 14 + ["none"] * 14), TWO)
    assert (said.text, said.tone) == ("None of them is shown to feel faster.", "none")
    assert "Streaming 14 · no difference 14 · Blocking 0." in said.detail


@pytest.mark.parametrize("marks", [{"hidden": True}, {"painted": Moments(0.2, 3.0, 7.2)}])
def test_a_play_with_a_hidden_or_late_pane_says_nothing_about_speed(tmp_path: Path, marks: dict[str, Any]) -> None:
    frame = choosing(tmp_path, [PROTOTYPES[1].id] * 3, **marks)
    assert frame["void"].tolist() == [False, False, True]
    assert "2 people so far" in speed_verdicts(frame, TWO)[0].detail


def test_what_felt_faster_to_people_who_saw_the_clock_is_told_apart(tmp_path: Path) -> None:
    [said] = speed_verdicts(choosing(tmp_path, [PROTOTYPES[1].id] * 30, blind=False), TWO)
    assert said.tone == "early" and "With the clock on the screen, counted apart: Streaming 30" in said.detail


def test_who_also_gave_seconds_is_told_of_after_the_choice(tmp_path: Path) -> None:
    frame = pd.concat([choosing(tmp_path / "a", [PROTOTYPES[1].id] * 8), told(tmp_path / "b", 9, (8.0, 1.0))])
    texts = [said.text for said in speed_verdicts(frame, TWO)]
    assert len(texts) == 3 and texts[0].endswith("felt faster.") and texts[1].startswith("9 of 9 people feel")


def test_a_difference_is_said_as_a_ratio_with_its_interval_n_seconds_and_clock(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 36, (5.0, 2.95)), TWO)
    assert verdict.text == "Streaming feels faster than Blocking to the first words."
    assert verdict.sentence[0] == ARMS[1] and verdict.tone == "shown"
    assert "It feels 0.5" in verdict.detail and "× as long (0.5" in verdict.detail and "n = 36" in verdict.detail
    assert "s against 5.0 s; the clock says 0.6 s against 7.2 s." in verdict.detail
    assert "Felt against its own clock: Blocking 0.7" in verdict.detail


def test_no_difference_is_said_with_what_is_ruled_out(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 36, (5.0, 5.0)), TWO)
    assert verdict.text == "No difference in felt time to the first words is shown." and verdict.tone == "none"
    assert "no difference shown, more than 1.1" in verdict.detail and "× is ruled out, n = 36" in verdict.detail


def test_both_moments_are_told_each_by_its_name(tmp_path: Path) -> None:
    first, complete = speed_verdicts(told(tmp_path, 30, (7.0, 7.0), item="felt_complete"), TWO)
    assert first.text == "Too early to call which one feels faster to the first words."
    assert complete.text == "No difference in felt time to the complete answer is shown."


def test_a_pair_that_is_undecided_is_named_and_no_difference_is_not_said_of_it(tmp_path: Path) -> None:
    """One arm is 33 trust points below, of twelve people; the other two are alike, of forty."""
    frame = told(tmp_path, 40, trust=(60.0, 60.0, 27.0), ship=liking)
    few = frame["prototype"].eq(PROTOTYPES[2].id) & ~frame["rater"].isin([f"p{n}" for n in range(9)])
    detail = ship_verdict(frame[~few], ARMS).detail
    assert "Trust: " in detail and "In trust no difference" not in detail
    assert detail.count("undecided, n = 9 of the 20 that an interval needs") == 2
    assert "no difference shown, more than" in detail


def test_everybody_exactly_as_far_apart_is_a_difference(tmp_path: Path) -> None:
    store = started(Store.open(tmp_path))
    for number in range(25):
        panes = [sighting(f"p{number}", place) for place in range(2)]
        store.keep_sightings(*panes)
        for seen, more in zip(panes, (5.0, 0.0), strict=True):
            store.rate(Rating(seen.id, seen.play, seen.rater, "felt_first", seen.id, 3.0 + number % 4 + more))
            store.rate(Rating(f"t{seen.id}", seen.play, seen.rater, "trust", seen.id, 50.0 + number % 4 + more))
    frame = store.frame()
    assert speed_verdict(frame, TWO).text == "Streaming feels faster than Blocking to the first words."
    assert "25 of 25 people gave Blocking more than Streaming." in trust_sentence(find_gaps(frame, "trust", TWO))


def test_every_pair_of_three_is_told(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 30, (7.0, 1.0, 1.0)), ARMS)
    assert verdict.text.endswith("faster than Blocking to the first words.")
    assert verdict.detail.count("× as long") == 2 and "as Blocking." in verdict.detail
    assert "against Streaming: no difference shown" in verdict.detail or (
        "Streaming against Streaming, careful: no difference shown" in verdict.detail
    )


def test_without_felt_seconds_the_speed_rating_speaks(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 30, (3.0, 5.0), item="speed"), TWO)
    assert verdict.text == "Streaming is rated faster than Blocking."
    assert "by 1." in verdict.detail or "by 2." in verdict.detail


def test_liked_and_trusted_that_disagree_are_said_to_disagree(tmp_path: Path) -> None:
    verdict = ship_verdict(told(tmp_path, 40, trust=(70.0, 50.0), ship=liking), TWO)
    assert verdict.text == "People would ship Streaming. They trust Blocking more." and verdict.tone == "disagree"
    assert "decide which one you ship for" in verdict.detail and "Chosen by 90 %" in verdict.detail


def test_liked_and_trusted_alike_is_a_plain_verdict(tmp_path: Path) -> None:
    verdict = ship_verdict(told(tmp_path, 40, trust=(60.0, 60.0), ship=liking), TWO)
    assert verdict.text == "People would ship Streaming." and "no difference is shown" in verdict.detail


def test_trust_alone_never_crowns_anybody(tmp_path: Path) -> None:
    frame = told(tmp_path, 40, trust=(40.0, 80.0), ship=lambda number: PROTOTYPES[number % 2].id)
    verdict = ship_verdict(frame, TWO)
    assert verdict.text == "No favourite is shown." and verdict.tone == "none"
    assert "Streaming is trusted more than Blocking by" in verdict.detail and "not whether" in verdict.detail


def test_people_who_all_say_the_same_give_no_verdict(tmp_path: Path) -> None:
    store = started(Store.open(tmp_path))
    for number in range(22):
        panes = [sighting(f"p{number}", place) for place in range(2)]
        store.keep_sightings(*panes)
        store.rate(*(Rating(seen.id, seen.play, seen.rater, "felt_first", seen.id, 3.0) for seen in panes))
    verdict = speed_verdict(store.frame(), TWO)
    assert verdict.tone == "none" and verdict.text.startswith("Undecided")
    assert "all n = 22 gave both the same" in verdict.detail


def test_one_prototype_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    frame = crowd(Store.open(tmp_path), 25).frame()
    alone = frame[frame["pane"].eq("A")]
    for rows, said in ((alone, "Only one prototype was rated."), (frame, "The same prototype stands in every pane.")):
        verdict = speed_verdict(rows, ARMS[:1])
        assert (verdict.text, verdict.detail, verdict.tone) == ("There is nothing to compare.", said, "early")
        assert ship_verdict(rows, ARMS[:1]).detail == said


def test_why_nothing_counts_is_said_and_never_that_nobody_answered(tmp_path: Path) -> None:
    frame = told(tmp_path, 25, (5.0, 3.0), (50.0, 60.0), liking)
    void = speed_verdict(frame.assign(void=True), TWO)
    assert void.detail == "25 people answered, but every pane played late or in a hidden tab, so no time counts."
    told_all = frame.assign(blind=False)
    assert speed_verdict(told_all, TWO).detail == "25 people answered, with the clock on the screen: counted apart."
    assert ship_verdict(told_all, TWO).detail == (
        "With the clock on the screen, counted apart: Streaming 22 · no difference 3 · Blocking 0."
    )
    one = frame[~frame["prototype"].eq(PROTOTYPES[0].id)]
    assert speed_verdict(one, TWO).detail == "25 people answered, but nobody about two prototypes with the same answer."


def test_swapping_the_panes_changes_no_verdict(tmp_path: Path) -> None:
    frame = crowd(Store.open(tmp_path), 40).frame()
    swapped = tuple(replace(arm, pane=pane) for arm, pane in zip(reversed(ARMS), "ABC", strict=True))
    assert speed_verdict(frame, ARMS).text == speed_verdict(frame, swapped).text
    assert ship_verdict(frame, ARMS).text == ship_verdict(frame, swapped).text


def test_a_right_to_left_name_never_moves_the_figures_beside_it(tmp_path: Path) -> None:
    arabic = (replace(ARMS[0], name="\u0645\u0631\u062d\u0628\u0627"), ARMS[1])
    frame = told(tmp_path, 30, (5.0, 2.9), (60.0, 60.0), liking)
    said = f"\u2068{arabic[0].name}\u2069"
    assert (
        said in speed_verdict(frame, arabic).text
        and said in ship_verdict(frame, arabic).detail + speed_verdict(frame, arabic).text
    )
    assert arabic[1].label == "Streaming"
