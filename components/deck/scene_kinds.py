"""Scene kinds: what a scene of a deck can be, as a table: what differs between its panes, what the room is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Variation = Literal["", "prototype", "wait", "question", "outcome", "sequence"]
Field = Literal["question", "questions", "prototypes", "prototype", "fault", "weather", "waits", "text", "live"]
ASKED_NAMES = ("felt", "trust", "accept", "choice")  # what a room can be asked about the panes of a scene
TEXT, RESULTS, EXPECTATION = "text", "results", "expectation"  # kinds without panes beside each other


@dataclass(frozen=True)
class SceneKind:
    """A kind of scene. `name` is kept in decks, `label` and `about` are read.

    `varies` is what differs between its panes, "" where it has none. Where it is `blind`, names are told at the reveal.
    `asked` are the names of what a room is asked at first, `fields` the parts that its designer fills in; `fault` is
    what breaks at first.
    """

    name: str
    label: str
    about: str
    varies: Variation = ""
    blind: bool = False
    asked: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    fault: str = "nothing"

    @property
    def plays(self) -> bool:
        """Whether answers play in it."""
        return bool(self.varies)


KINDS = (
    SceneKind(
        "side", "Side by side", "One answer through two to four prototypes, by their names.", "prototype",
        asked=("trust", "choice"), fields=("question", "prototypes", "weather", "fault", "live"),
    ),
    SceneKind(
        "blind", "Blind A/B", "The same, without names. The room says what it felt, then they are revealed.",
        "prototype", True, ("felt", "choice"), ("question", "prototypes", "weather", "fault", "live"),
    ),
    SceneKind(
        "break", "Break it", "The answer breaks in the middle: who keeps what came, and who shows an error?",
        "prototype", True, ("trust", "choice"), ("question", "prototypes", "weather", "fault", "live"), "cut",
    ),
    SceneKind(
        "sweep", "Latency sweep", "One prototype with several waits for the first word.", "wait", True,
        ("felt", "choice"), ("question", "prototype", "waits"),
    ),
    SceneKind(
        "messy", "Messy against clean", "One prototype, asked in clean words and as real people write.", "question",
        False, ("trust", "accept"), ("questions", "prototype", "weather", "fault"),
    ),
    SceneKind(
        "trust", "Where trust comes from", "The same question, answered rightly and wrongly, in the same look.",
        "outcome", True, ("trust", "accept"), ("question", "prototype", "weather"),
    ),
    SceneKind(
        EXPECTATION, "Expectation check",
        "The room guesses how often the model is right and how long it takes; then it sees it.", "sequence", True, (),
        ("questions", "prototype", "weather"),
    ),
    SceneKind(RESULTS, "Results of the room", "What the room has said so far, in sentences."),
    SceneKind(TEXT, "Text", "A title and a few lines.", fields=("text",)),
)  # fmt: skip
SCENE_KINDS: Mapping[str, SceneKind] = {kind.name: kind for kind in KINDS}
