"""The house rules, as facts about the files."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.names import bare_participles, module_functions, one_word_functions, public_definitions, shared_names

ROOT = Path(__file__).parents[1]
SOURCES = [p for folder in ("components", "pages") for p in (ROOT / folder).rglob("*.py")] + [ROOT / "app.py"]
HANDED_OFF = list((ROOT / "assets" / "handoff").glob("*.py"))
PLAIN_NUMBERS = {"THREADS", "RESAMPLES"}  # counts of just what they name


def test_no_file_is_longer_than_300_lines() -> None:
    assert not [p.name for p in [*SOURCES, *HANDED_OFF] if len(p.read_text().splitlines()) > 300]


def test_no_function_is_longer_than_40_lines() -> None:
    functions = [
        (p.name, node.name, (node.end_lineno or 0) - node.lineno + 1)
        for p in [*SOURCES, *HANDED_OFF]
        for node in ast.walk(ast.parse(p.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert not [(name, function) for name, function, lines in functions if lines > 40]


def test_no_file_name_stands_twice_in_components() -> None:
    files = [p.name for p in SOURCES if "components" in p.parts and "migrations" not in p.parts]
    assert not [name for name, n in Counter(files).items() if n > 1 and name != "__init__.py"]


def test_a_public_name_has_one_meaning() -> None:
    assert not [one.place for one in shared_names(public_definitions())]


def test_a_participle_says_yes_or_no() -> None:
    assert not [one.place for one in bare_participles(public_definitions())]


def test_most_functions_are_named_by_more_than_one_word() -> None:
    found = public_definitions()
    assert len(one_word_functions(found)) < 0.1 * len(module_functions(found))


def numbers(path: Path) -> Iterator[str]:
    """The names of a module's constants that are numbers."""
    for node in ast.parse(path.read_text()).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        number = isinstance(value, ast.Constant) and type(value.value) in (int, float)
        yield from (target.id for target in targets if number and isinstance(target, ast.Name))


def test_a_number_says_its_unit_or_what_it_limits() -> None:
    named = {name for p in SOURCES for name in numbers(p)} - PLAIN_NUMBERS
    assert not [name for name in named if "_" not in name]


def test_a_page_is_about_50_lines() -> None:
    assert not [p.name for p in (ROOT / "pages").glob("*.py") if len(p.read_text().splitlines()) > 55]


def test_every_file_begins_with_a_docstring() -> None:
    assert not [str(p) for p in SOURCES if p.read_text().strip() and not p.read_text().startswith('"""')]


def test_no_raw_html_in_python() -> None:
    assert not [p.name for p in SOURCES if re.search(r"unsafe_allow_html|unsafe_allow_javascript", p.read_text())]


def test_no_tags_in_a_text_of_python() -> None:
    tag = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>")
    drawn = [p for p in SOURCES if "tools" not in p.parts]  # these write Markdown and TypeScript, which no page shows
    texts = [
        (p.name, n.value) for p in drawn for n in ast.walk(ast.parse(p.read_text())) if isinstance(n, ast.Constant)
    ]
    assert not [(name, text) for name, text in texts if isinstance(text, str) and tag.search(text)]


def test_a_control_of_one_choice_says_whether_it_can_be_emptied() -> None:
    calls = [(p.name, n) for p in SOURCES for n in ast.walk(ast.parse(p.read_text())) if isinstance(n, ast.Call)]
    choices = [(file, n) for file, n in calls if getattr(n.func, "attr", "") in ("segmented_control", "pills")]
    said = {"required", "selection_mode"}
    assert choices and not [(file, n.lineno) for file, n in choices if not said & {word.arg for word in n.keywords}]


def test_session_state_has_one_home() -> None:
    homes = {p.relative_to(ROOT).as_posix() for p in SOURCES if "session_state" in p.read_text()}
    assert homes == {"components/ui/shared/state.py"}


def test_problems_are_shown_in_one_place() -> None:
    shown = re.compile(r"st\.(?:error|exception)\(|\.problem = ")
    assert {p.name for p in SOURCES if "ui" in p.parts and shown.search(p.read_text())} == {"problems.py"}


def test_drawing_pages_imports_no_torch_and_comparing_no_statistics() -> None:
    code = (
        "import sys; import app, components.ui.compare.questionnaire, components.ui.shared.share, "
        "components.ui.shared.dials; print({'scipy', 'pandas'} & set(sys.modules)); "
        "import components.ui.results.results_page; print({'torch', 'transformers'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["set()", "set()"]
