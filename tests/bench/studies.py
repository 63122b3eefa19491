"""How often a study's intervals hold the truth and its claims are false, and how long its results take.

Run: python -m tests.bench.studies [studies]

People differ in level, differ in what they make of an arm, and answer questions that differ; ratings come in steps and
stop at the ends of their scale. The estimators are those of the results.
"""
# ruff: noqa: T201

import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from components.stats.arm_contrasts import ArmContrast, arm_contrasts, measured_trials
from components.stats.interval import mean_interval
from components.stats.reliance_model import fit_reliance
from components.stats.scale_scores import cronbach_alpha
from components.stats.side_choices import side_choices
from components.stats.study_families import PRIMARY_CLAIMS, adjust_contrasts, is_claimed
from components.stats.study_findings import study_results
from components.stats.sweep_curves import equality_point, sweep_crossing
from components.stats.trust_calibration import calibration_contrasts, calibration_table, reliance_trials
from components.store.study_people_frame import study_frames
from tests.study.made_people import made_people
from tests.study.made_study import frozen

SIZES = (8, 12, 24, 60)
TRIALS, QUESTIONS, ARMS = 4, 12, ("a", "b", "c")
WRONG_SHARE = 0.25  # of the trials of each arm
LEVELS = np.array([0.0, 0.2, 0.4, 0.6])


def made_trials(rng: np.random.Generator, people: int, gains: Sequence[float], arm_spread: float) -> pd.DataFrame:
    """Trust, speed and accepting of people within: `gains` in points of trust, also in logits of telling right from
    wrong (a tenth of them)."""
    person, arm, trial = (index.ravel() for index in np.indices((people, len(ARMS), TRIALS)))
    part = arm + person + person // len(ARMS)  # every arm gets every part of the questions, within and between
    question = (part * TRIALS + trial) % QUESTIONS
    gain = np.array(gains)[arm]
    own = rng.normal(0, 12, people)[person] + rng.normal(0, arm_spread, (people, len(ARMS)))[person, arm]
    rest = rng.normal(0, 6, QUESTIONS)[question] + rng.normal(0, 14, len(person))
    trust = np.clip(np.round(62 + gain + own + rest), 0, 100)
    speed = np.clip(np.round(4.2 + gain / 15 + (own + rest) / 14), 1, 7)
    wrong = trial >= TRIALS * (1 - WRONG_SHARE)
    leaning = 0.9 + rng.normal(0, 0.8, people)[person] - np.where(wrong, 0.9 + gain / 10, 0)
    accept = rng.random(len(person)) < 1 / (1 + np.exp(-leaning))
    shown = pd.DataFrame({
        "participant": person.astype(str), "arm": np.array(ARMS)[arm], "question": question.astype(str),
        "step": [f"{a}-{t}" for a, t in zip(arm, trial, strict=True)], "wrong": wrong, "void": False, "words": "",
        "judged": np.nan, "choice": "", "left": "", "right": "", "painted_first": 1.0, "painted_complete": 5.0,
    })  # fmt: skip
    felt = np.maximum(np.round(2 * 5 * np.exp(own / 60 + rest / 60)) / 2, 0)
    given = {"trust": trust, "speed": speed, "accept": accept.astype(float), "felt_complete": felt}
    return pd.concat([shown.assign(item=item, value=value) for item, value in given.items()], ignore_index=True)


def found_contrasts(trials: pd.DataFrame, design: str = "within") -> list[ArmContrast]:
    """The primary contrasts of some trials."""
    found = calibration_contrasts(reliance_trials(trials), ARMS, design)
    for item in ("speed", "trust"):
        found += arm_contrasts(measured_trials(trials, item, "value"), ARMS, design, item, "value")
    return found


def one_arm_each(trials: pd.DataFrame) -> pd.DataFrame:
    """The trials of a between design: a third of the people in each arm."""
    arm = trials["participant"].astype(int).map(lambda person: ARMS[person % len(ARMS)])
    return trials[trials["arm"].eq(arm)]


def print_false_alarms(studies: int, rng: np.random.Generator) -> None:
    """How often something is claimed where all arms are alike, and how often each interval misses zero."""
    print(f"\nAll arms alike, {studies} studies: any primary claim after Holm (5 % allowed) | interval misses zero")
    for design in ("within", "between"):
        for spread in (0.0, 8.0):
            for people in SIZES if design == "within" else (24, 60):
                claims = 0
                misses: dict[str, list[bool]] = {name: [] for name in (*PRIMARY_CLAIMS, "paired t")}
                for _ in range(studies):
                    trials = made_trials(rng, people, (0, 0, 0), spread)
                    found = found_contrasts(trials if design == "within" else one_arm_each(trials), design)
                    claims += any(map(is_claimed, adjust_contrasts(found).primary))
                    for one in found:
                        misses[one.item].append(one.mean.interval.excludes_zero)
                        if one.item == "trust" and one.sensitivity:
                            misses["paired t"].append(one.sensitivity.mean.interval.excludes_zero)
                told = "  ".join(f"{item} {np.mean(missed):.1%}" for item, missed in misses.items() if missed)
                print(f"{design:8} spread of arms {spread:2.0f}  n = {people:2}: {claims / studies:5.1%} | {told}")


