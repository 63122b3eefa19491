"""Program: a prototype as a program of its own, in front of any OpenAI-compatible address.

It is a runtime that does without Parallax, the prototype as data that it plays, and a few lines that join the two.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from components.core.folders import PROJECT_ROOT
from components.core.layer import Family, Layer, carried_fields, pattern_title
from components.core.portable import FORMAT_VERSION, NotPortable, PortableStep
from components.core.prompt import clean_text
from components.core.prototype import Prototype
from components.models.endpoint.fault_phrases import CONTEXT_PHRASES, FAULT_BY_STATUS
from components.models.source import Timeouts

Language = Literal["py", "ts"]
RUNTIMES = PROJECT_ROOT / "assets" / "handoff"
TOKEN_SCORES = ("mean", "lowest", "product")  # scores for which the server is asked for probabilities


@dataclass(frozen=True)
class Program:
    """A prototype, and how long it waits for its model; `notes` say what else was left out of it, by pattern."""

    prototype: Prototype
    patience: Timeouts = field(default_factory=Timeouts)
    notes: Mapping[str, str] = field(default_factory=dict)

    def files(self, language: Language) -> Mapping[str, str]:
        """The program in Python or in TypeScript: what each of its files holds, by name."""
        sources = {file.name: file.read_text("utf-8") for file in runtime_files(language)}
        main = f"main.{language}"
        sources[main] = sources[main].replace("{left_out}\n", self.left_out_note)
        data = json.dumps(self.to_json(), ensure_ascii=True, indent=1)
        return {main: sources.pop(main), "prototype.json": f"{data}\n", **sources}

    def archive(self, language: Language) -> bytes:
        """The same as a zip file, whose bytes are the same each time."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.files(language).items():
                archive.writestr(zipfile.ZipInfo(name), text)
        return packed.getvalue()

    def to_json(self) -> dict[str, Any]:
        """The prototype as the runtimes read it, see components/core/portable.py."""
        inner = [layer for layer in self.prototype.playing_layers if layer.family <= Family.DELIVERY]
        outer = [layer for layer in self.prototype.playing_layers if layer.family > Family.DELIVERY]
        status = {str(code): fault for code, fault in FAULT_BY_STATUS.items()}
        client = {
            **asdict(self.patience),
            "logprobs": self.needs_logprobs,
            "status": status,
            "too_long": [*CONTEXT_PHRASES],
        }
        left_out = [{"pattern": name, "reason": reason} for name, reason in self.left_out.items()]
        values = {
            "format": FORMAT_VERSION, "name": self.prototype.name, "about": self.prototype.about,
            "inner": [step for layer in inner for step in steps_json(layer)],
            "outer": [step for layer in outer for step in steps_json(layer)],
            "left_out": left_out, "client": client,
        }  # fmt: skip
        return strip_controls(values)  # type: ignore[no-any-return]

    @cached_property
    def left_out(self) -> Mapping[str, str]:
        """The patterns that the program does not do, with the reason for each."""
        parts = ((layer, layer.portable()) for layer in self.prototype.layers)
        named = {pattern_title(type(layer)): part.reason for layer, part in parts if isinstance(part, NotPortable)}
        return {**named, **self.notes}

    @property
    def left_out_note(self) -> str:
        """The same as lines at the top of the program; "" where it does all."""
        lines = [f"{name}: {reason}" for name, reason in self.left_out.items()]
        return "\n".join(["Not part of this program:", *lines]) + "\n" if lines else ""

    @property
    def needs_logprobs(self) -> bool:
        """Whether anything rests on how probable the model found its words."""
        steps = [step for layer in self.prototype.playing_layers for step in portable_steps(layer)]
        scores = {step.values["score"]["source"] for step in steps if "score" in step.values}
        return not scores.isdisjoint(TOKEN_SCORES) or any(step.kind == "highlight" for step in steps)


def program_for_any_model(prototype: Prototype) -> Program:
    """The program of a prototype in front of a model that nobody measured: what was measured with another is left out.

    A calibration says how often one model was right; in front of another, its numbers would be wrong.
    """
    layers, notes = [], {}
    for layer in prototype.layers:
        measured = next(filter(None, (getattr(layer, name) for name in carried_fields(type(layer)))), None)
        if measured is not None:
            notes[f"What {pattern_title(type(layer))} means"] = (
                f"it was measured with {measured.model} alone; measure it with your model before it says how often it "
                "is right"
            )
            layer = replace(layer, **dict.fromkeys(carried_fields(type(layer))))
        layers.append(layer)
    return Program(prototype.with_layers(layers), notes=notes)


def runtime_files(language: Language) -> tuple[Path, ...]:
    """The files that every program in this language is made of, by name."""
    return tuple(sorted(RUNTIMES.glob(f"*.{language}")))


def portable_steps(layer: Layer) -> tuple[PortableStep, ...]:
    """The steps of a layer; none where it has none."""
    part = layer.portable()
    return () if isinstance(part, NotPortable) else part.steps


def steps_json(layer: Layer) -> list[dict[str, Any]]:
    """The steps of a layer as JSON objects; `hidden` where they also play turns that nobody sees."""
    return [{**step.to_json(), "hidden": layer.joins_hidden_turns} for step in portable_steps(layer)]


def strip_controls(value: Any) -> Any:
    """The same JSON value, no text in it with control characters or half surrogate pairs."""
    if isinstance(value, str):
        return clean_text(f"|{value}|")[1:-1]  # its outer space stays
    if isinstance(value, dict):
        return {name: strip_controls(inner) for name, inner in value.items()}
    return [strip_controls(inner) for inner in value] if isinstance(value, list | tuple) else value
