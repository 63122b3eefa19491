"""One file that plays a comparison anywhere."""

import json
import re

import pytest

from components.report.standalone import standalone_page
from components.ui.shared.samples import first_comparison

pytestmark = pytest.mark.slow

NASTY = "</script><script>alert(1)</script><!-- {{data}} $& \\u2028"


def data(prompt: str) -> dict[str, object]:
    compare = first_comparison()
    panes = [
        {"key": key, "name": proto.name, "summary": "", "prototype": proto.id, "timeline": line.to_json()}
        for (key, proto), line in zip(compare.panes.items(), compare.timelines.values(), strict=True)
    ]
    return {"prompt": prompt, "panes": panes, "live": {"token": "secret"}, "rows": [1]}


def held(page: str) -> dict[str, object]:
    found = re.findall(r'<script type="application/json" id="parallax">(.*?)</script>', page, re.S)
    assert len(found) == 1
    values: dict[str, object] = json.loads(found[0])
    return values


def test_the_file_holds_the_comparison_and_no_way_back_to_the_server() -> None:
    values = held(standalone_page(data("Why?"), "Why?"))
    assert values["prompt"] == "Why?" and len(values["panes"]) == 3  # type: ignore[arg-type]
    assert values["live"] is None and values["rows"] == []


def test_hostile_words_stay_words() -> None:
    page = standalone_page(data(NASTY), NASTY)
    assert held(page)["prompt"] == NASTY
    assert page.count("<script") == 2 and "alert(1)</script><" not in page


def test_it_needs_nothing_from_anywhere_and_is_small() -> None:
    page = standalone_page(data("Why?"), "Why?")
    assert len(page.encode()) < 1_500_000
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)
    assert 'url("data:font/woff2' in page and "default-src 'none'" in page
