"""Where Parallax keeps what it makes: recordings, ratings and the prepared model."""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The folder named by PARALLAX_DATA, or `data` beside app.py. It may not exist yet."""
    named = os.environ.get("PARALLAX_DATA", "").strip()
    return Path(named).expanduser() if named else PROJECT_ROOT / "data"
