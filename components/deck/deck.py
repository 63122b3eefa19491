"""Deck: scenes in an order, with what each is made of and what its presenter wants to say."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from components.core.layer import Layer
from components.core.prototype import Prototype
from components.deck.scene_kinds import SCENE_KINDS, SceneKind
from components.layers.compare import AS_RECORDED, NO_FAULT
from components.study.study import Task
from components.study.study_language import LANGUAGES

PhoneMode = Literal["own", "follow"]
PHONE_MODES: tuple[PhoneMode, ...] = ("own", "follow")
DECK_LANGUAGE = "en"
PLAIN_FIELDS = ("key", "kind", "title", "text", "notes", "weather", "fault")
MAX_SCENES, MAX_SCENE_PANES, MAX_SEQUENCE = 40, 4, 12
MAX_TITLE_CHARS, MAX_TEXT_CHARS, MAX_NOTES_CHARS = 120, 1_200, 4_000


@dataclass(frozen=True)
class Scene:
    """One scene. `key` is its own within the deck and stays, `kind` a name of SCENE_KINDS.

    `title` is the line above it, `text` what stands in a scene of text, `notes` what only the presenter reads. `waits`
    are seconds to the first word. `asked` are names of ASKED_NAMES. `weather` and `fault` are named as on Compare.
    Where it is `live`, the model with the id `model` is asked while the room watches ("": the one that Parallax starts
    with), and the answer that is kept stands in where it fails.
    """

    key: str
    kind: str
    title: str = ""
    text: str = ""
    notes: str = ""
    prototypes: tuple[Prototype, ...] = ()
    tasks: tuple[Task, ...] = ()
    weather: str = AS_RECORDED
    fault: str = NO_FAULT
    waits: tuple[float, ...] = ()
    asked: tuple[str, ...] = ()
    live: bool = False
    model: str = ""

    @property
    def plays_live(self) -> bool:
        """Whether a model is asked while it is shown."""
        return self.live and "live" in self.kind_row.fields

    @property
    def kind_row(self) -> SceneKind:
        """What is known of its kind."""
        return SCENE_KINDS[self.kind]

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        return {name: getattr(self, name) for name in PLAIN_FIELDS} | {
            "prototypes": [{**one.to_json(), "work": one.work} for one in self.prototypes],
            "tasks": [asdict(task) for task in self.tasks], "waits": list(self.waits), "asked": list(self.asked),
            **({"live": True, "model": self.model} if self.live else {}),
        }  # fmt: skip

    @staticmethod
    def from_json(values: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> "Scene":
        """The scene that `to_json` wrote. KeyError, TypeError or ValueError where it is none; Explained where a pattern
        is not known.
        """
        if values["kind"] not in SCENE_KINDS:
            raise ValueError(f"a scene of a kind that there is not: {values['kind']}")
        return Scene(
            **{name: str(values[name]) for name in PLAIN_FIELDS},
            prototypes=tuple(
                replace(Prototype.from_json(one, patterns), work=str(one.get("work", "")))
                for one in values["prototypes"]
            ),
            tasks=tuple(Task(**task) for task in values["tasks"]),
            waits=tuple(float(wait) for wait in values["waits"]),
            asked=tuple(str(name) for name in values["asked"]),
            live=values.get("live") is True,
            model=str(values.get("model", "")),
        )


@dataclass(frozen=True)
class Deck:
    """Scenes in order. `phones` says whether phones play the answers themselves ("own") or follow the projector.

    `language` is that of the projector's own words, a name of LANGUAGES.
    """

    scenes: tuple[Scene, ...] = ()
    phones: PhoneMode = "own"
    language: str = DECK_LANGUAGE

    @property
    def by_key(self) -> Mapping[str, Scene]:
        """Each scene by its key."""
        return {scene.key: scene for scene in self.scenes}

    def fresh_key(self) -> str:
        """A key that no scene has."""
        return next(key for number in range(1, MAX_SCENES + 2) if (key := f"s{number}") not in self.by_key)

    def with_scene(self, scene: Scene) -> "Deck":
        """The deck with a scene in the place of the one with its key, or at the end where there is none."""
        if scene.key not in self.by_key:
            return replace(self, scenes=(*self.scenes, scene))
        return replace(self, scenes=tuple(scene if one.key == scene.key else one for one in self.scenes))

    def without_scene(self, key: str) -> "Deck":
        """The deck without a scene."""
        return replace(self, scenes=tuple(scene for scene in self.scenes if scene.key != key))

    def with_moved_scene(self, key: str, by: int) -> "Deck":
        """The deck with one scene earlier (-1) or later (1); at the edge, the same."""
        order = list(self.scenes)
        place = next((number for number, scene in enumerate(order) if scene.key == key), -1)
        if place < 0 or not 0 <= place + by < len(order):
            return self
        order[place], order[place + by] = order[place + by], order[place]
        return replace(self, scenes=tuple(order))

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        spoken = {} if self.language == DECK_LANGUAGE else {"language": self.language}
        return {"phones": self.phones, "scenes": [scene.to_json() for scene in self.scenes], **spoken}

    @staticmethod
    def from_json(values: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> "Deck":
        """The deck that `to_json` wrote; errors as of a scene."""
        phones: PhoneMode = next((mode for mode in PHONE_MODES if mode == values["phones"]), "own")
        language = str(values.get("language", DECK_LANGUAGE))  # decks of earlier versions name none
        known = language if language in LANGUAGES else DECK_LANGUAGE
        return Deck(tuple(Scene.from_json(scene, patterns) for scene in values["scenes"]), phones, known)
