"""How often an interval holds the truth and a sentence is false, on people like real ones.

Run: python -m tests.bench.coverage [studies]

People's seconds are log-normal around the clock, typed in steps of half a second and drawn to 1, 2, 3, 5 and 10.
Trust comes in steps of 5 and stops at 0 and 100, speed in steps of 1 from 1 to 7. The estimators and sentences are
those of the page.

With one of three prototypes worse, 25 of 2,400 studies (1.0 %, 0.7 to 1.5) ever had a false headline about the two that
do not differ; the budget is 5 %.
"""
# ruff: noqa: T201

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from components.report.results.pair_gaps import Gap, make_gap
from components.stats.interval import MIN_LIVE_PEOPLE, mean_interval
from components.stats.play_contrasts import MIN_FELT_S
from components.stats.preference import (
    NO_DIFFERENCE,
    PreferenceShare,
    anytime_interval,
    find_favourite,
    wilson_interval,
)
from components.store import Arm
from components.study.rating import CHOICE_ITEMS

Numbers = NDArray[np.float64]
ROUND_S = np.array([1.0, 2.0, 3.0, 5.0, 10.0])  # what people's seconds are drawn to
HEAPED_SHARE = 0.5  # of the answers
ARMS = tuple(Arm(pane, pane, pane) for pane in "ABC")
SIZES = (8, 12, 20, 36)
NO_INTERVALS = (wilson_interval(1, 2), anytime_interval(1, 2))  # no favourite rests on them
LOOKS = (*range(2, 21), *range(22, 101, 3))  # people at each look


def felt_seconds(rng: np.random.Generator, shape: tuple[int, ...], ratios: tuple[float, ...], clock: float) -> Numbers:
    """What people type: (studies, people, arms) seconds, each arm felt `ratios` times its clock, people differing."""
    person = rng.normal(0, 0.35, (*shape, 1))
    true = clock * np.array(ratios) * np.exp(person + rng.normal(0, 0.3, (*shape, len(ratios))))
    typed = np.round(true * 2) / 2
    near = ROUND_S[np.abs(typed[..., None] - ROUND_S).argmin(-1)]
    heaped = (rng.random(typed.shape) < HEAPED_SHARE) & (np.abs(np.log(np.maximum(typed, 0.25) / near)) < 0.5)
    return np.where(heaped, near, typed)


def rated(rng: np.random.Generator, shape: tuple[int, ...], means: tuple[float, ...], scale: str) -> Numbers:
    """Trust or speed ratings: (studies, people, arms)."""
    low, high, step, spread = {"trust": (0, 100, 5, 14), "speed": (1, 7, 1, 1.1)}[scale]
    person = rng.normal(0, spread, (*shape, 1))
    given = np.array(means) + person + rng.normal(0, spread, (*shape, len(means)))
    return np.clip(np.round(given / step) * step, low, high).astype(np.float64)


def logged(seconds: Numbers) -> Numbers:
    """Felt seconds as the page compares them."""
    return np.log(np.maximum(seconds, MIN_FELT_S))


def gaps_between(values: Numbers) -> Numbers:
    """The first arm minus the second."""
    return values[..., 0] - values[..., 1]


Maker = Callable[[np.random.Generator, tuple[int, ...]], Numbers]
CONTRASTS: Mapping[str, Maker] = {
    "ln felt, 2 s, alike": lambda rng, shape: gaps_between(logged(felt_seconds(rng, shape, (1, 1), 2.0))),
    "ln felt, 3 against 2 s": lambda rng, shape: gaps_between(logged(felt_seconds(rng, shape, (1.5, 1), 2.0))),
    "ln felt, 7 s, a fifth less": lambda rng, shape: gaps_between(logged(felt_seconds(rng, shape, (1, 0.8), 7.0))),
    "ln felt / clock, one arm": lambda rng, shape: logged(felt_seconds(rng, shape, (1,), 2.0))[..., 0] - np.log(2.0),
    "raw seconds, 3 against 2 s": lambda rng, shape: gaps_between(felt_seconds(rng, shape, (1.5, 1), 2.0)),
    "trust, alike": lambda rng, shape: gaps_between(rated(rng, shape, (70, 70), "trust")),
    "trust, 80 against 65": lambda rng, shape: gaps_between(rated(rng, shape, (80, 65), "trust")),
    "speed, alike": lambda rng, shape: gaps_between(rated(rng, shape, (5, 5), "speed")),
    "speed, 6 against 4.5": lambda rng, shape: gaps_between(rated(rng, shape, (6, 4.5), "speed")),
}


