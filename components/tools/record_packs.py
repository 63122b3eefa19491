"""Record packs: asks the bundled model every prompt of the packs that has no recording yet, one after the other.

After them come further answers to two samples.
"""

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

PACK_SETTINGS = Settings(temperature=0.6, top_p=0.9, max_tokens=160)
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


def main() -> None:
    """Record what is missing; what is done is kept when this is interrupted."""
    by_key = {recording_key(recording.prompt): recording for recording in bundled_recordings()}
    model, today = LocalModel(settings=PACK_SETTINGS), datetime.now(UTC).date().isoformat()
    try:
        for list_prompts in (pack_prompts, further_attempts):
            for number, prompt in enumerate(
                missing := [prompt for prompt in list_prompts() if recording_key(prompt) not in by_key], 1
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
