"""PDF: a document set for print, tagged so that it can be read aloud."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from components.core.folders import PROJECT_ROOT
from components.report.document import Document

TYPST_TEMPLATE = PROJECT_ROOT / "assets" / "handoff" / "handoff.typ"
OWN_FONTS = ("fontpkg_inter", "fontpkg_jetbrains_mono")  # the product's own two; other scripts come from the system
PDF_UA_STANDARD = "ua-1"  # PDF/UA-1, which also asks that every letter can be shown


def make_pdf(document: Document) -> bytes:
    """The document as a PDF; one with letters that no font here has is tagged, but not certified as PDF/UA."""
    import typst

    try:
        return compile_pdf(document, PDF_UA_STANDARD)
    except typst.TypstError:
        return compile_pdf(document)


def page_images(document: Document, ppi: float = 96) -> list[bytes]:
    """The document's pages as PNG, at `ppi` pixels per inch."""
    import typst

    images = typst.compile(
        TYPST_TEMPLATE.read_bytes(), format="png", ppi=ppi, font_paths=load_fonts(), sys_inputs=template_data(document)
    )
    return images if isinstance(images, list) else [images]


def compile_pdf(document: Document, *standards: Any) -> bytes:
    """The document as a PDF that keeps to these standards. TypstError where it cannot."""
    import typst

    pdf = typst.compile(
        TYPST_TEMPLATE.read_bytes(), format="pdf", font_paths=load_fonts(), sys_inputs=template_data(document),
        pdf_standards=list(standards),
    )  # fmt: skip
    return bytes(pdf)


def template_data(document: Document) -> dict[str, str]:
    """The Typst template's inputs: the document as JSON."""
    return {"document": json.dumps(document.to_json())}


@cache
def load_fonts() -> Any:
    """The fonts of the product, of the system and of the typesetter, looked up once."""
    import typst

    return typst.Fonts(font_paths=[str(files(package) / "files") for package in OWN_FONTS])
