"""PDF: a document set for print, tagged so that it can be read aloud."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from components.core.folders import ROOT
from components.report.document import Document

TEMPLATE = ROOT / "assets" / "handoff" / "handoff.typ"
OWN_FONTS = ("fontpkg_inter", "fontpkg_jetbrains_mono")  # the product's own two; other scripts come from the system
SAYABLE = "ua-1"  # PDF/UA-1, which also asks that every letter can be shown


def pdf(document: Document) -> bytes:
    """The document as a PDF; one with letters that no font here has is tagged, but not certified as PDF/UA."""
    import typst

    try:
        return printed(document, SAYABLE)
    except typst.TypstError:
        return printed(document)


def pictures(document: Document, ppi: float = 96) -> list[bytes]:
    """Its pages as PNG."""
    import typst

    made = typst.compile(TEMPLATE.read_bytes(), format="png", ppi=ppi, font_paths=fonts(), sys_inputs=told(document))
    return made if isinstance(made, list) else [made]


def printed(document: Document, *standards: Any) -> bytes:
    """The document as a PDF that keeps to these standards. TypstError where it cannot."""
    import typst

    made = typst.compile(
        TEMPLATE.read_bytes(), format="pdf", font_paths=fonts(), sys_inputs=told(document),
        pdf_standards=list(standards),
    )  # fmt: skip
    return bytes(made)


def told(document: Document) -> dict[str, str]:
    """What the template is handed."""
    return {"document": json.dumps(document.to_json())}


@cache
def fonts() -> Any:
    """The fonts of the product, of the system and of the typesetter, looked up once."""
    import typst

    return typst.Fonts(font_paths=[str(files(package) / "files") for package in OWN_FONTS])
