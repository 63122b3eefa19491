"""A pattern is one file: it is found by itself or says what it lacks, and what others need of it stands in it."""

import builtins
import io
import re
from pathlib import Path
from typing import Any

import pytest

from components.core.layer import Family, Layer, dials_of
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.remark import LACKS
from components.core.script import Script
from components.layers import ALL_PATTERNS, discover_patterns
from components.layers.example_stack import example_stack
from components.prompts.packs import items_by_text, load_packs
from tests.layers.streams import ASKED, Scripted, said

ROOT = Path(__file__).parents[2]
NAMELESS = (
    "ui/catalogue/pattern_cards.py",
    "ui/shared/play_cards.py",
    "ui/shared/dials.py",
    "design/lint.py",
    "report/handoff/program.py",
)
GOOD = '''
"""A file."""
from dataclasses import dataclass
from components.core.layer import Family, Layer
@dataclass(frozen=True)
class Fine(Layer):
    """Does something."""
    family = Family.CONTROL
    moves = ("trust",)
'''
FAULTY = {
    "without moves": (GOOD.replace('moves = ("trust",)', "pass"), "Fine lacks `moves`"),
    "without a family": (GOOD.replace("family = Family.CONTROL", "pass"), "Fine lacks `family`"),
    "without a docstring": (GOOD.replace('"""Does something."""', "pass"), "Fine lacks a docstring"),
    "no dataclass": (GOOD.replace("@dataclass(frozen=True)", ""), "Fine lacks @dataclass"),
    "that cannot be read": ("import nowhere_to_be_found", "cannot be read: ModuleNotFoundError"),
    "that is no Python": ("class Fine(", "cannot be read: SyntaxError"),
}


def discovered(folder: Path, package: str, monkeypatch: pytest.MonkeyPatch, **files: str) -> dict[str, type[Layer]]:
    """The patterns of a package made of these files."""
    home = folder / package
    home.mkdir()
    for name, text in {"__init__": "", **files}.items():
        (home / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(folder)
    return discover_patterns([str(home)], package)


def test_a_pattern_is_found_by_itself_and_a_base_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = GOOD.replace("class Fine(Layer)", "class Rough(Layer, base=True)").replace('moves = ("trust",)', "pass")
    child = "from patterns_found.base import Rough\n" + GOOD.replace("class Fine(Layer)", "class Finer(Rough)")
    found = discovered(tmp_path, "patterns_found", monkeypatch, fine=GOOD, base=base, finer=child)
    assert list(found) == ["Fine", "Finer"]


@pytest.mark.parametrize(("number", "case"), enumerate(FAULTY), ids=list(FAULTY))
def test_a_pattern_that_lacks_something_says_so_with_its_file(
    number: int, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, reason = FAULTY[case]
    with pytest.raises(ImportError) as problem:
        discovered(tmp_path, f"patterns_faulty_{number}", monkeypatch, fine=text)
    assert f"patterns_faulty_{number}.fine" in str(problem.value) and reason in str(problem.value)


def test_two_patterns_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportError, match=r"patterns_twice\.second: there is another pattern called Fine"):
        discovered(tmp_path, "patterns_twice", monkeypatch, first=GOOD, second=GOOD)


@pytest.mark.parametrize("name", NAMELESS)
def test_no_pattern_is_named_where_all_of_them_are_handled(name: str) -> None:
    source = (ROOT / "components" / name).read_text("utf-8")
    assert not [kind for kind in ALL_PATTERNS if re.search(rf"\b{kind}\b", source)]


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_an_example_can_be_played(kind: type[Layer]) -> None:
    turned = {spec.name: spec for spec in dials_of(kind)}
    for name, value in kind.example.dials.items():
        assert turned[name].check(value) != turned[name].default
    stack = Prototype("", example_stack(kind, ALL_PATTERNS))
    assert kind in {type(layer) for layer in stack.layers} and any(layer.releases for layer in stack.layers)
    assert bool(kind.example.fault) == (kind.family == Family.FAILURE and kind.__name__ != "UndoAndCorrect")
    assert list(stack.around(Scripted(said("It was a cold day.")))(ASKED))


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_a_pattern_cures_a_known_lack_and_has_patterns_for_rivals(kind: type[Layer]) -> None:
    assert kind.cures in ("", *LACKS), "`cures` is one of LACKS in components/core/remark.py, or left out"
    assert set(kind.rivals) <= set(ALL_PATTERNS), "`rivals` are named as their classes"


@pytest.mark.parametrize("lack", LACKS)
def test_a_lack_has_one_cure(lack: str) -> None:
    assert len([kind for kind in ALL_PATTERNS.values() if kind.cures == lack]) == 1, "a remark offers a single cure"


@pytest.mark.parametrize("kind", ALL_PATTERNS.values(), ids=list(ALL_PATTERNS))
def test_a_pattern_reads_no_file(kind: type[Layer], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a pattern reads a file")

    load_packs.cache_clear()
    items_by_text.cache_clear()
    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(io, "open", refuse)
    scripted = Prompt(ASKED.messages, script=Script(missing=("A date",), question="When?", why=("It is.",)))
    for prompt in (ASKED, scripted):
        list(kind(**kind.example.dials).around(Scripted(said("It was a cold day.")))(prompt))
