"""Scenario opening: the beginning of a scenario's answers, enough to see a pattern at work in a small card."""

from dataclasses import replace

from components.core.scenario import Scenario, WrittenAnswer
from components.core.script import split_parts

MIN_OPENING_WORDS = 30


def scenario_opening(scenario: Scenario) -> Scenario:
    """The scenario with every answer cut after its first paragraphs, and with the sources that these name."""
    answers = {option: answer_opening(answer) for option, answer in scenario.replies.items()}
    main, wrong = answer_opening(scenario.answer), answer_opening(scenario.wrong)
    claims = {line: split_parts(line, 4)[2] for line in scenario.script.sources}
    sources = tuple(line for line, claim in claims.items() if claim and claim in main.text)
    again = tuple(answer_opening(answer) for answer in scenario.again)
    script = replace(scenario.script, sources=sources)
    return replace(scenario, answer=main, wrong=wrong, again=again, replies=answers, script=script)


def answer_opening(answer: WrittenAnswer) -> WrittenAnswer:
    """The answer cut after the paragraph that brings it to MIN_OPENING_WORDS, but never after a line that leads on."""
    kept: list[str] = []
    for paragraph in answer.text.split("\n\n"):
        kept.append(paragraph)
        if len(" ".join(kept).split()) >= MIN_OPENING_WORDS and not paragraph.rstrip("* ").endswith(":"):
            break
    return replace(answer, text="\n\n".join(kept))
