"""Replay: a model that only says again what was recorded, at the times it was recorded with."""

from collections.abc import Callable, Iterable

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.recording import Recording, find_recording, replay
from components.models.generation import Generation
from components.models.written.paced_model import PacedModel

RecordingLookup = Callable[[str], Iterable[Recording]]  # from the id of a prompt to what was recorded of it
UNRECORDED = Explained(
    "Nobody has recorded an answer to this question.",
    "Your question is still in the box.",
    "Ask one that was recorded, word for word, or choose a model that answers live on the page Models.",
)


class ReplayModel(PacedModel):
    """Answers from the recordings of one model, or of all of them where none is named; nothing is kept twice."""

    def __init__(self, recordings: RecordingLookup, model: str = "") -> None:
        super().__init__()
        self.recordings, self.model = recordings, model

    @property
    def card(self) -> Card:
        """The card that says whose recordings they are."""
        return Card(f"Recordings of {self.model}" if self.model else "Recordings", "replay")

    def events_for(self, generation: Generation) -> Iterable[Event]:
        """The events of the latest recording of this prompt. Explained where there is none."""
        prompt = generation.prompt
        recordings = [recording for recording in self.recordings(prompt.id) if self.model in ("", recording.card.name)]
        recording = find_recording(recordings, prompt)
        if recording is None:
            raise UNRECORDED
        generation.recording_id = recording.id
        return tuple(replay((recording,))(prompt))
