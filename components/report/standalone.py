"""Standalone: one HTML file that plays a comparison in any browser, without a server and without a network."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from components.core.folders import PROJECT_ROOT

PAGE_TEMPLATE = PROJECT_ROOT / "assets" / "dist" / "standalone.html"


def standalone_page(data: Mapping[str, Any], title: str) -> str:
    """The file for what the player takes (see protocol.ts); `title` is the name of its tab."""
    alone = {**data, "live": None, "rows": [], "autoplay": False}
    values = json.dumps(alone).replace("<", "\\u003c")  # nothing in it can end its script element
    before, after = PAGE_TEMPLATE.read_text("utf-8").split("{{data}}")
    return before.replace("{{title}}", escape(title)) + values + after
