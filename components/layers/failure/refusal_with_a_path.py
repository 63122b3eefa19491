"""Refusal with a path: when the model refuses, says no with a reason and what would work instead."""

from dataclasses import dataclass
from typing import ClassVar

from components.core.event import LAST, Event, Stream, answer_text_after
from components.core.layer import Answer, Evidence, Example, Family, Layer, dial
from components.core.portable import Portable, portable_step
from components.core.prompt import Prompt
from components.layers.added_content import parse_list
from components.layers.failure.refusal_rule import MAX_SENTENCE_CHARS, REFUSAL_PATTERN, can_judge_refusal, is_refusal


@dataclass(frozen=True)
class RefusalWithAPath(Layer):
    """Where the model refuses, says no in your words, why, and what would work instead.

    The first sentence decides, so its words are held until it is there. A refusal says in English that it cannot help.
    """

    family = Family.FAILURE
    rank: ClassVar[int] = -1
    moves = ("fairness", "retry")
    evidence = (Evidence("none found for how a model's refusal is worded"),)
    example = Example(fault="refusal", scenario="baby_fever")
    replaces: ClassVar[bool] = True

    no: str = dial("I can't help with this.", "How it says no.")
    reason: str = dial("It is outside what this assistant is made for.", "Why.")
    path: str = dial("Explain how it works in general\nSay who could help me", "What would work instead, one a line.")
    form: str = dial("options", "To pick from, or to read.", choices=("options", "plain"))

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The answer once its first sentence is there, or the no in its place."""
        held: list[Event] = []
        shown, judging, at = prompt.partial, not prompt.partial, 0.0
        for event in answer(prompt):
            shown, at = answer_text_after(shown, event), event.at
            if not judging or event.kind == "silence" or not (held or event.carries_words):
                yield event
                continue
            held.append(event)
            if event.kind in LAST or can_judge_refusal(shown):
                if event.kind != "error" and is_refusal(shown):
                    yield from self.decline(
                        at, [line for line in parse_list(self.path) if not was_picked(prompt, line)]
                    )
                    return
                yield from (held_event.with_time(at) for held_event in held)
                held, judging = [], False
        yield from (held_event.with_time(at) for held_event in held)

    def decline(self, at: float, path: list[str]) -> Stream:
        """The no, the reason and the ways that were not tried yet."""
        no, reason = self.no.strip(), self.reason.strip()
        if self.form == "options" and path and no:
            data = {"options": list(dict.fromkeys(path)), "other": True, "items": [reason] if reason else []}
            yield Event(at, "question", no, {**data, "instead": True})
            return
        listed = "\n".join(f"- {line}" for line in path)
        refusal = "\n\n".join(
            part for part in (f"{no} {reason}".strip(), listed and f"What would work:\n\n{listed}") if part
        )
        yield Event(at, "text", refusal or RefusalWithAPath.no, {"instead": True})
        yield Event(at, "end")

    def portable(self) -> Portable:
        """The step that puts the no in place of a refusal."""
        no = self.no.strip()
        return portable_step(
            "refusal", refuses=REFUSAL_PATTERN.pattern, longest=MAX_SENTENCE_CHARS, no=no, reason=self.reason.strip(),
            path=list(parse_list(self.path)), options=self.form == "options" and bool(no), would="What would work:",
            otherwise=RefusalWithAPath.no,
        )  # fmt: skip


def was_picked(prompt: Prompt, line: str) -> bool:
    """Whether the person chose this way already."""
    return any(choice.option == line for choice in prompt.choices)
