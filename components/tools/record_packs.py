"""Record packs: asks the bundled model every prompt of the packs that has no recording yet, one after the other.

With `--cut`, those too whose answer was cut at its limit, with room to finish; whole answers stay as they are.
After them come further answers to two samples.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.layers.confidence.score import SAMPLE_COUNT
from components.models.local.local_model import LocalModel
from components.models.make_recording import make_recording
from components.models.source import Settings
from components.prompts.bundled_recordings import bundled_recordings, write_bundled_recordings
from components.prompts.packs import load_packs

PACK_SETTINGS = Settings(temperature=0.6, top_p=0.9, max_tokens=600)
SAVE_EVERY = 10  # recordings between two times of writing

RETRIED_QUESTIONS = ("Explain photosynthesis to a ten-year-old.", "What is the capital of Australia?")

RecordingKey = tuple[str, int]


def pack_prompts() -> list[Prompt]:
    """Every prompt of the packs that a model can be asked, none twice."""
    prompts: dict[str, Prompt] = {}
    for pack in load_packs():
        for item in pack.items:
            try:
                prompt = Prompt.from_typed(item.text)
            except Explained:
                continue  # an empty one is for prototypes, not for models
            prompts[prompt.id] = prompt
    return list(prompts.values())


def further_attempts() -> list[Prompt]:
    """Further attempts at two samples, for the patterns that ask more than once."""
    return [
        replace(Prompt.from_typed(text), attempt=n) for text in RETRIED_QUESTIONS for n in range(1, SAMPLE_COUNT + 1)
    ]


def recording_key(prompt: Prompt) -> RecordingKey:
    """The prompt's id and the attempt, by which a recording is found."""
    return prompt.id, prompt.attempt


def without_alternatives(recording: Recording) -> Recording:
    """The recording without the words that were not chosen, its times to a tenth of a millisecond."""
    return replace(recording, events=tuple(strip_event(event) for event in recording.events))


def strip_event(event: Event) -> Event:
    """The event without alternatives, its numbers rounded to 4 decimals."""
    data = {name: value for name, value in event.data.items() if name != "alternatives"}
    if "logprob" in data and data["logprob"] is not None:
        data["logprob"] = round(data["logprob"], 4)
    return Event(round(event.at, 4), event.kind, event.text, data)


def needs_recording(prompt: Prompt, by_key: Mapping[RecordingKey, Recording], cut_too: bool) -> bool:
    """Whether a prompt has no recording, or, with `cut_too`, one that an earlier, smaller limit cut."""
    recording = by_key.get(recording_key(prompt))
    if recording is None:
        return True
    return cut_too and recording.stopped_at_limit and recording.token_count < PACK_SETTINGS.max_tokens


def main() -> None:
    """Record what is missing; what is done is kept when this is interrupted."""
    by_key = {recording_key(recording.prompt): recording for recording in bundled_recordings()}
    cut_too = "--cut" in sys.argv[1:]
    model, today = LocalModel(settings=PACK_SETTINGS), datetime.now(UTC).date().isoformat()
    try:
        kept = [prompt for recording in by_key.values() if not (prompt := recording.prompt).partial]
        for list_prompts in (pack_prompts, further_attempts, lambda: kept):
            for number, prompt in enumerate(
                missing := [prompt for prompt in list_prompts() if needs_recording(prompt, by_key, cut_too)], 1
            ):
                by_key[recording_key(prompt)] = without_alternatives(
                    make_recording(model.answer(prompt), prompt, model.card, today)
                )
                print(f"{number} of {len(missing)}: {by_key[recording_key(prompt)].token_count} tokens")  # noqa: T201
                if number % SAVE_EVERY == 0:
                    write_bundled_recordings(by_key.values())
    finally:
        model.close()
        write_bundled_recordings(by_key.values())


if __name__ == "__main__":
    main()
