"""Recording: one answer as the model really gave it, kept for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from components.core.answer_end import BY_ITSELF, ending_words
from components.core.card import Card
from components.core.event import Event, Stream
from components.core.hidden_turn import is_hidden_turn
from components.core.layer import Answer
from components.core.prompt import Prompt, content_id
from components.core.script import Script


@dataclass(frozen=True)
class Recording:
    """The tokens of one answer with their times and probabilities, and what made them.

    `events` are a model's: token, error, end; `at` in seconds since the model began on the prompt, so neither
    loading the model nor waiting in a queue is part of them. `made` is an ISO date.
    """

    prompt: Prompt
    card: Card
    events: tuple[Event, ...]
    made: str = ""

    @cached_property
    def id(self) -> str:
        """The hash of the prompt, the model and every token with its time, in hex; of a written answer's script too."""
        content = self.to_json()
        del content["made"]
        return content_id(content)

    @property
    def text(self) -> str:
        """The answer's text."""
        return "".join(event.text for event in self.events if event.kind == "token")

    @property
    def seconds(self) -> float:
        """The answer's length in seconds; 0.0 where it has no events."""
        return self.events[-1].at if self.events else 0.0

    @property
    def token_count(self) -> int:
        """How many tokens the answer has."""
        return sum(event.kind == "token" for event in self.events)

    @property
    def whole(self) -> bool:
        """Whether the model came to its end: neither broke nor was stopped."""
        last = self.events[-1] if self.events else None
        return last is not None and last.kind == "end" and last.data.get("reason") != "stopped"

    @property
    def stopped_at_limit(self) -> bool:
        """Whether the answer ended because it had reached the length that it was allowed."""
        return bool(self.events) and self.events[-1].data.get("reason") == "length"

    @property
    def ending(self) -> str:
        """How the answer ended, in a few words."""
        return ending_words(self.events[-1] if self.events else None, self.text)

    @property
    def finished(self) -> bool:
        """Whether the answer ended by itself: neither cut, nor at its limit, nor in mid-sentence."""
        return self.ending == BY_ITSELF

    @property
    def broke(self) -> bool:
        """Whether the model itself failed; the same question asked again may go well."""
        return bool(self.events) and self.events[-1].kind == "error"

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        written = self.prompt.script.to_json() if self.card.scripted else {}
        return {
            "prompt": self.prompt.to_json(),
            "model": self.card.to_json(),
            "events": [event.to_json() for event in self.events],
            **({"script": written} if written else {}),
            "made": self.made,
        }

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> "Recording":
        """The recording that `to_json` wrote. KeyError, TypeError or ValueError where it is none."""
        prompt = Prompt.from_json(values["prompt"])
        if "script" in values:
            prompt = replace(prompt, script=Script.from_json(values["script"]))
        return Recording(
            prompt,
            Card(**values["model"]),
            tuple(Event.from_json(event) for event in values["events"]),
            str(values.get("made", "")),
        )


def find_recording(recordings: Iterable[Recording], prompt: Prompt) -> Recording | None:
    """The recording to replay for this prompt: the last of this very attempt, else the earliest attempt's.

    None where there is none, or where the earliest one broke: another attempt's words are not known.
    """
    recordings = tuple(recordings)
    same = [recording for recording in recordings if recording.prompt.id == prompt.id]
    exact = [recording for recording in same if recording.prompt == prompt]
    if exact:
        return exact[-1]
    if not same and prompt.choices and not is_hidden_turn(prompt):
        return find_reply(recordings, prompt)
    begun = [recording for recording in reversed(same) if not recording.prompt.partial]
    first = min(begun, key=lambda recording: recording.prompt.attempt, default=None)
    return None if first is None or first.broke else first


def find_played(recordings: Iterable[Recording], prompt: Prompt) -> Recording | None:
    """The recording to replay for this prompt. Where none was made with the instructions before its conversation, one
    without them stands in; None where there is none either.
    """
    recordings = tuple(recordings)
    found = find_recording(recordings, prompt)
    if found is None and len(prompt.messages) > 1 and prompt.messages[0].role == "system":
        return find_played(recordings, replace(prompt, messages=prompt.messages[1:]))
    return found


def find_reply(recordings: Iterable[Recording], prompt: Prompt) -> Recording | None:
    """The answer that was written for the option picked last, in whatever words it was asked for; None if there is
    none."""
    picked = [choice.option.casefold() for choice in prompt.choices[-1:]]
    written = (r for r in recordings if r.card.scripted and r.prompt.messages == prompt.messages)
    replies = [r for r in written if [choice.option.casefold() for choice in r.prompt.choices[-1:]] == picked]
    return replies[-1] if replies else None


def replay(recordings: Iterable[Recording]) -> Answer:
    """An answer that says again what was recorded: every attempt at a prompt, and what follows a partial answer.

    The end of an attempt that was not made says that another one `stands_in` for it: it is no second opinion.
    """
    all_recordings = tuple(recordings)

    def answer(prompt: Prompt) -> Stream:
        recording = find_played(all_recordings, prompt)
        if recording is None:
            yield Event(0.0, "error", "LookupError: no recording of this turn", {"fault": "unrecorded"})
        elif recording.prompt.partial or (recording.prompt.attempt == prompt.attempt and not prompt.partial):
            yield from recording.events
        else:
            same_attempt = recording.prompt.attempt == prompt.attempt
            for event in events_after(recording.events, prompt.partial):
                yield event if same_attempt or event.kind != "end" else event.with_data(stands_in=True)

    return answer


def events_after(events: Iterable[Event], partial: str) -> Stream:
    """The events after the words in `partial`, their times counted from the first event that is left."""
    left, begun = len(partial), None if partial else 0.0
    for event in events:
        if event.kind == "token" and left > 0:
            event, left = Event(event.at, "token", event.text[left:], event.data), left - len(event.text)
            if not event.text:
                continue
        begun = event.at if begun is None else begun
        yield event.with_time(event.at - begun) if begun else event
