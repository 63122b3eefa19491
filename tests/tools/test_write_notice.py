"""Facts about the licences of what comes with Parallax."""

import re
from pathlib import Path

import pytest

from components.tools.write_notice import NOTICE_FILE, ROOT, notice_text, npm_text, npm_works

IMPORT = re.compile(r"""(?:from|import) "((?:@[\w-]+/)?[\w-]+)""")
COPIED = re.compile(r"""\[?"((?:@[\w-]+/)?[\w-]+)/(?:files/|LICEN[CS]E)""", re.IGNORECASE)


def test_the_notice_is_what_the_command_writes() -> None:
    assert NOTICE_FILE.read_text("utf-8") == notice_text(), "NOTICE is stale: run `make notice`."


def test_every_package_that_the_player_imports_is_in_the_notice() -> None:
    sources = [path for path in (ROOT / "assets/player").rglob("*.ts") if "tests" not in path.parts]
    imported = {name for path in sources for name in IMPORT.findall(path.read_text("utf-8"))}
    assert "markdown-it" in imported
    assert imported <= {work.name for work in npm_works()}


def test_every_package_whose_files_the_build_copies_is_in_the_notice() -> None:
    copied = set(COPIED.findall((ROOT / "assets/build.mjs").read_text("utf-8")))
    assert "@fontsource-variable/inter" in copied
    assert copied <= {work.name for work in npm_works()}


def test_tools_that_only_build_are_not_in_the_notice() -> None:
    assert not {"esbuild", "typescript", "jsdom"} & {work.name for work in npm_works()}


def test_what_a_package_wants_for_its_command_line_is_not_in_the_notice() -> None:
    assert not {"argparse", "entities"} & {work.name for work in npm_works()}


def test_a_package_without_a_licence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="licence"):
        npm_text(tmp_path)
