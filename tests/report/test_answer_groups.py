"""Answer groups: two answers to the same question are never averaged; answers to different questions may be."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from components.core.card import Card
from components.core.comparison import join_answer_ids
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.report.results.answer_groups import answer_groups, default_group, widest_groups
from components.report.results.pair_gaps import find_gaps
from components.report.results.result_basis import basis_sentences
from components.report.results.study_backing import backings_for
from components.stats.person_means import person_means
from components.store import Store
from components.study.rating import Rating
from tests.store.made import PROTOTYPES, outcome_recordings, rated_outcomes, sighting, started


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = started(Store.open(tmp_path))
    yield opened
    opened.close()


def said_by(question: str, answer: str, model: str = "small") -> Recording:
    words = (Event(0.5, "token", answer), Event(0.6, "end", data={"reason": "stop"}))
    return Recording(Prompt.from_typed(question), Card(model, "local"), words)


def rate_answers(store: Store, *answers: Recording, live: bool = False) -> Store:
    """The store after one more person for each answer saw it in one pane and trusted it."""
    for answer in answers:
        store.keep_recording(answer)
        rater = f"{answer.id}-{live}"
        seen = replace(sighting(rater, 0), recording=answer.id, live=live)
        store.keep_sightings(seen)
        store.rate(Rating(seen.id, seen.play, rater, "trust", seen.id, 50.0))
    return store


def titles(store: Store) -> set[tuple[str, str, int]]:
    return {(group.title, group.source, group.people) for group in answer_groups(store.frame())}


def test_the_right_and_the_wrong_answer_of_a_scenario_have_means_of_their_own(store: Store) -> None:
    frame = rated_outcomes(store, right=2, wrong=3).frame()
    wrong, right = answer_groups(frame)
    assert (right.source, wrong.source) == ("the right answer, as written", "the wrong answer, as written")
    means = [person_means(group.ratings_in(frame), "trust", [PROTOTYPES[0].id]).iloc[:, 0] for group in (right, wrong)]
    assert [(len(mean), mean.mean()) for mean in means] == [(2, 90.0), (3, 10.0)]


def test_a_written_and_a_recorded_answer_are_apart(store: Store) -> None:
    written = outcome_recordings()[0]
    rate_answers(store, written, said_by(written.prompt.text, "About 42 km."))
    assert {source for _, source, _ in titles(store)} == {"the right answer, as written", "answered by small"}


def test_two_answers_of_a_model_to_one_question_are_numbered_and_apart(store: Store) -> None:
    rate_answers(store, said_by("Which day?", "Monday."), said_by("Which day?", "Friday."))
    sources = [group.source for group in answer_groups(store.frame())]
    assert sorted(sources) == ["answered by small, answer 1", "answered by small, answer 2"]


def test_answers_of_a_model_to_different_questions_may_be_seen_together(store: Store) -> None:
    rate_answers(store, said_by("Which day?", "Monday."), said_by("Which month?", "May."))
    groups = answer_groups(store.frame())
    assert [group.people for group in groups] == [2, 1, 1] and len(groups[0].recordings) == 2
    assert widest_groups(groups) == groups[:1]


def test_answers_of_two_models_are_never_together(store: Store) -> None:
    rate_answers(store, said_by("Which day?", "Monday."), said_by("Which month?", "May.", "large"))
    assert [len(group.recordings) for group in answer_groups(store.frame())] == [1, 1]


def test_what_a_model_said_live_to_each_person_is_together_and_says_so(store: Store) -> None:
    rate_answers(store, said_by("Which day?", "Monday."), said_by("Which day?", "Friday."), live=True)
    widest = answer_groups(store.frame())[0]
    assert widest.people == 2 and "each time anew" in widest.source


def test_an_answer_that_was_played_again_is_not_among_the_live_ones(store: Store) -> None:
    again = said_by("Which day?", "Monday.")
    rate_answers(rate_answers(store, again, said_by("Which day?", "Friday."), live=True), again)
    assert max(len(group.recordings) for group in answer_groups(store.frame())) == 1


def test_the_answer_that_one_comes_from_is_shown(store: Store) -> None:
    answers = said_by("Which day?", "Monday."), said_by("Which month?", "May.")
    groups = answer_groups(rate_answers(store, *answers).frame())
    assert default_group(groups, answers[1].id).recordings == {answers[1].id}
    assert default_group(groups, "another answer") == groups[0]


def test_answers_of_two_models_that_played_beside_each_other_are_compared_within_the_play(store: Store) -> None:
    two = said_by("Which day?", "Monday.", "one"), said_by("Which day?", "Tuesday.", "two")
    for answer in two:
        store.keep_recording(answer)
    for person in ("p", "q", "r"):
        pair = [replace(sighting(person, n), recording=answer.id) for n, answer in enumerate(two)]
        store.keep_sightings(*pair)
        trust = [Rating(f"{s.id}-t", s.play, person, "trust", s.id, 80.0 - 20 * n) for n, s in enumerate(pair)]
        store.rate(*trust, Rating(f"{person}-ship", pair[0].play, person, "ship", choice=PROTOTYPES[0].id))
    [comparison], frame = store.comparisons(), store.frame()
    assert [arm.name for arm in comparison.arms] == [f"{PROTOTYPES[0].name}, one", f"{PROTOTYPES[1].name}, two"]
    [group] = answer_groups(frame)
    assert (group.source, group.people, group.ratings) == ("several models, one question: one and two", 3, 9)
    [gap] = find_gaps(group.ratings_in(frame), "trust", comparison.arms)
    assert (gap.n, gap.signs.first) == (3, 3)
    assert any("no comparison of patterns" in sentence for sentence in basis_sentences(frame))


def test_what_was_said_of_one_pair_of_answers_is_not_said_of_another(store: Store) -> None:
    first, second, third = (said_by("Which day?", words, words) for words in ("Monday.", "Tuesday.", "Friday."))
    for answer in (first, second, third):
        store.keep_recording(answer)
    pair = [replace(sighting("p", n), recording=answer.id) for n, answer in enumerate((first, second))]
    store.keep_sightings(*pair)
    assert store.last_play("p", pair[0].comparison, join_answer_ids([first.id, second.id])) is not None
    assert store.last_play("p", pair[0].comparison, join_answer_ids([first.id, third.id])) is None
    store.rate(Rating("t", pair[0].play, "p", "trust", pair[0].id, 50.0))
    [saved] = store.ratings_of("p", pair[0].comparison).values()
    assert saved.answers == {first.id, second.id}


def test_a_hand_off_tells_of_each_answer_apart(store: Store) -> None:
    rated_outcomes(store, right=2, wrong=2)
    told = [backing.prompts_text for backing in backings_for(PROTOTYPES[0].id, store.comparisons(), store.frame)]
    assert len(told) == 2 and "right answer" in told[0] + told[1] and "wrong answer" in told[0] + told[1]
