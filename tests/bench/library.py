"""How long the recording library takes with 10,000 recordings in it. Run: python -m tests.bench.library"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.store import Store

RECORDINGS, TOKENS, ROUNDS = 10_000, 100, 40
SYLLABLES = ("ba", "ko", "li", "mé", "ran", "su", "tev", "wi", "xo", "zar")
MODELS = ("small", "large", "hosted", "tuned")


def recordings(seed: int = 1) -> Iterator[Recording]:
    """Made-up recordings, each of its own prompt; a word in a hundred is a rare one."""
    rng = random.Random(seed)
    known = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(3000)]
    for number in range(RECORDINGS):
        said = [f" {word}" for word in rng.choices(known, k=TOKENS)]
        likely = [[[word, -0.4], *([rng.choice(known), -3.0 - n] for n in range(4))] for word in said]
        events = [
            Event(0.3 + place / 40, "token", word, {"logprob": -0.4, "alternatives": likely[place]})
            for place, word in enumerate(said)
        ]
        prompt = Prompt.from_typed(f"Question {number}: {' '.join(rng.choices(known, k=9))}?")
        card = Card(MODELS[number % len(MODELS)], "scripted" if number % 10 == 0 else "openai")
        yield Recording(prompt, card, (*events, Event(3.0, "end", data={"reason": "stop"})), "2026-01-02")


def filled(store: Store) -> float:
    """Keep them all, a third right, a third wrong, some tagged, a few put away; the seconds it took without marks."""
    several = list(recordings())
    began = perf_counter()
    ids = [id for n in range(0, RECORDINGS, 500) for id in store.keep_recordings(several[n : n + 500])]
    took = perf_counter() - began
    rng = random.Random(2)
    for number, id in enumerate(ids):
        if number % 3:
            store.mark(id, "right", "right" if number % 3 == 1 else "wrong")
        if number % 7 == 0:
            store.mark(id, f"tag:{rng.choice(('messy', 'long', 'for Tuesday'))}", "on")
        if number % 50 == 0:
            store.mark(id, "away", "yes")
    return took


def seconds(task: Callable[[], object]) -> dict[str, float]:
    """Of a few runs, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        task()
        times.append(1000 * (perf_counter() - began))
    cuts = quantiles(times, n=20, method="inclusive")
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1), "highest": round(max(times), 1)}


def main() -> None:
    """Print one line: milliseconds of every way to look, and how long the filling took."""
    one, two = "mélizar", "ba ko"
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(os.environ.get("PARALLAX_DATABASE_URL") or Path(folder))
        took = filled(store)
        single = next(recordings())
        roots = [recording.prompt.id for recording in islice(recordings(), 100)]
        looks: dict[str, Callable[[], object]] = {
            "open page 1": store.search,
            "open page 50": lambda: store.search(offset=4900),
            f"search “{one}” ({store.search(one).total})": lambda: store.search(one),
            f"search “{two}” ({store.search(two).total})": lambda: store.search(two),
            "search nothing has": lambda: store.search("nowhere at all"),
            "a hundred prompts": lambda: store.search(roots=roots),
            "model and right": lambda: store.search(models=("large",), right="right"),
            "not labelled": lambda: store.search(right=""),
            "one tag": lambda: store.search(tags=("messy",)),
            "longest first": lambda: store.search(order="longest"),
            "put away": lambda: store.search(away=True),
            "all tags": store.tags,
            "all models": store.models_recorded,
            "all labels": store.judged_counts,
            "keep one": lambda: store.keep_recording(replace(single, card=Card("x", str(perf_counter())))),
        }  # fmt: skip
        said = {name: seconds(look) for name, look in looks.items()}
        size = round(sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6)
        store.close()
    unit = {"recordings": RECORDINGS, "tokens": TOKENS, "n": ROUNDS, "unit": "ms", "load": os.getloadavg()[0]}
    filling = {"seconds to keep all": round(took, 1), "megabytes": size}
    sys.stdout.write(json.dumps({**said, **filling, **unit}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
