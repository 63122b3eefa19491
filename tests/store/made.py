"""Made-up people for tests: prototypes, recordings, sightings and ratings that nobody really gave."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from sqlalchemy import text

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.core.scenario import RIGHT, WRONG, Scenario, WrittenAnswer
from components.layers.confidence.badge import Badge
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming
from components.layers.failure.keep_partial import KeepPartial
from components.layers.failure.raw_error import RawError
from components.store import Store, open_database
from components.study.rating import Moments, Rating, Sighting

PROTOTYPES = (
    Prototype("Blocking", (Blocking(), RawError())),
    Prototype("Streaming", (Streaming(), RawError())),
    Prototype("Streaming, careful", (Streaming(), Badge(), KeepPartial())),
)
RECORDING = Recording(
    Prompt.from_typed("My flight to Lisbon was cancelled tonight. What am I owed?"),
    Card("made-up model", "scripted"),
    (Event(0.6, "token", "You", {"logprob": -0.1}), Event(7.2, "token", " may", {"logprob": -2.0}), Event(7.2, "end")),
    "2026-01-02T03:04:05+00:00",
)
FIRST = (7.2, 0.6, 0.6)  # seconds until the first words of each prototype
COMPARISON = "made-up"


def make_old_store(folder: Path, version: str) -> None:
    """An empty store as an older version left it; made from nothing, not copied."""
    (folder / open_database.DATABASE_FILE).touch()
    engine = open_database.sqlite_engine(open_database.database_url(folder))
    open_database.migrate_database(engine, version)
    engine.dispose()


def started(store: Store) -> Store:
    """The store with the three prototypes and the recording in it."""
    for prototype in PROTOTYPES:
        store.keep_prototype(prototype)
    store.keep_recording(RECORDING)
    return store


def sighting(person: str, place: int, comparison: str = COMPARISON) -> Sighting:
    """What a person's browser painted in one pane, 10 ms after schedule."""
    scheduled = Moments(0.2, FIRST[place], 7.2)
    painted = Moments(0.21, FIRST[place] + 0.01, 7.21)
    return Sighting(
        f"{comparison}-{person}-{place}", f"{comparison}-{person}", comparison, person, "ABC"[place],
        PROTOTYPES[place].id, RECORDING.id, scheduled, painted, at="2026-01-02T10:00:00+00:00",
    )  # fmt: skip


def answers(person: str, rng: np.random.Generator, comparison: str = COMPARISON) -> Iterator[Rating]:
    """What one made-up person says: blocking feels long, streaming is liked, careful is trusted."""
    taste = rng.normal()
    for place in range(3):
        seen = sighting(person, place, comparison)
        given = {
            "felt_first": round(float(FIRST[place] * np.exp(rng.normal((-0.1, 0.5, 0.5)[place], 0.25))), 1),
            "felt_complete": round(float(7.2 * np.exp(rng.normal((0.1, -0.15, -0.1)[place], 0.2))), 1),
            "speed": float(np.clip(round((2.9, 5.4, 5.1)[place] + taste + rng.normal()), 1, 7)),
            "trust": float(np.clip(round((52, 55, 66)[place] + 9 * taste + rng.normal(0, 9)), 0, 100)),
        }
        for item, value in given.items():
            yield Rating(f"{seen.id}-{item}", seen.play, person, item, seen.id, value, at="2026-01-02T10:01:00+00:00")
    ids = [*(prototype.id for prototype in PROTOTYPES), "none"]
    choice = ids[rng.choice(4, p=(0.08, 0.57, 0.25, 0.1))]
    yield Rating(f"{comparison}-{person}-ship", f"{comparison}-{person}", person, "ship", choice=choice)


def crowd(store: Store, people: int, comparison: str = COMPARISON, seed: int = 1) -> Store:
    """The store after so many people rated all three panes."""
    rng = np.random.default_rng(seed)
    started(store)
    for number in range(people):
        person = f"person-{number}"
        store.keep_sightings(*(sighting(person, place, comparison) for place in range(3)))
        store.rate(*answers(person, rng, comparison))
    return store


def outcome_recordings() -> tuple[Recording, Recording]:
    """The right and the wrong answer that were written for one question."""
    scenario = Scenario("How long is a marathon?", WrittenAnswer("42.195 km."), wrong=WrittenAnswer("40 km."))
    return scenario.recordings(RIGHT)[0], scenario.recordings(WRONG)[0]


def rated_outcomes(store: Store, right: int, wrong: int) -> Store:
    """The store after so many people trusted the right answer with 90 and so many others the wrong one with 10."""
    started(store)
    for recording, people, trust in zip(outcome_recordings(), (right, wrong), (90.0, 10.0), strict=True):
        store.keep_recording(recording)
        for number in range(people):
            rater = f"{trust:g}-{number}"
            panes = [replace(sighting(rater, place), recording=recording.id) for place in range(3)]
            store.keep_sightings(*panes)
            store.rate(*(Rating(f"{seen.id}-trust", seen.play, rater, "trust", seen.id, trust) for seen in panes))
    return store


def odd(store: Store, comparison: str = COMPARISON) -> Store:
    """Three more people: one in a hidden tab, one who knew the clock, one watching a live answer."""
    rng = np.random.default_rng(7)
    for person in ("hidden", "knowing", "live"):
        panes = [sighting(person, place, comparison) for place in range(3)]
        store.keep_sightings(*(replace(seen, hidden=person == "hidden", live=person == "live") for seen in panes))
        store.rate(*(replace(r, blind=person != "knowing") for r in answers(person, rng, comparison)))
    return store


def count(store: Store, table: str) -> int:
    """How many rows a table has."""
    with store.engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
