"""Instruments: their words can be read, and their scores are the published ones."""

import pytest

from components.study.instruments import load_instruments


def answers(*values: float) -> dict[str, float]:
    return {str(number): value for number, value in enumerate(values, start=1)}


@pytest.mark.parametrize(
    ("name", "given", "scores"),
    [
        ("sus", (5, 4, 2, 1, 2, 3, 2, 4, 5, 2), {"usability": 55.0}),
        ("umux-lite", (6, 5), {"usability": 75.0, "sus_equivalent": 71.65}),
        ("s-tias", (7, 4, 1), {"trust": 4.0}),
        ("propensity", (5, 3, 4), {"propensity": 8 / 3}),
        ("ueq-s", (3, 2, 1, 2, -1, 0, -3, 0), {"pragmatic": 2.0, "hedonic": -1.0}),
        ("jian", (1, 1, 2, 2, 4, 7, 7, 6, 6, 5, 5, 6), {"distrust": 2.0, "trust": 6.0}),
        ("nasa-tlx", (0, 100, 50, 50, 25, 75), {"load": 50.0}),
        ("csat", (4,), {"satisfied": 1.0}),
        ("csat", (3,), {"satisfied": 0.0}),
        ("seq", (6,), {"ease": 6.0}),
    ],
)
def test_scores_are_the_published_ones(name: str, given: tuple[float, ...], scores: dict[str, float]) -> None:
    assert load_instruments()[name].score(answers(*given)) == pytest.approx(scores)


def test_a_score_with_a_missing_answer_is_not_made_up() -> None:
    assert load_instruments()["s-tias"].score({"1": 7, "3": 7}) == {"trust": None}
    assert load_instruments()["jian"].score(answers(1, 1, 1, 1, 1)) == {"distrust": 1.0, "trust": None}


@pytest.mark.parametrize("instrument", load_instruments().values(), ids=lambda instrument: instrument.name)
def test_every_instrument_names_its_source_and_can_reach_both_ends_of_its_scores(instrument: object) -> None:
    tool = load_instruments()[instrument.name]  # type: ignore[attr-defined]
    assert tool.citation and tool.terms and len({item.name for item in tool.items}) == len(tool.items)
    ends = [
        {item.name: (item.least if low != (item.name in tool.reversed) else top(item)) for item in tool.items}
        for low in (True, False)
    ]
    if tool.scores:
        assert tool.score(ends[0]) == pytest.approx({score.name: score.least for score in tool.scores})
        assert tool.score(ends[1]) == pytest.approx({score.name: score.most for score in tool.scores})


def top(item: object) -> float:
    most: float = item.most if item.kind == "slider" else item.least + item.points - 1  # type: ignore[attr-defined]
    return most
