"""Verdicts say what is shown, what is ruled out, and when it is too early; trust alone never crowns anybody."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.report.results.verdict import ship_verdict, speed_verdict
from components.store import Arm, Store
from components.study.rating import Rating
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


def liking(number: int) -> str:
    return PROTOTYPES[1].id if number % 10 else "none"


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "Nobody has answered yet; about 20 more people"), (3, "n = 3 so far; about 17"), (19, "about 1 more person")],
)
def test_before_20_people_it_is_too_early(tmp_path: Path, n: int, said: str) -> None:
    frame = told(tmp_path, n, (8.0, 1.0), (40.0, 80.0), liking)
    for verdict in (speed_verdict(frame, TWO), ship_verdict(frame, TWO)):
        assert verdict.tone == "early" and verdict.text.startswith("Too early to call")
        assert said in verdict.detail


def test_a_difference_is_said_with_its_interval_and_n(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 36, (5.0, 2.95)), TWO)
    assert verdict.text == "Streaming feels 2.2 s faster than Blocking."
    assert verdict.sentence[0] == ARMS[1] and verdict.tone == "shown"
    assert "95 % interval 1." in verdict.detail and "n = 36" in verdict.detail
    assert "The clock says 6.6 s." in verdict.detail


def test_no_difference_is_said_with_what_is_ruled_out(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 36, (5.0, 5.0)), TWO)
    assert verdict.text == "No difference in felt speed is shown." and verdict.tone == "none"
    assert "A difference larger than 0." in verdict.detail and "is ruled out, n = 36" in verdict.detail


def test_a_small_difference_says_how_many_more_people_would_show_it(tmp_path: Path) -> None:
    assert "more people would show it" in speed_verdict(told(tmp_path, 20, (5.0, 4.9)), TWO).detail


def test_every_pair_of_three_is_told(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 30, (7.0, 1.0, 1.0)), ARMS)
    assert "faster than Blocking" in verdict.detail
    assert "Streaming against Streaming, careful: no difference shown" in verdict.detail or (
        "Streaming, careful against Streaming: no difference shown" in verdict.detail
    )


def test_without_felt_seconds_the_speed_rating_speaks(tmp_path: Path) -> None:
    verdict = speed_verdict(told(tmp_path, 30, (3.0, 5.0), item="speed"), TWO)
    assert verdict.text.startswith("Streaming is rated faster than Blocking by 1.") and "of 7." in verdict.text


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
    assert verdict.tone == "none" and "Everybody gave the same" in verdict.detail


@pytest.mark.parametrize("arms", [(), ARMS[:1]])
def test_one_prototype_or_none_is_too_early(tmp_path: Path, arms: tuple[Arm, ...]) -> None:
    frame = crowd(Store.open(tmp_path), 25).frame()
    assert speed_verdict(frame, arms).tone == "early" and ship_verdict(frame, arms).tone in ("early", "none")


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
