"""Facts about the pages that say how Parallax is built and changed."""

import importlib.util
import re
from pathlib import Path

import pytest

from components.core.portable import STEP_KINDS, Portable
from components.layers import missing_parts, patterns_in
from tests.layers.streams import heard, said

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")
FOLDERS = ("app.py", "assets/", "components/", "pages/", "tests/")  # how the path of something of ours begins


def test_the_pattern_in_the_guide_is_a_whole_one(tmp_path: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    file = tmp_path / "reminder.py"
    file.write_text(code, "utf-8")
    spec = importlib.util.spec_from_file_location("reminder", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    [kind] = patterns_in(module)
    assert missing_parts(kind) == []
    assert [event.kind for event in heard(kind(), said("Rome is in Italy."))][-2:] == ["notice", "end"]
    part = kind().portable()
    assert isinstance(part, Portable)
    assert [(step.kind in STEP_KINDS, len(step.values["events"])) for step in part.steps] == [(True, 1)]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    paths = {name for name in re.findall(r"`([^`\s]+)`", text) if name.startswith(FOLDERS) and "<" not in name}
    modules = {f"{name.replace('.', '/')}.py" for name in re.findall(r"python -m (components[\w.]+)", text)}
    links = {name for name in re.findall(r"\]\(([^)]+)\)", text) if "://" not in name}
    assert [name for name in sorted(paths | modules | links) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_to_make_can_be_made(page: str) -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE)) <= made
