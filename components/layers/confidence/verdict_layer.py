"""Verdict: what is said about an answer's words once they are all there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from components.core.answer_end import was_cut
from components.core.calibration import OTHER_KIND_REMARK
from components.core.event import LAST, Event, Stream, answer_text_after
from components.core.layer import Answer
from components.core.prompt import Prompt
from components.layers.confidence.score import SCORE_SOURCES, no_score_notice
from components.layers.confidence.score_by_asking import ScoreResult
from components.layers.confidence.scored_layer import ScoredLayer

CUT_PART = {"short": ", of what came", "remark": "The answer was cut: this is only of what came."}
REST_PART = {"short": ", of the rest", "remark": "The answer goes on after a cut: this is only of what came since."}
PORTABLE_PARTS = {"cut": CUT_PART, "rest": REST_PART}  # what the hand-off's programs say of a part


@dataclass(frozen=True)
class VerdictLayer(ScoredLayer, base=True):
    """A pattern that says how sure the model is once its words are all there."""

    def play(self, prompt: Prompt, answer: Answer) -> Stream:
        """The same words, and at most one verdict before the end or the break, where words were shown."""
        tokens: list[Mapping[str, Any]] = []
        text = prompt.partial
        for event in answer(prompt):
            text = answer_text_after(text, event)
            if event.kind == "revise":
                tokens = []
            if event.carries_words:
                tokens.extend(event.tokens or ({"text": event.text},))
            if event.kind in LAST and tokens and not self.skips_score(event):
                result = yield from self.score_answer(prompt, answer, text, tokens, event.at, event)
                speaker = self.speaker_for(result)
                verdict_event = (
                    no_score_notice(result.at, result.why)
                    if result.score is None
                    else speaker.with_remarks(speaker.verdict(result.score), prompt, len(tokens))
                )
                if verdict_event is not None and result.score is not None:
                    verdict_event = add_part_remark(verdict_event, self.scored_part(prompt, event, result))
                if verdict_event is not None:
                    yield verdict_event.with_time(result.at)
                event = event.with_time(max(event.at, result.at))
            yield event

    def with_remarks(self, verdict_event: Event | None, prompt: Prompt, tokens: int) -> Event | None:
        """The verdict; first that its calibration was measured with another kind of question, or else at another
        temperature, where it was.
        """
        known = self.fitting_calibration
        if known is None or verdict_event is None:
            return verdict_event
        remark = known.kind_remark(prompt.text, tokens) or known.temperature_remark(prompt.temperature)
        return add_remark(verdict_event, remark)

    def scored_part(self, prompt: Prompt, last: Event, result: ScoreResult) -> Mapping[str, str] | None:
        """Of which part of the answer a verdict speaks, where it is not of the whole: of a cut answer, of what came; of
        one that goes on after a cut, of what came since, unless the model was asked about all of it.
        """
        if was_cut(last):
            return CUT_PART
        knows_whole = SCORE_SOURCES[self.source].asks or (result.written and "sure" in last.data)
        return REST_PART if prompt.partial and not knows_whole else None

    def portable_kind(self) -> dict[str, Any] | None:
        """The kind of question that its calibration was measured with, and what is said of another; None if unknown."""
        known = self.fitting_calibration
        if known is None or not (known.longest_question or known.longest_answer or known.only_questions):
            return None
        return {
            "question": known.longest_question, "answer": known.longest_answer, "asks": known.only_questions,
            "remark": OTHER_KIND_REMARK,
        }  # fmt: skip

    def verdict(self, score: float) -> Event | None:
        """The event that tells a score; None where the pattern says nothing of it."""
        raise NotImplementedError


def add_part_remark(verdict_event: Event, part: Mapping[str, str] | None) -> Event:
    """The verdict that says of which part of the answer it is; the same where it is of the whole."""
    if part is None:
        return verdict_event
    short = part["short"] if "legend" in verdict_event.data else ""
    return add_remark(replace(verdict_event, text=f"{verdict_event.text}{short}"), part["remark"])


def add_remark(verdict_event: Event, remark: str) -> Event:
    """The verdict with a remark before its legend, or after its text where it has none."""
    if not remark:
        return verdict_event
    if "legend" not in verdict_event.data:
        return replace(verdict_event, text=f"{verdict_event.text} {remark}")
    legend = f"{remark} {verdict_event.data['legend']}"
    return replace(verdict_event, data={**verdict_event.data, "legend": legend})
