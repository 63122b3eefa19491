"""Example: a prototype's behaviour as one small program in front of any OpenAI-compatible address."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from components.core.calibration import EDGE
from components.core.folder import ROOT
from components.core.layer import Family
from components.core.prompt import clean
from components.core.prototype import Prototype
from components.layers.confidence.score import LOWEST, NO_SCORE, SPAN
from components.layers.content import BEFORE
from components.layers.failure.human_handoff import WANTED
from components.layers.failure.visible_retry import INCURABLE
from components.models.endpoint_errors import STATUS, TOO_LONG
from components.models.source import Patience
from components.report import parts, turns

Language = Literal["py", "ts"]
TEMPLATES = ROOT / "assets" / "handoff"
WIDE = 100  # characters of a value that stay on one line
WORDS = {"py": {True: "True", False: "False", None: "None"}, "ts": {True: "true", False: "false", None: "null"}}
FIRST_TOLD = "; `first` is called before its first words"
FIRST = {
    "py": {"first_passed": ", first", "first_type": ", first: Callable[[], None]", "first_told": FIRST_TOLD},
    "ts": {"first_passed": ", first", "first_type": ", first: () => void", "first_told": FIRST_TOLD},
}
NO_FIRST = dict.fromkeys(FIRST["py"], "")


@dataclass(frozen=True)
class Example:
    """A prototype, and how long it waits for its model."""

    prototype: Prototype
    patience: Patience = field(default_factory=Patience)

    def told(self, language: Language, file: str = "example") -> str:
        """The program in Python or in TypeScript; `file` is what it will be called."""
        template = (TEMPLATES / f"example.{language}.txt").read_text("utf-8")
        values = {name: code(value, language) for name, value in self.values.items()}
        plain = {
            "file": re.sub(r"\W", "-", file), "uncovered": ", ".join(parts.left_out(self.prototype)),
            "sure": ", sure = true" if self.flow["scored"] else "",
            "declined": ", declined: boolean" if self.flow["abstains"] else "",
            **(FIRST[language] if self.values["signs"] else NO_FIRST),
        }  # fmt: skip
        text = "\n".join(chosen(template.splitlines(), self.flags)) + "\n"
        return re.sub(r"\{\{(\w+)\}\}", lambda found: {**values, **plain}[found[1]], text)

    @cached_property
    def known(self) -> Prototype:
        """What of the prototype the program does."""
        return parts.known(self.prototype)

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The prototype's numbers and words."""
        known, waits = self.known, self.patience
        streaming, paced, blocking, retry, again = (
            parts.named(known, name)
            for name in ("Streaming", "PacedStreaming", "Blocking", "VisibleRetry", "Regenerate")
        )
        badge, alert, abstain, delay, draft, background = (
            parts.named(known, name)
            for name in (*parts.SCORED, "DeliberateDelay", "DraftThenFinal", "BackgroundAndNotify")
        )
        total = blocking.patience if blocking and blocking.patience else waits.total
        judging = badge or alert
        scored = judging or abstain
        fitting = scored.fitting if scored else None
        rounds = parts.failures(known)
        return {
            "name": self.prototype.name, "connect": waits.connect, "first": waits.first, "between": waits.between,
            "total": total, "unit": "sentence" if draft else streaming.unit if streaming else "token",
            "delay": delay.seconds if delay else 0.0, "draft": draft is not None, "swap": draft.swap if draft else 0.0,
            "leave": background.threshold if background else 0.0, "ready": background.ready if background else "",
            "rate": paced.rate if paced else 0.0, "buffer": paced.buffer if paced else 0.0,
            "signs": parts.signs(known), "before": parts.notices(known.of(Family.EXPECTATION))[0],
            "controls": turns.controls(known), "thoughts": turns.thoughts(known), "checks": turns.checks(known),
            "after": turns.after(known), "next": turns.following(known), "aside": BEFORE,
            "person": turns.person(known), "wanted": WANTED.pattern, "again": again.label.strip() if again else "",
            "most": again.most if again else 1, "retrying": parts.retrying(known),
            "back_off": retry.back_off if retry else 0.0, "incurable": list(INCURABLE),
            "threshold": abstain.threshold if abstain else None, "not_known": abstain.instead if abstain else "",
            "badges": parts.badges(judging) if judging else [], "no_score": NO_SCORE, "span": SPAN, "edge": EDGE,
            "lowest": bool(scored) and scored.source == LOWEST, "slope": fitting.slope if fitting else 1.0,
            "shift": fitting.shift if fitting else 0.0, "points": fitting.points if fitting else [],
            "failures": rounds if len(rounds) > 1 else rounds[0], "status": STATUS, "too_long": list(TOO_LONG),
            "fitted": fitting is not None,
        }  # fmt: skip

    @cached_property
    def flags(self) -> frozenset[str]:
        """Which parts of the template the program needs."""
        return frozenset(name for name, needed in {**self.flow, **self.talk}.items() if needed)

    @cached_property
    def flow(self) -> Mapping[str, bool]:
        """The parts that show an answer, or say that it broke."""
        v, rounds = self.values, parts.failures(self.known)
        said = [one for states in rounds for table in states.values() for one in table.values() if one]
        scored = bool(v["badges"] or v["not_known"])
        whole = v["leave"] > 0 or parts.named(self.known, "Blocking") is not None
        units = v["unit"] != "token" and not whole
        return {
            "uncovered": bool(parts.left_out(self.prototype)), "units": units, "paced": v["rate"] > 0,
            "atonce": not units and not whole, "clocked": v["swap"] > 0 or v["leave"] > 0, "retry": bool(v["retrying"]),
            "badge": bool(v["badges"]), "abstains": bool(v["not_known"]), "scored": scored,
            **{name: bool(v[name]) for name in ("draft", "swap", "delay", "leave", "signs", "lowest")},
            "straight": v["fitted"] and not v["points"], "points": bool(v["points"]),
            "unchecked": scored and not v["fitted"], "rounds": len(rounds) > 1,
            "sleeps": any(v[name] for name in ("retrying", "rate", "swap", "delay")),
            "held": any("held" in states for states in rounds),
            "failed_buttons": any(one.get("buttons") for one in said),
            "person_failed": any("person" in one.get("buttons", {}) for one in said),
            **{name: any(one.get(name) for one in said) for name in ("do", "technical", "keep")},
        }  # fmt: skip

    @cached_property
    def talk(self) -> Mapping[str, bool]:
        """The parts that say and ask something around an answer."""
        v, flow = self.values, self.flow
        needs = {name: bool(v[name]) for name in ("controls", "thoughts", "before", "checks", "after", "next", "again")}
        questions, person = [*v["controls"], *v["checks"]], turns.asks_for_one(self.known)
        extras = [*v["thoughts"], *(said for said in v["after"] if isinstance(said, dict))]
        keys = {key for each in (*questions, *extras) for key in each}
        asks = {
            f"{name}_asked": any("ask" in each for each in group)
            for name, group in (("checks", questions), ("extras", extras), ("next", v["next"]))
        }
        wanted = person and bool(v["person"]["offered"])
        restated = any("{prompt}" in line for each in v["checks"] for line in each["own"])
        end = person or needs["next"] or needs["again"]
        named = ("stakes", "instead", "stops", "decided", "sources", "sides")
        return {
            **needs, **asks, **{name: name in keys for name in named}, "person": v["person"] is not None,
            "person_after": person, "wanted": wanted, "restated": restated, "end_buttons": end,
            "passed_on": flow["person_failed"] or person, "shortens": restated or v["person"] is not None,
            "opens": any(needs[name] for name in ("controls", "thoughts", "before", "checks")) or wanted,
            "confirms": bool(questions), "chooses": bool(questions) or needs["next"], "closes": needs["after"] or end,
            "buttons": flow["failed_buttons"] or end or bool(questions),
            "items": any("own" in each for each in questions), "assumed": any(each["assumed"] for each in v["next"]),
            "told": bool(extras), "after_asked": len(extras) > len(v["thoughts"]), "asks": any(asks.values()),
            "aside": asks["checks_asked"] or (asks["extras_asked"] and needs["thoughts"]),
            "re": flow["units"] or wanted or "stakes" in keys or any(asks.values()),
        }  # fmt: skip


