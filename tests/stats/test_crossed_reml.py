"""Crossed REML: the published fits, and what it must be where a simpler method is right."""

import numpy as np
import pytest

from components.stats.crossed_reml import CrossedModel, block_product
from tests.stats.published import DYESTUFF, PENICILLIN, SLEEP


def test_the_fit_of_crossed_plates_and_samples_is_the_published_one() -> None:
    plates, samples = np.indices(PENICILLIN.shape)
    fit = CrossedModel(PENICILLIN.ravel(), np.zeros(PENICILLIN.size), plates.ravel(), samples.ravel()).fit()
    assert fit.means[0] == pytest.approx(22.9722, abs=1e-4)
    assert np.sqrt(fit.covariance[0, 0]) == pytest.approx(0.808573, abs=1e-5)  # Bates and others 2015, lme4
    assert fit.variances == pytest.approx((0.716908, 0, 3.73092, 0.302415), rel=1e-4)
    assert -2 * fit.loglik == pytest.approx(330.8606, abs=1e-4)


def test_the_fit_of_batches_is_the_published_one() -> None:
    batches = np.indices(DYESTUFF.shape)[0].ravel()
    fit = CrossedModel(DYESTUFF.ravel(), np.zeros(30), batches, np.zeros(30)).fit()
    assert fit.variances == pytest.approx((1764.05, 0, 0, 2451.25), rel=1e-4)
    assert (fit.means[0], np.sqrt(fit.covariance[0, 0])) == pytest.approx((1527.5, 19.383), abs=1e-3)
    assert -2 * fit.loglik == pytest.approx(319.6543, abs=1e-4)


def test_two_arms_with_one_trial_each_give_the_paired_t_of_student() -> None:
    arms, people = np.indices(SLEEP.shape)
    contrast = CrossedModel(SLEEP.ravel(), arms.ravel(), people.ravel(), np.zeros(20)).fit().contrast([1, -1], 9)
    assert (contrast.estimate, contrast.low, contrast.high) == pytest.approx((-1.58, -2.4599, -0.7001), abs=1e-4)
    assert contrast.p == pytest.approx(0.002833, abs=1e-6) and contrast.df == pytest.approx(9, abs=0.01)
    assert contrast.estimate / contrast.error == pytest.approx(-4.0621, abs=1e-4)


def study_ratings(people: int, seed: int, between_arms: float = 4.0) -> tuple[np.ndarray, ...]:
    """Ratings of three arms by four trials: people differ, and differ in what they make of an arm."""
    rng = np.random.default_rng(seed)
    person, arm, trial = (index.ravel() for index in np.indices((people, 3, 4)))
    question = (arm * 4 + trial + 4 * person) % 12
    own = rng.normal(0, 9, people)[person] + rng.normal(0, between_arms, (people, 3))[person, arm]
    rest = rng.normal(0, 5, 12)[question] + rng.normal(0, 10, len(person))
    return 50 + 3 * arm + own + rest, arm, person, question


def test_trials_of_a_person_are_never_counted_as_people() -> None:
    ratings, arm, person, question = study_ratings(20, 1, between_arms=12.0)
    fit = CrossedModel(ratings, arm, person, question).fit()
    means = np.zeros((20, 3))
    np.add.at(means, (person, arm), ratings / 4)
    gaps = means[:, 1] - means[:, 0]
    contrast = fit.contrast([-1, 1, 0], 19)
    assert contrast.df <= 19 and contrast.error > 0.7 * gaps.std(ddof=1) / np.sqrt(20)


def test_variances_come_back_from_many_people() -> None:
    fit = CrossedModel(*study_ratings(600, 2)).fit()
    assert np.sqrt(fit.variances[:2]) == pytest.approx([9, 4], rel=0.12)
    assert np.sqrt(fit.variances[3]) == pytest.approx(10, rel=0.03)
    assert fit.means[1] - fit.means[0] == pytest.approx(3, abs=1.2)


def test_the_likelihood_is_that_of_the_whole_covariance_matrix() -> None:
    ratings, arm, person, question = study_ratings(7, 3)
    model = CrossedModel(ratings, arm, person, question)
    fixed = np.eye(3)[arm]
    cell = person * 3 + arm
    parts = [np.equal.outer(index, index) for index in (person, cell, question)]
    variances = np.array([30.0, 9.0, 20.0, 110.0])
    whole = sum(v * part for v, part in zip(variances[:3], parts, strict=True)) + 110.0 * np.eye(len(ratings))
    inverse = np.linalg.inv(whole)
    gram = fixed.T @ inverse @ fixed
    left = ratings - fixed @ np.linalg.solve(gram, fixed.T @ inverse @ ratings)
    expected = np.linalg.slogdet(whole)[1] + np.linalg.slogdet(gram)[1] + left @ inverse @ left
    assert model.deviance(variances) == pytest.approx(expected + (len(ratings) - 3) * np.log(2 * np.pi))


def test_nothing_near_the_fit_is_more_likely() -> None:
    ratings, arm, person, question = study_ratings(15, 4)
    model = CrossedModel(ratings, arm, person, question)
    fit = model.fit()
    for place in range(4):
        for factor in (0.8, 1.25):
            moved = np.array(fit.variances)
            moved[place] = moved[place] * factor + (0.5 if not moved[place] else 0)
            assert model.deviance(moved) >= -2 * fit.loglik - 1e-6


def test_missing_trials_are_no_obstacle_and_change_nothing_else() -> None:
    ratings, arm, person, question = study_ratings(40, 5)
    kept = np.random.default_rng(0).random(len(ratings)) > 0.15
    whole = CrossedModel(ratings, arm, person, question).fit()
    part = CrossedModel(ratings[kept], arm[kept], person[kept], question[kept]).fit()
    assert part.means == pytest.approx(whole.means, abs=2.5) and part.people == 40


def test_a_product_in_blocks_is_the_product() -> None:
    rng = np.random.default_rng(1)
    left, right = rng.normal(size=(5000, 30)), rng.normal(size=(5000, 30))
    assert block_product(left, right) == pytest.approx(left.T @ right)
