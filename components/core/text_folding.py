"""Folding: text as it is compared and searched, whatever its case, its accents and the width of its letters."""

import unicodedata


def fold_text(text: str) -> str:
    """The text without accents, case and the width of letters; folding it again changes nothing."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in apart if unicodedata.category(c) != "Mn")
