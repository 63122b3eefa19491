"""Shown deck: a deck that cannot change any more, with every timeline that it plays and every beat of each scene."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from components.core.explained import Explained
from components.core.layer import Layer
from components.core.prompt import content_id
from components.core.recording import Recording
from components.deck.deck import Deck, Scene
from components.deck.room_items import AFTER, BEFORE, VERDICT, phone_items
from components.deck.scene_kinds import EXPECTATION
from components.deck.scene_panes import ScenePane, scene_panes
from components.study.frozen_study import arm_timeline
from components.study.study import StudyArm
from components.study.study_item import StudyItem

CONTENT_FORMAT = 1
FindRecordings = Callable[[str], Sequence[Recording]]  # by id: the recording, then what may follow it
PHONE_PANE_KEYS = ("key", "question", "timeline")  # what a phone is told of a pane: never its name or its outcome
Beat = dict[str, str]  # `name`; `asks`: the step that phones answer meanwhile; `closes`: the step that it ends


@dataclass(frozen=True)
class ShownDeck:
    """A deck with all that it shows. `content` is what its id is the hash of; `timelines` are new ones, by id."""

    deck: Deck
    content: Mapping[str, Any]
    timelines: Mapping[str, Mapping[str, Any]]

    @cached_property
    def id(self) -> str:
        """The hash of everything that is shown and asked."""
        return content_id(self.content)

    @cached_property
    def timeline_ids(self) -> frozenset[str]:
        """The ids of all timelines that it plays."""
        return frozenset(pane["timeline"] for scene in self.content["shown"] for pane in scene["panes"])

    @cached_property
    def steps(self) -> Mapping[str, Mapping[str, StudyItem]]:
        """What a room is asked, as it was when the deck was compiled: the items by their names, by the step."""
        return {
            step: {item["name"]: StudyItem.from_json(item) for item in items}
            for scene in self.content["shown"]
            for step, items in scene["asked"].items()
        }

    @cached_property
    def scene_of_step(self) -> Mapping[str, Scene]:
        """The scene in which each step is asked."""
        return {step: self.deck.by_key[step.partition(".")[0]] for step in self.steps}

    @cached_property
    def phone_json(self) -> bytes:
        """What every phone gets of the deck, as a JSON object: how phones take part, and the scenes that ask."""
        scenes = [phone_scene(scene) for scene in self.content["shown"] if scene["asked"]]
        return json.dumps({"phones": self.deck.phones, "scenes": scenes}, separators=(",", ":")).encode()

    @cached_property
    def shown_panes(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """What is known of the panes of each scene, by its key."""
        return {scene["key"]: scene["panes"] for scene in self.content["shown"]}

    def step_problem(self, step: str, items: Mapping[str, Any]) -> str:
        """What is wrong with the items that a phone sent for a step, for its programmer; "" where nothing is."""
        known = self.steps.get(step)
        if known is None:
            return f"there is no step {step}"
        for name, value in items.items():
            if name not in known:
                return f"the step {step} has no item {name}"
            if not known[name].accepts(value):
                return f"the value of {name} cannot be an answer to it"
        return "" if items else "nothing was answered"

    @staticmethod
    def from_content(content: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> "ShownDeck":
        """The deck that was compiled to this content. Explained where a newer Parallax wrote it."""
        if content.get("format") != CONTENT_FORMAT:
            raise Explained("This deck was made by a newer Parallax.", "It stays as it is.", "Update Parallax.")
        return ShownDeck(Deck.from_json(content["deck"], patterns), content, {})


def compile_deck(deck: Deck, find_recordings: FindRecordings) -> ShownDeck:
    """The deck with every timeline that it shows. Explained where an answer is not kept any more."""
    timelines: dict[str, Mapping[str, Any]] = {}
    shown = []
    for scene in deck.scenes:
        panes = [compile_pane(pane, find_recordings, timelines) for pane in scene_panes(scene)]
        asked = {step: [item.to_json() for item in items] for step, items in phone_items(scene).items()}
        shown.append({
            "key": scene.key, "kind": scene.kind, "title": scene.title, "text": scene.text, "notes": scene.notes,
            "blind": scene.kind_row.blind, "sequence": scene.kind == EXPECTATION, "panes": panes, "asked": asked,
            "beats": scene_beats(scene, deck.phones, len(panes)), **({"live": True} if scene.plays_live else {}),
        })  # fmt: skip
    return ShownDeck(deck, {"format": CONTENT_FORMAT, "deck": deck.to_json(), "shown": shown}, timelines)


def compile_pane(
    pane: ScenePane, find_recordings: FindRecordings, timelines: dict[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """A pane as the stage takes it; its timeline is put to the others. `clock` are its seconds to the end."""
    found = find_recordings(pane.recording)
    if not found:
        raise Explained(
            f"The answer to “{pane.question}” is not kept any more.", "The deck stays as it is.",
            "Choose another answer for this question, or take the scene out.",
        )  # fmt: skip
    line = arm_timeline(StudyArm(pane.key, pane.prototype, pane.weather), found)
    id = content_id(line)
    timelines[id] = line
    return {
        "key": pane.key, "name": pane.name, "question": pane.question, "timeline": id, "outcome": pane.outcome,
        "recording": pane.recording, "prototype": pane.prototype.id, "model": found[0].card.author,
        "written": found[0].card.scripted, "clock": round(line["events"][-1]["at"], 3) if line["events"] else 0.0,
    }  # fmt: skip


def phone_scene(scene: Mapping[str, Any]) -> dict[str, Any]:
    """A scene as a phone gets it, which does not say which prototype is which or which answer is right.

    `ends_s`: seconds from the start of the play until all has ended on the projector, 0 where answers come one by one.
    """
    panes = [] if scene["sequence"] else [{key: pane[key] for key in PHONE_PANE_KEYS} for pane in scene["panes"]]
    ends_s = 0.0 if scene["sequence"] else max((pane["clock"] for pane in scene["panes"]), default=0.0)
    return {
        "key": scene["key"], "title": scene["title"], "panes": panes, "asked": scene["asked"], "ends_s": ends_s,
    }  # fmt: skip


def scene_beats(scene: Scene, phones: str, panes: int) -> list[Beat]:
    """The beats of a scene, through which a presenter steps."""
    if not panes:
        return [make_beat("show")]
    if scene.kind == EXPECTATION:
        before, after, verdict = (f"{scene.key}.{when}" for when in (BEFORE, AFTER, VERDICT))
        plays = [make_beat(f"play-{number}", closes=before if number == 1 else "") for number in range(1, panes + 1)]
        return [
            make_beat("before", before), *plays, make_beat("after", after), make_beat("reveal", closes=after),
            make_beat("verdict", verdict), make_beat("shipped", closes=verdict),
        ]  # fmt: skip
    step = scene.key if phone_items(scene) else ""
    beats = [make_beat("ready", step if phones == "own" else ""), make_beat("play", step)]
    return [*beats, make_beat("reveal", closes=step)] if step or scene.kind_row.blind else beats


def make_beat(name: str, asks: str = "", closes: str = "") -> Beat:
    """One beat of a scene."""
    return {"name": name, "asks": asks, "closes": closes}
