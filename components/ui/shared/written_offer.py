"""Written offer: the scenario whose question somebody types on Compare in words of their own, offered to be played."""

from collections.abc import Iterator

from components.core.explained import Explained
from components.core.scenario import Scenario
from components.layers.compare import Comparison
from components.prompts.question_matching import find_question, is_same_question
from components.prompts.scenarios import bundled_scenarios
from components.store import Work
from components.ui.shared import state
from components.ui.shared.example_rows import OWN, example_option, own_scenarios, scenario_from

MIN_TYPED_CHARS = 8  # of a question that is looked up


def written_offer(compare: Comparison) -> dict[str, str | bool] | None:
    """What is offered for the question that was typed last: the words typed, the value and label of a written one, and
    whether it is the `same` question or only a near one.

    None where nothing written fits; where the same is on screen already, its value is "".
    """
    typed = state.page_state().typed
    if len(typed) < MIN_TYPED_CHARS:
        return None
    offers = list(written_questions())
    index = find_question(typed, (wording for wording, _, _ in offers))
    if index is None:
        return None
    wording, question, value = offers[index]
    is_same, is_shown = is_same_question(typed, wording), question == compare.prompt.text
    if is_shown and not is_same:
        return None
    return {"asked": typed, "same": is_same, **example_option("" if is_shown else value, question)}


def written_questions() -> Iterator[tuple[str, str, str]]:
    """Each wording of every scenario, with its question and the value by which it is chosen; one's own come first."""
    for work in own_scenarios():
        scenario = kept_scenario(work)
        if scenario is not None:
            yield from ((wording, scenario.question, OWN + work.id) for wording in wordings_of(scenario))
    for scenario in bundled_scenarios():
        main = scenario.recordings()[0].id
        yield from ((wording, scenario.question, main) for wording in wordings_of(scenario))


def wordings_of(scenario: Scenario) -> tuple[str, ...]:
    """A scenario's question in all the words that were written for it."""
    return (scenario.question, *scenario.also)


def kept_scenario(work: Work) -> Scenario | None:
    """The scenario of a work as it is now; None where it cannot be read or played yet."""
    try:
        return scenario_from(state.shared_store().work_step(work.id, work.step))
    except Explained:
        return None
