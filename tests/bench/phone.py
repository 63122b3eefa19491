"""How far painting strays from schedule on a phone-sized page while many others take part, idle and under that load.

Run: python -m tests.bench.phone [people]. A line each: the trials of one real browser, in milliseconds, as its player
tells them; tests.bench.player holds what it tells against a sampler.
"""

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import sync_playwright

from components.server.access.signing import SECRET_VARIABLE, Signer
from components.server.participate.take_tickets import link_token
from components.store import Store
from tests.bench.participants import RAMP_S, report, running_app, take_part_all
from tests.bench.player import say
from tests.bench.server import chromium
from tests.bench.take_kills import SECRET
from tests.browser.test_study_in_chromium import walk
from tests.server.made_study import keep_made, right_answers
from tests.server.scripted_person import Tally

PEOPLE, TRIALS_OF_AN_ARM = 300, 6
PHONE_TRIALS = 2  # of an arm: four last as long as the load does once it is whole


def take_part(address: str, link: str, right: Mapping[str, object], people: int, ready: Any) -> None:
    """Have so many scripted people take part, and tell what they got."""
    tally = Tally()
    ready.set()
    asyncio.run(take_part_all(address, link, right, people, tally))
    sys.stdout.write(f"{report(tally, people)['line']}\n")


@contextmanager
def loaded(address: str, link: str, right: Mapping[str, object], people: int) -> Iterator[None]:
    """So many people take part meanwhile."""
    ready = multiprocessing.Event()
    process = multiprocessing.Process(target=take_part, args=(address, link, right, people, ready))
    process.start()
    ready.wait()
    try:
        yield
    finally:
        process.join()


def told_plays(store: Store, study: str, name: str) -> list[dict[str, Any]]:
    """What the page told of each of its plays, of the person with this name, in the order of its answers."""
    [person] = [person for person in store.participants(study) if person.entry.get("pid") == name]
    answers = [answer for answer in store.study_answers(study) if answer.participant == person.id]
    plays = [answer.content.get("play") for answer in sorted(answers, key=lambda answer: answer.at)]
    return [told[0] for told in plays if told]


def lags(pane: Mapping[str, Any]) -> dict[str, float]:
    """How late the first words, nineteen in twenty tokens, and the latest one were."""
    first = pane["painted"]["first"] - pane["scheduled"]["first"]
    return {"first": round(1000 * first, 1), "p95": pane["lag"]["p95"], "most": pane["lag"]["max"]}


def main() -> None:
    """Two lines: the trials of a phone alone, and of one while others take part."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        url = f"sqlite:///{folder}/parallax.db"
        store = Store.open(url)
        crowd, study = (keep_made(store, people, trials=trials) for trials in (TRIALS_OF_AN_ARM, PHONE_TRIALS))
        crowd_link, link = (link_token(Signer(SECRET), store.keep_link(one.id, "many").id) for one in (crowd, study))
        with running_app({"PARALLAX_DATABASE_URL": url, SECRET_VARIABLE: SECRET, "PARALLAX_DATA": folder}) as app:
            browser = chromium(play)

            def trials(name: str) -> list[dict[str, float]]:
                page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
                page.goto(f"{app.address}/take/{link}?pid={name}")
                walk(page, right_answers(study))
                page.context.close()
                return [lags(play["panes"][0]) for play in told_plays(store, study.id, name)]

            say("alone", trials("alone"))
            with loaded(app.address, crowd_link, right_answers(crowd), people):
                time.sleep(RAMP_S / 2)
                say(f"while {people:,} take part", trials("among"))


if __name__ == "__main__":
    main()
