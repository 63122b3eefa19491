"""How long the list of works takes with 2,000 works of 100 steps each. Run: python -m tests.bench.works"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from components.core.folders import PROJECT_ROOT
from components.store import Store, WorkQuery, WorkState
from components.store.database import ascii_json
from components.store.tables import work_steps
from tests.bench.library import seconds

HOME_PAGE = str(PROJECT_ROOT / "pages" / "home.py")
WORKS, STEPS = 2_000, 100
WORDS = (
    "travel", "help", "desk", "refund", "night", "train", "badge", "slow", "calm", "answer", "question", "plan",
)  # fmt: skip


def filled(store: Store) -> list[str]:
    """The ids of so many works with so many steps each."""
    rng = random.Random(1)
    ids = []
    for number in range(WORKS):
        panes = [{"key": key, "name": " ".join(rng.choices(WORDS, k=2)), "text": " ".join(rng.choices(WORDS, k=30))}
                 for key in "ABC"]  # fmt: skip
        content = {"recordings": ["f" * 64], "panes": [{"prototype": "e" * 64, "name": "A pane"}] * 3}
        state = WorkState(content, f"subject-{number}", f"answer-{number % 50}", panes)
        kind = ("comparison", "prototype")[number % 4 == 0]
        work = store.keep_work(kind, " ".join(rng.choices(WORDS, k=4)), f"person-{number % 9}", state,
                               project=("", "Spring", "Autumn")[number % 3])  # fmt: skip
        ids.append(work.id)
        same = {"work": work.id, "content": ascii_json(content), "recording": "", "rater": "x", "at": "2026"}
        rows = [{**same, "step": step, "before": step - 1, "subject": f"s-{number}-{step}"} for step in range(2, STEPS)]
        with store.writing() as connection:
            connection.execute(insert(work_steps), rows)
    return ids


def main() -> None:
    """Print one line: milliseconds of every way to look."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(os.environ.get("PARALLAX_DATABASE_URL") or Path(folder))
        ids = filled(store)
        looks: dict[str, Callable[[], object]] = {
            "first page": lambda: store.find_works(WorkQuery("x")),
            "search a word": lambda: store.find_works(WorkQuery("x", "refund")),
            "search nothing has": lambda: store.find_works(WorkQuery("x", "nowhere at all")),
            "one project": lambda: store.find_works(WorkQuery("x", project="Spring")),
            "mine": lambda: store.find_works(WorkQuery("person-3", owner="person-3")),
            "steps of one": lambda: store.work_steps(ids[7]),
            "named for a result": lambda: store.works_about("x", ["s-9-50", "s-10-50"]),
            "add a step": lambda: store.add_step(ids[3], WorkState({}), "x", 1),
        }  # fmt: skip
        os.environ["PARALLAX_DATA"] = folder
        page = AppTest.from_file(HOME_PAGE, default_timeout=60)
        looks["the page Home, worked out again"] = page.run
        said = {name: seconds(look) for name, look in looks.items()}
        store.close()
    unit = {"works": WORKS, "steps": STEPS, "unit": "ms", "load": os.getloadavg()[0]}
    sys.stdout.write(json.dumps({**said, **unit}) + "\n")


if __name__ == "__main__":
    main()
