"""Scenario exchange: scenarios as a readable JSON file and back, from a table of questions, and from an answer."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from components.core.explained import Explained
from components.core.recording import Recording
from components.core.scenario import Scenario, WrittenAnswer, word_pieces

SCENARIO_FORMAT = "parallax-scenarios/1"
MAX_SCENARIO_FILE_BYTES = 5_000_000
MAX_FILE_SCENARIOS = 500
NOTHING_CHANGED, CHOOSE_SCENARIO_FILE = "Nothing was changed.", "Choose a file of scenarios that Parallax exported."
PACE_DIGITS = 2  # of seconds and of words a second, as they are read from a recording


def export_scenarios(scenarios: Iterable[Scenario]) -> str:
    """The scenarios as a JSON file's text, indented, with a line end at the end."""
    values = {"format": SCENARIO_FORMAT, "scenarios": [scenario.to_json() for scenario in scenarios]}
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def import_scenarios(content: bytes) -> tuple[Scenario, ...]:
    """The scenarios in a file's bytes; a file of one scenario alone is read too.

    Explained where they are too many, or where one of them cannot be read: its number is named.
    """
    if len(content) > MAX_SCENARIO_FILE_BYTES:
        raise Explained("This file is too large to be one of scenarios.", NOTHING_CHANGED, CHOOSE_SCENARIO_FILE)
    try:
        values = json.loads(content)
    except (ValueError, RecursionError):
        raise Explained("This file is not JSON in UTF-8.", NOTHING_CHANGED, CHOOSE_SCENARIO_FILE) from None
    listed = values.get("scenarios", [values]) if isinstance(values, dict) else values
    if not isinstance(listed, list) or not listed or len(listed) > MAX_FILE_SCENARIOS:
        raise Explained(
            "This file holds no scenarios, or too many of them.", NOTHING_CHANGED,
            f"Choose a file with 1 to {MAX_FILE_SCENARIOS} scenarios.",
        )  # fmt: skip
    return tuple(read_scenario(scenario, number) for number, scenario in enumerate(listed, 1))


def read_scenario(values: Mapping[str, Any], number: int) -> Scenario:
    """The scenario of a JSON object, the `number`th of its file. Explained where it is none."""
    try:
        return Scenario.from_json(values)
    except Explained as problem:
        raise Explained(f"Scenario {number}: {problem.what}", NOTHING_CHANGED, problem.do) from problem
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise Explained(
            f"Scenario {number} lacks a part, or one of its parts is of another kind.",
            NOTHING_CHANGED,
            CHOOSE_SCENARIO_FILE,
        ) from None


def scenarios_from_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[Scenario, ...]:
    """A scenario for each question and answer. Explained where one of the two is missing."""
    return tuple(Scenario(question, WrittenAnswer(answer)) for question, answer in pairs)


def scenario_from_recording(recording: Recording) -> Scenario:
    """An answer as a scenario to be corrected: its words, its script and its pace; its thoughts where it has some.

    Explained where the answer has no words.
    """
    words = [event for event in recording.events if event.kind == "token"]
    thoughts = [thought for event in recording.events for thought in event.data.get("thoughts", ())]
    begun = words[0].at if words else 0.0
    told = words[-1].at - begun if words else 0.0
    rate = round(len(word_pieces(recording.text)) / told, PACE_DIGITS) if told > 0 else 20.0
    script = recording.prompt.script.to_json()
    if thoughts:
        script["thinking"] = [line for line in "".join(str(text) for _, text in thoughts).splitlines() if line.strip()]
    thinks = float(thoughts[-1][0] or 0.0) if thoughts else 0.0  # 0 where nobody told the seconds
    first = max(0.0, begun - thinks)
    return Scenario.from_json(
        {
            "question": recording.prompt.text, "answer": {"text": recording.text}, "script": script,
            "first": round(min(120.0, first), PACE_DIGITS), "rate": min(1000.0, max(0.1, rate)),
            "thinks": round(min(120.0, thinks), PACE_DIGITS),
        }
    )  # fmt: skip
