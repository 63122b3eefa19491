"""The TypeScript runtime of the code hand-off does event by event what the layers do, and knows the same steps."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from components.core.portable import FORMAT_VERSION, STEP_KINDS
from components.core.vocabulary import VOCABULARY
from components.report.handoff.program import RUNTIMES, Program, runtime_files
from tests.report.portable_cases import Case, alone_cases, mixed_cases, models, template_cases
from tests.report.test_portable import layered
from tests.report.typescript import TESTS, bundled, output

STEP = re.compile(r'^export interface \w+ \{\n  readonly step: "(\w+)"\n(.*?)^\}', re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^  readonly (\w+):", re.MULTILINE)
ONE_IN = 7  # cases with every kind of answer; Python plays them all
ONE_LIVE_IN = 3  # cases of live answers


def cases() -> Iterator[Case]:
    """Turns of every pattern with each of its dials turned, and of every pattern and template with every answer."""
    yield from islice(alone_cases(every_model=False), 0, None, ONE_LIVE_IN)
    yield from islice(alone_cases(every_model=True), 0, None, ONE_IN)
    yield from islice(template_cases(every_model=True), 0, None, ONE_IN)
    yield from mixed_cases(40)


def to_json(cases: Iterable[Case]) -> str:
    """The cases with what is expected to be shown and asked, as the program that plays them reads them."""
    listed, numbers = list[dict[str, Any]](), dict[int, int]()
    prototypes = list[Any]()
    for case in cases:
        number = numbers.setdefault(id(case.prototype), len(prototypes))
        if number == len(prototypes):
            prototypes.append((case.prototype, Program(case.prototype).to_json()))
        prompt = {**case.prompt.to_json(), "hidden": case.is_hidden}
        asked = list[Any]()
        events = [event.to_json() for event in layered(case, asked)]
        told = {"name": case.name, "prototype": number, "prompt": prompt, "model": case.model}
        listed.append({**told, "events": events, "asked": asked})
    answers = {name: model.to_json() for name, model in models().items()}
    return json.dumps({"models": answers, "prototypes": [values for _, values in prototypes], "cases": listed})


def test_it_plays_event_by_event_what_the_layers_play(tmp_path: Path) -> None:
    assert output(bundled(TESTS / "compare.ts", tmp_path), to_json(cases())) == ""


def test_the_comparison_notices_one_event_that_is_not_as_expected(tmp_path: Path) -> None:
    wrong = json.loads(to_json(islice(alone_cases(every_model=False), 1)))
    wrong["cases"][0]["events"][-1]["at"] += 0.001
    assert "but" in output(bundled(TESTS / "compare.ts", tmp_path), json.dumps(wrong))


def test_it_knows_every_kind_of_step_with_its_fields() -> None:
    text = (RUNTIMES / "parallax_steps.ts").read_text("utf-8")
    assert {kind: set(FIELD.findall(body)) for kind, body in STEP.findall(text)} == {
        name: set(kind.fields) for name, kind in STEP_KINDS.items()
    }
    assert f"FORMAT_VERSION = {FORMAT_VERSION}\n" in (RUNTIMES / "parallax_runtime.ts").read_text("utf-8")


def test_both_languages_have_the_same_files() -> None:
    names = {language: {file.stem for file in runtime_files(language)} for language in ("py", "ts")}
    assert (
        names["ts"] - names["py"] == {"parallax_steps", "parallax_shows", "parallax_hearing", "parallax_replies"}
        and names["py"] <= names["ts"]
    )


def test_it_knows_every_event_it_speaks_of() -> None:
    said = set[str]()
    for file in runtime_files("ts"):
        said.update(re.findall(r'\.kind [!=]== "(\w+)"', file.read_text("utf-8")))
    assert said <= set(VOCABULARY) and len(said) > 9