def coverage(make: Maker, n: int, studies: int, truth: float, rng: np.random.Generator) -> tuple[float, float]:
    """How often Student's t interval holds the true mean, and how often it leaves zero out."""
    found = [mean_interval(values) for values in make(rng, (studies, n))]
    held = [interval.low <= truth <= interval.high for interval in found]
    return float(np.mean(held)), float(np.mean([interval.excludes_zero for interval in found]))


def gaps_at(item: str, values: Numbers, n: int) -> list[Gap]:
    """Every pair of arms after n people; of felt times, `values` are logarithms."""
    pairs = list(combinations(range(values.shape[-1]), 2))
    contrasts = [values[:n, i] - values[:n, j] for i, j in pairs]
    return [
        make_gap(item, (ARMS[i], ARMS[j]), told, told, len(pairs))
        for (i, j), told in zip(pairs, contrasts, strict=True)
    ]


def favourite_at(choices: NDArray[np.int64], n: int, arms: int, item: str = "ship") -> str:
    """The favourite after n people; a choice is an arm's number, or `arms` for no difference."""
    return favourite_of(tuple(np.bincount(choices[:n], minlength=arms + 1).tolist()), item)


@cache
def favourite_of(counts: tuple[int, ...], item: str) -> str:
    """The favourite of so many choices of each arm, and last of no difference."""
    n = sum(counts)
    names = [*(arm.prototype for arm in ARMS[: len(counts) - 1]), NO_DIFFERENCE]
    shares = [PreferenceShare(name, count, n, *NO_INTERVALS) for name, count in zip(names, counts, strict=True)]
    best = find_favourite(shares, item)
    return best.choice if best else ""


def page_looks(rng: np.random.Generator, arms: int, worse: int = 0) -> Iterator[set[str]]:
    """What is claimed at each look of prototypes that do not differ; of `worse` more, behind these, nothing counts.

    People choose among those that do not differ, by chance.
    """
    shape, ratios = (LOOKS[-1],), (1.0,) * arms + (2.5,) * worse
    values = {
        "felt_first": logged(felt_seconds(rng, shape, ratios, 2.0)),
        "felt_complete": logged(felt_seconds(rng, shape, ratios, 7.0)),
        "trust": rated(rng, shape, (70,) * arms + (40,) * worse, "trust"),
    }
    choices = {item: rng.integers(0, arms, LOOKS[-1]) for item in CHOICE_ITEMS}
    alike = set(ARMS[:arms])
    for n in LOOKS:
        claims = {
            item
            for item, told in values.items()
            if any(gap.shown and {gap.over, gap.under} <= alike for gap in gaps_at(item, told, n))
        }
        yield claims | {item for item, chosen in choices.items() if favourite_at(chosen, n, arms + worse, item)}


def print_coverage(studies: int, rng: np.random.Generator) -> None:
    """The share of intervals that hold the truth, for one look at n people."""
    print(
        f"\nCoverage of Student's 95 % interval for one look at n people, {studies} studies; how often zero is left out"
    )
    print(f"{'':30}" + "".join(f"{f'n = {n}':>14}" for n in SIZES))
    for name, make in CONTRASTS.items():
        truth = float(make(rng, (400_000,)).mean())
        cells = [coverage(make, n, studies, truth, rng) for n in SIZES]
        print(f"{name:30}" + "".join(f"{held:8.1%} {zero:5.0%}" for held, zero in cells))


