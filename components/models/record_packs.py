"""Record packs: asks the bundled model every prompt of the packs that has no recording yet, one after the other."""

from dataclasses import replace
from datetime import UTC, datetime

from components.core.event import Event
from components.core.explained import Explained
from components.core.pack import packs
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.core.shelf import put, shelf
from components.models.record import record
from components.models.source import Settings
from components.models.transformers import Transformers

SETTINGS = Settings(temperature=0.6, top_p=0.9, max_tokens=160)
EVERY = 10  # recordings between two times of writing


def wanted() -> list[Prompt]:
    """Every prompt of the packs that a model can be asked, none twice."""
    prompts: dict[str, Prompt] = {}
    for pack in packs():
        for item in pack.items:
            try:
                prompt = Prompt.read(item.text)
            except Explained:
                continue  # an empty one is for prototypes, not for models
            prompts[prompt.id] = prompt
    return list(prompts.values())


def light(recording: Recording) -> Recording:
    """The recording without the words that were not chosen, its times to a tenth of a millisecond."""
    return replace(recording, events=tuple(lighter(event) for event in recording.events))


def lighter(event: Event) -> Event:
    """One event of it."""
    kept = {name: value for name, value in event.data.items() if name != "alternatives"}
    if "logprob" in kept and kept["logprob"] is not None:
        kept["logprob"] = round(kept["logprob"], 4)
    return Event(round(event.at, 4), event.kind, event.text, kept)


def main() -> None:
    """Record what is missing; what is done is kept when this is interrupted."""
    asked = wanted()
    known = {recording.prompt.id: recording for recording in shelf()}
    model, made = Transformers(settings=SETTINGS), datetime.now(UTC).date().isoformat()
    try:
        for number, prompt in enumerate(asked, 1):
            if prompt.id in known:
                continue
            known[prompt.id] = light(record(model.answer(prompt), prompt, model.card, made))
            print(f"{number} of {len(asked)}: {known[prompt.id].length} tokens")  # noqa: T201
            if number % EVERY == 0:
                put(known.values())
    finally:
        model.close()
        put(known[prompt.id] for prompt in asked if prompt.id in known)


if __name__ == "__main__":
    main()
