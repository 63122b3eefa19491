"""Facts about the pages that say how Parallax is built and changed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
LINK = re.compile(r"\]\(([^)#:]+)\)")
TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_links_to_is_there(page: str) -> None:
    linked = LINK.findall((ROOT / page).read_text("utf-8"))
    assert [link for link in linked if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_command_that_a_page_names_is_told_by_make_help(page: str) -> None:
    told = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    named = set(
        re.findall(r"(?:`|^ {4})(?:[A-Z_]+=\S+ )*make ([a-z-]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    )
    assert named - told <= {"vocabulary"}


@pytest.mark.parametrize("page", PAGES)
def test_every_module_that_a_page_runs_is_there(page: str) -> None:
    named = re.findall(r"python -m ((?:components|tests)\.[\w.]+)", (ROOT / page).read_text("utf-8"))
    assert [name for name in named if not (ROOT / name.replace(".", "/")).with_suffix(".py").exists()] == []


def test_the_readme_links_every_other_page() -> None:
    linked = set(LINK.findall((ROOT / "README.md").read_text("utf-8")))
    assert {*PAGES[1:], "LICENSE", "NOTICE"} <= linked


def test_the_architecture_has_a_place_for_the_table_of_events() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    assert 0 < text.index("<!-- events:begin -->") < text.index("<!-- events:end -->")
