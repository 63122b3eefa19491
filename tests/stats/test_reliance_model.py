"""The reliance model beside the shares of persons: both must tell the same of a balanced study."""

import numpy as np
import pandas as pd
import pytest

from components.stats.reliance_model import fit_reliance
from components.stats.trust_calibration import calibration_table


def accept_rows(people: int, seed: int) -> pd.DataFrame:
    """Two arms with three right and two wrong answers a person; people differ in how much they accept."""
    rng = np.random.default_rng(seed)
    person, arm, trial = (index.ravel() for index in np.indices((people, 2, 5)))
    wrong = trial >= 3
    leaning = rng.normal(0, 0.8, people)[person] + np.where(wrong, np.where(arm == 0, -1.0, 0.3), 1.0)
    value = (rng.random(len(person)) < 1 / (1 + np.exp(-leaning))).astype(float)
    return pd.DataFrame(
        {"participant": person.astype(str), "arm": np.array(["a", "b"])[arm], "wrong": wrong, "value": value}
    )


@pytest.mark.parametrize("people", [24, 60])
def test_the_model_agrees_with_the_shares_of_persons(people: int) -> None:
    rows = accept_rows(people, 1)
    model, table = fit_reliance(rows, ["a", "b"]), calibration_table(rows, ["a", "b"])
    for arm in ("a", "b"):
        assert model.calibration[arm].estimate == pytest.approx(table[arm].mean(), abs=1e-6)
        plain = table[arm].std(ddof=1) / np.sqrt(people)
        reach = model.calibration[arm].high - model.calibration[arm].estimate
        assert reach / 2 == pytest.approx(plain, rel=0.12)
    gap = model.differences["a", "b"]
    assert gap.estimate == pytest.approx((table["a"] - table["b"]).mean(), abs=1e-6) and gap.n == people


def test_a_share_of_one_has_no_logit_and_says_so() -> None:
    rows = accept_rows(10, 2)
    rows.loc[~rows["wrong"], "value"] = 1.0
    assert "no logit" in fit_reliance(rows, ["a", "b"]).note
    assert "three people" in fit_reliance(rows.head(5), ["a", "b"]).note