def chosen(lines: Iterable[str], flags: frozenset[str]) -> Iterator[str]:
    """The lines whose conditions hold: `%% if name`, `%% else` and `%% end` on lines of their own."""
    open: list[bool] = []
    for line in lines:
        if line.startswith("%% if "):
            open.append(line.removeprefix("%% if ") in flags)
        elif line == "%% else":
            open[-1] = not open[-1]
        elif line == "%% end":
            open.pop()
        elif all(open):
            yield line


def code(value: object, language: Language, indent: int = 0) -> str:
    """A JSON value as source text: whatever stands in a text, it stays one string literal that a reader can see."""
    if isinstance(value, Mapping):
        inside = [f"{code(name, language)}: {code(one, language, indent + 4)}" for name, one in value.items()]
        return bracketed(inside, "{}", indent)
    if isinstance(value, list | tuple):
        return bracketed([code(one, language, indent + 4) for one in value], "[]", indent)
    if isinstance(value, str):
        literal = json.dumps(clean(value), ensure_ascii=False)
        return "".join(c if c.isprintable() else escape(c, language) for c in literal)
    return WORDS[language][value] if isinstance(value, bool) or value is None else repr(value)


def bracketed(inside: list[str], pair: str, indent: int) -> str:
    """Some values between brackets, on one line where they fit."""
    line = pair[0] + ", ".join(inside) + pair[1]
    if len(line) + indent <= WIDE and "\n" not in line:
        return line
    rows = "".join(f"{' ' * (indent + 4)}{one},\n" for one in inside)
    return f"{pair[0]}\n{rows}{' ' * indent}{pair[1]}"


def escape(character: str, language: Language) -> str:
    """A character that nobody can see, as its number."""
    if language == "ts":
        return json.dumps(character)[1:-1]
    return f"\\U{ord(character):08x}"
