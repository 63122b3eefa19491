"""Study: who sees what, in which order, and what they are asked: everything that a designer decides."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from components.core.layer import Layer, layer_from_json
from components.core.prototype import Prototype
from components.study.study_item import StudyItem

Design = Literal["within", "between", "side"]
Sweep = Literal["", "errors", "latency"]
Stopping = Literal["fixed", "sequential"]
Place = Literal["before", "after_arm", "at_end"]
DESIGNS: tuple[Design, ...] = ("within", "between", "side")
SWEEPS: tuple[Sweep, ...] = ("", "errors", "latency")
STOPPINGS: tuple[Stopping, ...] = ("fixed", "sequential")
PLACES: tuple[Place, ...] = ("before", "after_arm", "at_end")
TRIAL_ITEM_NAMES = ("first", "accept", "trust", "speed", "felt_first", "felt_complete", "likely")
END_KINDS = ("complete", "screened", "failed", "withdrew")
MAX_ARMS, MAX_TASKS, MAX_PEOPLE = 8, 60, 20_000
DEFAULT_INSTRUMENTS: Mapping[Place, tuple[str, ...]] = {
    "before": ("ai-use", "propensity"), "after_arm": ("s-tias", "umux-lite"), "at_end": (),
}  # fmt: skip


@dataclass(frozen=True)
class StudyArm:
    """What some trials are shown through: a prototype, in weather.

    `key` is its own within the study and stays. `wrong_share` is the share of its answers that are wrong, from 0 to 1,
    None for the study's. `level` is where it stands in a sweep: a share of wrong answers, or seconds; None elsewhere.
    """

    key: str
    prototype: Prototype
    weather: tuple[Layer, ...] = ()
    wrong_share: float | None = None
    level: float | None = None

    @property
    def name(self) -> str:
        """What the designer calls it, with its conditions where they are not as recorded and no level of a sweep."""
        from components.study.arm_conditions import condition_name

        return f"{self.prototype.name}, {condition_name(self.weather)}" if self.weather and self.level is None else (
            self.prototype.name)  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        return {
            "key": self.key, "prototype": {**self.prototype.to_json(), "work": self.prototype.work},
            "weather": [layer.to_json() for layer in self.weather], "wrong_share": self.wrong_share,
            "level": self.level,
        }  # fmt: skip

    @staticmethod
    def from_json(values: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> "StudyArm":
        """The arm that `to_json` wrote. KeyError, TypeError or ValueError where it is none; Explained where a pattern
        is not known.
        """
        prototype = replace(
            Prototype.from_json(values["prototype"], patterns), work=str(values["prototype"].get("work", ""))
        )
        share, level = values.get("wrong_share"), values.get("level")
        return StudyArm(
            str(values["key"]), prototype, tuple(layer_from_json(layer, patterns) for layer in values["weather"]),
            None if share is None else float(share), None if level is None else float(level),
        )  # fmt: skip


@dataclass(frozen=True)
class Task:
    """One question, with the ids of the recordings that answer it: a right one, and a wrong one or ""."""

    question: str
    right: str
    wrong: str = ""


@dataclass(frozen=True)
class OwnItem:
    """An item that the designer wrote, and where in the study it stands."""

    place: Place
    item: StudyItem


@dataclass(frozen=True)
class ExclusionRule:
    """Who is left out of the main result: `checks` attention checks failed, or `flags` independent flags, or more than
    `void_share` of the trials void for timing.
    """

    checks: int = 2
    flags: int = 2
    void_share: float = 0.25


@dataclass(frozen=True)
class EndPage:
    """What stands at one of the ends: words, a completion code, and the address that leads back to the recruiter."""

    text: str = ""
    code: str = ""
    url: str = ""


@dataclass(frozen=True)
class StudyWords:
    """What participants read that belongs to this study. "" stands for the words that come along, in its language."""

    title: str = ""
    welcome: str = ""
    consent: str = ""
    instructions: str = ""
    debrief: str = ""
    contact: str = ""


@dataclass(frozen=True)
class HopedFinding:
    """What a study hopes to show. `size` is a difference in points of trust; of a sweep it is how far to each side its
    level may be uncertain, in levels, and `fall` by how many points of 100 the ratings fall over the levels.
    """

    size: float
    fall: float | None = None


@dataclass(frozen=True)
class Study:
    """Everything that is decided about a study.

    `trials` are those of each arm, for each person; `wrong_share` is the share of their answers that are wrong.
    `practice` is a question that is shown once with each arm before its trials, and not counted.
    `battery` are names of TRIAL_ITEM_NAMES, asked after each trial. `seconds_announced` is whether people hear at the
    start that they will be asked for seconds; else each is asked once only. `wanted` is how many people shall complete
    it. A place is given back after `stale_minutes` without a sign of life, and a link resumes for `resume_hours`.
    `margin` is the largest difference that would not matter, in points of trust; None where none was declared.
    Who comes back to a block that they broke off more than `restart_minutes` after their last answer begins it anew;
    None where everybody goes on in it.
    `keep_days` is for how many days a person's answers are kept after their last one; None until they are deleted.
    `hypothesis` is what the designer expects, and `hoped` what the number of people was planned for; None where that is
    not said. `instruments_translated` says whether questionnaires speak the study's language; else they are in English.
    """

    arms: tuple[StudyArm, ...] = ()
    tasks: tuple[Task, ...] = ()
    design: Design = "within"
    sweep: Sweep = ""
    levels: tuple[float, ...] = ()
    trials: int = 4
    practice: Task | None = None
    wrong_share: float = 0.0
    battery: tuple[str, ...] = ("accept", "trust", "speed", "felt_complete")
    seconds_announced: bool = True
    instruments: Mapping[Place, tuple[str, ...]] = field(default_factory=lambda: dict(DEFAULT_INSTRUMENTS))
    own_items: tuple[OwnItem, ...] = ()
    asks_why: bool = False
    asks_preference: bool = True
    attention_checks: int = 2
    wanted: int = 24
    stopping: Stopping = "fixed"
    margin: float | None = None
    exclusion: ExclusionRule = ExclusionRule()
    words: StudyWords = StudyWords()
    ends: Mapping[str, EndPage] = field(default_factory=dict)
    language: str = "en"
    stale_minutes: int = 60
    resume_hours: int = 48
    restart_minutes: int | None = None
    keep_days: int | None = None
    frame_origin: str = ""
    seed: str = ""
    hypothesis: str = ""
    hoped: HopedFinding | None = None
    instruments_translated: bool = True

    @property
    def shown_arms(self) -> tuple[StudyArm, ...]:
        """The arms that people see: of a sweep, the first one at each of its levels."""
        if not self.sweep or not self.arms:
            return self.arms
        return tuple(self.arm_at(level, number) for number, level in enumerate(self.levels))

    def arm_at(self, level: float, number: int) -> StudyArm:
        """The swept arm at one level: a share of wrong answers, or seconds until the first word."""
        from components.layers.weather.latency_profile import LatencyProfile

        arm = replace(self.arms[0], key=f"level{number}", level=level)
        if self.sweep == "errors":
            return replace(arm, wrong_share=level)
        return replace(arm, weather=(*arm.weather, LatencyProfile(first=level)))

    def wrong_count(self, arm: StudyArm) -> int:
        """How many of an arm's trials have a wrong answer, for each person."""
        share = self.wrong_share if arm.wrong_share is None else arm.wrong_share
        return round(share * self.trials)

    @property
    def plants_faults(self) -> bool:
        """Whether wrong answers, delays or faults are planted, so that people must be told in the end."""
        return any(self.wrong_count(arm) or arm.weather for arm in self.shown_arms)

    def hides_outcomes(self, complete: int, wanted: int) -> bool:
        """Whether outcomes stay hidden where so many of the people wanted have completed it, those whose answers were
        deleted since among them.
        """
        return self.stopping == "fixed" and complete < wanted

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        plain = ("design", "sweep", "trials", "wrong_share", "seconds_announced", "asks_why", "stopping",
                 "asks_preference", "attention_checks", "wanted", "margin", "language", "stale_minutes",
                 "resume_hours", "restart_minutes", "keep_days", "frame_origin", "seed", "hypothesis",
                 "instruments_translated")  # fmt: skip
        return {name: getattr(self, name) for name in plain} | {
            "arms": [arm.to_json() for arm in self.arms], "tasks": [asdict(task) for task in self.tasks],
            "practice": asdict(self.practice) if self.practice else None,
            "levels": list(self.levels), "battery": list(self.battery),
            "instruments": {place: list(names) for place, names in self.instruments.items()},
            "own_items": [{"place": own.place, **asdict(own.item)} for own in self.own_items],
            "exclusion": asdict(self.exclusion), "words": asdict(self.words),
            "ends": {kind: asdict(page) for kind, page in self.ends.items()},
            "hoped": asdict(self.hoped) if self.hoped else None,
        }  # fmt: skip

    @staticmethod
    def from_json(values: Mapping[str, Any], patterns: Mapping[str, type[Layer]]) -> "Study":
        """The study that `to_json` wrote. KeyError, TypeError or ValueError where it is none, Explained where a pattern
        is not known."""
        read: dict[str, Any] = dict(values)
        read["arms"] = tuple(StudyArm.from_json(arm, patterns) for arm in values["arms"])
        read["tasks"] = tuple(Task(**task) for task in values["tasks"])
        read["practice"] = Task(**values["practice"]) if values["practice"] else None
        read["levels"] = tuple(float(level) for level in values["levels"])
        read["battery"] = tuple(values["battery"])
        read["instruments"] = {place: tuple(values["instruments"].get(place, ())) for place in PLACES}
        read["own_items"] = tuple(OwnItem(own["place"], StudyItem.from_json(own)) for own in values["own_items"])
        read["exclusion"] = ExclusionRule(**values["exclusion"])
        read["words"] = StudyWords(**values["words"])
        read["ends"] = {kind: EndPage(**page) for kind, page in values["ends"].items()}
        read["hoped"] = HopedFinding(**values["hoped"]) if values.get("hoped") else None
        return Study(**read)