def print_power(studies: int, rng: np.random.Generator) -> None:
    """How often a real difference is claimed, and how wide its interval is: mixed model beside paired t."""
    print(
        f"\nThe first arm 8 points above, {studies} studies: claimed | width of the 95 % interval, model and paired t"
    )
    for people in SIZES:
        claimed, widths = [], []
        for _ in range(studies):
            found = adjust_contrasts(found_contrasts(made_trials(rng, people, (8, 0, 0), 4.0)))
            trust = next(one for one in found.primary if one.item == "trust")
            claimed.append(is_claimed(trust))
            other = (trust.sensitivity or trust).mean
            widths.append((trust.mean.high - trust.mean.low, other.high - other.low))
        model, paired = np.mean(widths, axis=0)
        print(f"n = {people:2}: trust {np.mean(claimed):.0%} | {model:.1f} and {paired:.1f} points")


def print_calibration(studies: int, rng: np.random.Generator) -> None:
    """Coverage of trust calibration: shares of persons beside the marginal model."""
    print(f"\nTrust calibration of one arm, {studies} studies: 95 % intervals that hold the truth")
    truth = calibration_table(reliance_trials(made_trials(rng, 20_000, (0, 0, 0), 0.0)), ["a"])["a"].mean()
    for people in (12, 24, 60):
        persons, model, none = [], [], 0
        for _ in range(studies):
            rows = reliance_trials(made_trials(rng, people, (0, 0, 0), 0.0))
            shares = calibration_table(rows, ["a"])["a"]
            own = mean_interval(shares)
            persons.append(own.low <= truth <= own.high)
            fitted = fit_reliance(rows, list(ARMS))
            none += bool(fitted.note)
            if not fitted.note:
                model.append(fitted.calibration["a"].low <= truth <= fitted.calibration["a"].high)
        told = f"{np.mean(model):.1%}" if model else "none"
        print(f"n = {people:2}: persons {np.mean(persons):.1%}, model {told} (no logit in {none / studies:.0%})")


def print_coverage(studies: int, rng: np.random.Generator) -> None:
    """Coverage of levels, points of equality, choices side by side and alpha."""
    print(f"\n95 % intervals that hold the truth, {studies} studies")
    for people in (12, 24, 60):
        held: dict[str, list[bool]] = {"level": [], "equality": [], "side": [], "alpha": []}
        for _ in range(studies):
            for name, holds in coverage_makers(rng, people).items():
                held[name].append(holds())
        print(f"n = {people:2}: " + "  ".join(f"{name} {np.mean(one):.1%}" for name, one in held.items()))


def coverage_makers(rng: np.random.Generator, people: int) -> dict[str, Callable[[], bool]]:
    """One study of each kind, and whether its interval holds the truth."""

    def level() -> bool:
        person, place = (index.ravel() for index in np.indices((people, 4)))
        rated = 80 - 90 * LEVELS[place] + rng.normal(0, 12, people)[person] + rng.normal(0, 10, len(person))
        rows = pd.DataFrame({"participant": person, "level": LEVELS[place], "measured": rated})
        found = sweep_crossing(rows, "trust", 50).crossing
        return found.low <= 1 / 3 <= found.high

    def equality() -> bool:
        gap, person = rng.choice([-3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0], people * 6), np.repeat(np.arange(people), 6)
        own = rng.normal(0, 0.7, people)[person]
        found = equality_point(
            gap.tolist(), (rng.normal(0, 2, len(gap)) + 1.5 + own - gap > 0).tolist(), person.tolist()
        )
        return bool(found.low <= 1.5 <= found.high)

    def side() -> bool:
        person, flip = np.repeat(np.arange(people), 4), rng.integers(0, 2, people * 4).astype(bool)
        own = 0.4 + rng.normal(0, 0.5, people)[person]
        worth = np.column_stack([np.where(flip, 0, own) + 0.3, np.where(flip, own, 0), own / 2 - 0.7])
        choice = (worth + rng.gumbel(size=worth.shape)).argmax(axis=1)
        left, right = np.where(flip, "a", "b"), np.where(flip, "b", "a")
        rows = pd.DataFrame({"participant": person, "item": "prefer", "left": left, "right": right,
                             "choice": np.choose(choice, [left, right, np.full(len(left), "none")])})  # fmt: skip
        found = side_choices(rows, ["b", "a"]).preferred["b", "a"]
        return bool(found.low <= SIDE_TRUTH <= found.high)

    def alpha() -> bool:
        found = cronbach_alpha(rng.normal(size=(people, 1)) + rng.normal(size=(people, 3)))
        return found.low <= 0.75 <= found.high

    return {"level": level, "equality": equality, "side": side, "alpha": alpha}


SIDE_TRUTH = 1 / (1 + np.exp(-0.4 / np.sqrt(1 + 0.346 * 0.5**2)))  # of a logit that varies between people, nearly


def print_times() -> None:
    """Seconds from the answers of 1,000 people to frames and findings, with the machine as it is."""
    study = frozen(wanted=2)
    begun = time.perf_counter()
    people = made_people(study, 1000)
    made = time.perf_counter()
    frames = study_frames(study, people)
    framed = time.perf_counter()
    study_results(study.study, frames)
    print(
        f"\n1,000 people, 9 trials each, {len(frames.trials):,} answers: made in {made - begun:.1f} s, frames and "
        f"flags {framed - made:.1f} s, findings {time.perf_counter() - framed:.1f} s"
    )


def main() -> None:
    """Print every table; the studies of a row may be given."""
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rng = np.random.default_rng(14)
    print_times()
    print_false_alarms(studies, rng)
    print_power(studies, rng)
    print_calibration(max(studies // 4, 1), rng)
    print_coverage(studies, rng)


if __name__ == "__main__":
    main()