def print_pages(studies: int, rng: np.random.Generator) -> None:
    """The share of studies in which a page ever says something false, also where one of three prototypes is worse."""
    print(
        f"\nNothing differs: studies with a false headline at {len(LOOKS)} looks up to {LOOKS[-1]} people, of {studies}"
    )
    for arms, worse in ((2, 0), (3, 0), (2, 1)):
        claims: list[set[str]] = [set().union(*page_looks(rng, arms, worse)) for _ in range(studies)]
        each = {
            item: np.mean([item in said for said in claims])
            for item in ("felt_first", "felt_complete", "trust", *CHOICE_ITEMS)
        }
        told = ", ".join(f"{item} {share:.1%}" for item, share in each.items())
        which = f"{arms + worse} prototypes" + (f", {worse} of them worse" if worse else "")
        print(f"{which}: any {np.mean([bool(said) for said in claims]):.1%} ({told})")


def print_preferences(studies: int, rng: np.random.Generator) -> None:
    """How often a favourite is named, rightly and falsely, by what people really prefer."""
    print(f"\nFavourite named at any look up to n, {studies} studies: of A / B / no difference")
    for shares in ((45, 5, 50), (50, 50, 0), (33, 33, 34), (60, 20, 20), (80, 10, 10), (95, 5, 0)):
        named = []
        for _ in range(studies):
            choices = rng.choice(3, 200, p=np.array(shares) / 100)
            named.append([favourite_at(choices, n, 2) for n in range(1, 201)])
        told = [
            f"n ≤ {n}: " + "/".join(f"{np.mean([arm in row[:n] for row in named]):.1%}" for arm in "AB")
            for n in (8, 19, 36, 200)
        ]
        print(f"{'/'.join(map(str, shares)):>10}  " + "   ".join(told) + "  (A/B)")


def print_power(studies: int, rng: np.random.Generator) -> None:
    """How often a real difference is shown by n people and how often the wrong way round."""
    print(f"\nA real difference, shown at any look up to n, {studies} studies (the wrong way round)")
    makers: Mapping[str, tuple[str, Callable[[], Numbers]]] = {
        "felt 3 against 2 s": ("felt_first", lambda: logged(felt_seconds(rng, (60,), (1.5, 1.0), 2.0))),
        "felt 7 against 2 s": ("felt_first", lambda: logged(felt_seconds(rng, (60,), (3.5, 1.0), 2.0))),
        "felt a fifth less of 7 s": ("felt_complete", lambda: logged(felt_seconds(rng, (60,), (1.0, 0.8), 7.0))),
        "trust 80 against 65": ("trust", lambda: rated(rng, (60,), (80, 65), "trust")),
    }
    for name, (item, make) in makers.items():
        sizes = (8, MIN_LIVE_PEOPLE - 1, 36, 60)
        right, wrong = np.zeros(len(sizes)), 0
        for _ in range(studies):
            values = make()
            looks = {n: gaps_at(item, values, n)[0] for n in (*range(2, 37), *range(40, 61, 4))}
            right += [any(gap.shown and gap.over == ARMS[0] for n, gap in looks.items() if n <= most) for most in sizes]
            wrong += any(gap.shown and gap.over != ARMS[0] for gap in looks.values())
        told = "  ".join(f"n ≤ {n}: {share:.0%}" for n, share in zip(sizes, right / studies, strict=True))
        print(f"{name:26} {told}   ({wrong / studies:.1%})")


def main() -> None:
    """Print every table; the studies of a row may be given."""
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rng = np.random.default_rng(20)
    print_coverage(4 * studies, rng)
    print_pages(studies, rng)
    print_preferences(studies, rng)
    print_power(max(studies // 4, 1), rng)


if __name__ == "__main__":
    main()
