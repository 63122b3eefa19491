"""Record packs: asks the bundled model every prompt of the packs that has no recording yet, one after the other.

After them come further answers to two samples, and the turns that one press reaches in the templates.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from components.core.event import Event, Stream
from components.core.explained import Explained
from components.core.folders import ROOT
from components.core.hidden_turn import is_hidden_turn
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import timeline
from components.layers import KNOWN
from components.layers.confidence.score import SAMPLES
from components.models.local.local_model import Transformers
from components.models.make_recording import record
from components.models.source import Settings
from components.prompts.bundled_recordings import put, shelf
from components.prompts.packs import packs, with_script

SETTINGS = Settings(temperature=0.6, top_p=0.9, max_tokens=160)
EVERY = 10  # recordings between two times of writing
TEMPLATES = ROOT / "assets" / "prototypes" / "templates.json"

TRIED = ("Explain photosynthesis to a ten-year-old.", "What is the capital of Australia?")

Key = tuple[str, int]


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


def following(known: Mapping[Key, Recording]) -> list[Prompt]:
    """The turns that a person can reach with one press in the templates, and that are not recorded yet."""
    asked: dict[Key, Prompt] = {}
    for template in json.loads(TEMPLATES.read_text("utf-8")):
        root = with_script(Prompt.read(template["prompt"]))
        first = known[key(root)]

        def answer(prompt: Prompt, first: Recording = first) -> Stream:
            if is_hidden_turn(prompt) or key(prompt) in known:  # what nobody sees comes from the script here
                return replay(known.values())(prompt)
            if not prompt.partial:
                asked[key(prompt)] = prompt
            return iter(first.events)

        timeline(Prototype.from_json(template["prototype"], KNOWN), root, answer, depth=1)
    return list(asked.values())


def tries() -> list[Prompt]:
    """Further attempts at two samples, for the patterns that ask more than once."""
    return [replace(Prompt.read(text), attempt=n) for text in TRIED for n in range(1, SAMPLES + 1)]


def key(prompt: Prompt) -> Key:
    """By what a recording is found."""
    return prompt.id, prompt.attempt


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
    known = {key(recording.prompt): recording for recording in shelf()}
    model, made = Transformers(settings=SETTINGS), datetime.now(UTC).date().isoformat()
    try:
        for more in (wanted, tries, lambda: following(known)):
            for number, prompt in enumerate(missing := [one for one in more() if key(one) not in known], 1):
                known[key(prompt)] = light(record(model.answer(prompt), prompt, model.card, made))
                print(f"{number} of {len(missing)}: {known[key(prompt)].length} tokens")  # noqa: T201
                if number % EVERY == 0:
                    put(known.values())
    finally:
        model.close()
        put(known.values())


if __name__ == "__main__":
    main()
