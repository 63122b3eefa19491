"""The house rules, as facts about the files."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = [p for folder in ("components", "pages") for p in (ROOT / folder).rglob("*.py")] + [ROOT / "app.py"]


def test_no_file_is_longer_than_300_lines() -> None:
    assert not [p.name for p in SOURCES if len(p.read_text().splitlines()) > 300]


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


def test_session_state_has_one_home() -> None:
    homes = {p.relative_to(ROOT).as_posix() for p in SOURCES if "session_state" in p.read_text()}
    assert homes == {"components/ui/shared/state.py"}


def test_problems_are_shown_in_one_place() -> None:
    shown = re.compile(r"st\.(?:error|exception)\(|\.problem = ")
    assert {p.name for p in SOURCES if "ui" in p.parts and shown.search(p.read_text())} == {"problems.py"}


def test_drawing_pages_imports_no_torch() -> None:
    code = (
        "import sys; import components.ui.shared.player, components.ui.results.results_page, "
        "components.ui.compare.questionnaire, components.ui.shared.dials, components.server.routes; "
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
