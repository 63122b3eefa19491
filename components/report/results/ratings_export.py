"""Export: every rating with what it traces back to, as a file for a spreadsheet or for R and Python."""

import io

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet read a text as a formula


def ratings_csv(frame: pd.DataFrame) -> bytes:
    """A CSV file, UTF-8 with its mark; a text that a spreadsheet would run as a formula gets a ' in front."""
    return escape_formulas(frame).to_csv(index=False).encode("utf-8-sig")


def escape_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with no text in it that a spreadsheet would run; numbers stay numbers."""
    texts = [name for name in frame.columns if pd.api.types.is_string_dtype(frame[name])]
    return frame.assign(**{name: quote_formulas(frame[name]) for name in texts})


def quote_formulas(texts: pd.Series) -> pd.Series:
    """The texts, a ' in front of those that begin like a formula."""
    return texts.where(~texts.str.startswith(FORMULA_STARTS), "'" + texts)


def ratings_parquet(frame: pd.DataFrame) -> bytes:
    """A Parquet file, every value as it is."""
    file = io.BytesIO()
    frame.to_parquet(file, index=False)
    return file.getvalue()
