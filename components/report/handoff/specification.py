"""Hand-off: a prototype as a specification that an engineer can build from."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce

from components.core.event import Event, answer_text_after
from components.core.faults import FAULT_KINDS
from components.core.layer import Family, Layer, dials_of, format_value, pattern_description, pattern_title
from components.core.portable import NotPortable
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import BRANCH_DEPTH, Timeline, build_timeline
from components.design.lint import lint
from components.layers.weather.fault import Fault
from components.layers.weather.instructions import unheard_instructions
from components.layers.weather.made_up_words import SCRIPTED_LABEL
from components.report.document import Block, Bullets, Document, Heading, Paragraph, Table, shorten_line
from components.report.handoff.end_picture import end_picture, plain_text
from components.report.results.study_backing import Backing

ACCESS_RULES = {
    "status": "Waiting: the answer's region is aria-busy; the status is text, not only movement.",
    "text": "Words: not announced one by one; the whole answer is announced once, politely, when it is complete.",
    "revise": "Words taken back: the region stays where it is; what replaces them is announced when it is complete.",
    "mark": "Marked words: what the mark means is told in words and reached by keyboard; colour only repeats it.",
    "badge": "Confidence: told in words; colour and bars only repeat them.",
    "question": "Question: the options are buttons in reading order; the question is announced when it appears.",
    "source": "Sources: a list of links in reading order; each number in the text names the source it leads to.",
    "action": "Actions: buttons with words of their own, at least 24 by 24 CSS pixels, in tab order after the answer.",
    "failure": "Failure: announced at once; its buttons follow it in tab order; what came before stays readable.",
    "notice": "Notice: text in reading order, at least 4.5 : 1 against its background.",
}
MOTION_RULE = (
    "Motion: with prefers-reduced-motion, cursors and spinners stand still. Every button works with the keyboard."
)
MAX_QUESTION_CHARS = 600  # characters of the question that are quoted
MAX_BEGINNING_CHARS = 160  # characters of an answer whose beginning is told
MAX_QUESTIONS_FIRST = 4  # questions before the answer, at the most
OTHER_FAULTS = tuple(name for name, kind in FAULT_KINDS.items() if kind.outside and not kind.weather)
PROBABILITY_STEPS = 40  # probabilities between 0 and 1 at which it is heard what a score makes it say


@dataclass(frozen=True)
class Handoff:
    """What a specification is made of.

    `further` are other answers of the same conversation, such as those to its options. `backings` are what studies
    showed, empty where nobody rated it yet.
    """

    prototype: Prototype
    recording: Recording
    weather: tuple[Layer, ...] = ()
    backings: tuple[Backing, ...] = ()
    further: tuple[Recording, ...] = ()

    @cached_property
    def document(self) -> Document:
        """The specification: what it looks like and does, then nine short chapters; ids stand at the end."""
        chapters: dict[str, tuple[Block, ...]] = {
            "Patterns, from the model outwards": self.stack(),
            "Time budgets": self.budgets(),
            "When it fails": self.failures(),
            "Every word it shows": self.product_words(),
            "Accessibility": self.access_rules(),
            "What is known about these patterns": self.evidence(),
            "What people said": self.study_results(),
            "Open remarks": self.remarks(),
            "Traced by": (Table(("what", "which"), tuple(self.trace_ids().items())),),
        }
        title = shorten_line(self.prototype.name, 120) or "Untitled"
        return Document(title, self.prototype.about, self.facts(), chapters, self.opening())

    def facts(self) -> Mapping[str, str]:
        """The answer that it was judged on, in words."""
        card = self.recording.card
        scripted = " (scripted: a person wrote its answers)" if card.scripted else ""
        weather = " ".join(f"{pattern_title(type(layer))}: {changed_settings(layer)}." for layer in self.weather)
        return {
            "Answered by": f"{card.name}{scripted}",
            "Asked": f"“{shorten_line(self.recording.prompt.text, MAX_QUESTION_CHARS)}”",
            "In weather": weather or "As recorded.",
        }

    def trace_ids(self) -> Mapping[str, str]:
        """The ids by which a specification can be traced back."""
        return {"Prototype": self.prototype.id, "Judged on recording": self.recording.id}

    def opening(self) -> tuple[Block, ...]:
        """A picture of how it ends, what it does in a paragraph, and what follows each option that it offers."""
        caption = f"How “{shorten_line(self.prototype.name, 60) or 'Untitled'}” ends on this answer, drawn simply."
        picture = end_picture(self.played_prompt, self.whole_timeline, caption)
        sentences = [opening_sentence(pattern_description(type(layer))) for layer in self.prototype.layers]
        told = " ".join(sentences) or "It shows the words as they come, and nothing else."
        return (picture, Paragraph(told), *self.option_table())

    def option_table(self) -> tuple[Block, ...]:
        """What people can choose at its first question, and how the answer to each begins; () where it asks nothing."""
        line = self.play(self.recording.prompt, depth=1)
        asked = line.events[-1]
        if asked.kind != "question" or not line.branches:
            return ()
        rows = [
            (option, shorten_line(plain_text(reduce(answer_text_after, branch.events, "")), MAX_BEGINNING_CHARS))
            for option, branch in line.branches.items()
        ]
        return (Table((shorten_line(asked.text, 80), "then it says"), tuple(rows)),)

    @cached_property
    def played_prompt(self) -> Prompt:
        """The prompt with the first option chosen wherever the prototype asks back before it answers, after what was
        chosen already."""
        prompt = self.recording.prompt
        for _ in range(MAX_QUESTIONS_FIRST):
            line = self.play(prompt)
            last = line.events[-1]
            if last.kind != "question" or line.first is not None:
                break
            prompt = prompt.with_choice(last.text, next(iter(last.data.get("options", ())), ""))
        return prompt

    def play(
        self, prompt: Prompt, *fault: Layer, recording: Recording | None = None, depth: int = BRANCH_DEPTH
    ) -> Timeline:
        """The timeline of a recording's words for this prompt, whatever was chosen before them."""
        main = recording or self.answer_to(prompt)
        attempt = replace(main, prompt=replace(prompt, attempt=0, partial=""))
        prompt = replace(prompt, temperature=attempt.card.temperature)
        others = () if recording else self.further
        model = replay([attempt, *others])
        return build_timeline(self.prototype.with_weather(*self.weather, *fault), prompt, model, depth)

    def answer_to(self, prompt: Prompt) -> Recording:
        """The first answer after these choices; the main one where there is none of its own."""
        if prompt.choices == self.recording.prompt.choices:
            return self.recording
        chosen = (
            found for found in self.further if found.prompt.choices == prompt.choices and not found.prompt.attempt
        )
        return next(chosen, self.recording)

    @cached_property
    def whole_timeline(self) -> Timeline:
        """The timeline when nothing breaks."""
        return self.play(self.played_prompt)

    @cached_property
    def fault_timelines(self) -> Mapping[str, Timeline]:
        """The timeline for each kind of fault, by the fault's name."""
        kinds = next(spec.choices for spec in dials_of(Fault) if spec.name == "kind")
        timelines = {kind: self.play(self.played_prompt, Fault(kind=kind)) for kind in kinds}
        for kind in OTHER_FAULTS:
            failed = replace(self.recording, events=(Event(0.0, "error", "", {"fault": kind}),))
            timelines.setdefault(kind, self.play(self.played_prompt, recording=failed))
        return {FAULT_KINDS[kind].title: line for kind, line in timelines.items()}

    @property
    def all_events(self) -> Iterator[Event]:
        """Every event that can reach the screen, also after a press."""
        for line in (self.play(self.recording.prompt), self.whole_timeline, *self.fault_timelines.values()):
            yield from line.events
            for branch in line.branches.values():
                yield from branch.events
        yield from self.score_events()

    def score_events(self) -> Iterator[Event]:
        """The events it shows for each of PROBABILITY_STEPS probabilities of a whole answer, but for percentages."""
        for step in range(1, PROBABILITY_STEPS if self.prototype.layers_of(Family.CONFIDENCE) else 1):
            logprob = math.log(step / PROBABILITY_STEPS)
            scored, ended = {"logprob": logprob}, {"reason": "stop"}
            tokens = (replace(e, data=scored) if e.kind == "token" else e for e in self.recording.events)
            events = tuple(replace(event, data=ended) if event.kind == "end" else event for event in tokens)
            line = self.play(self.played_prompt, recording=replace(self.recording, events=events), depth=0)
            yield from (event for event in line.events if "percent" not in event.data)

    def stack(self) -> tuple[Block, ...]:
        """Each layer with its dials as they stand."""
        return tuple(block for layer in self.prototype.layers for block in layer_blocks(layer)) or (Paragraph("None."),)

    def budgets(self) -> tuple[Block, ...]:
        """The moments it was judged at, in seconds since Send."""
        timeline = self.whole_timeline
        freeze = max((b - a for a, b in timeline.freezes), default=0.0)
        rows = (
            ("First sign of life", format_seconds(timeline.sign), "anything at all moves or appears"),
            ("First words", format_seconds(timeline.first), "words of the answer can be read"),
            ("Complete", format_seconds(timeline.complete), "nothing more comes"),
            ("Standstill", format_seconds(freeze) if freeze else "none", "the longest between words, if over a second"),
        )
        chosen = " · ".join(f"“{choice.option}”" for choice in self.played_prompt.choices)
        notes = (Paragraph(f"It asks first. The times begin after {chosen} was chosen."),) if chosen else ()
        return (*notes, Table(("moment", "after Send", "what it means"), rows, figures=True))

    def failures(self) -> tuple[Block, ...]:
        """What is on the screen after each fault, and what the person can do."""
        rows = tuple((name, *fault_outcome(line)) for name, line in self.fault_timelines.items())
        return (Table(("what breaks", "after Send", "what the person sees", "what they can press"), rows),)

    def product_words(self) -> tuple[Block, ...]:
        """Every text that is the product's own, as a list."""
        words = dict.fromkeys(
            text for event in self.all_events for text in product_texts(event) if text != SCRIPTED_LABEL
        )
        return (Bullets(tuple(words)) if words else Paragraph("None."),)

    def access_rules(self) -> tuple[Block, ...]:
        """What each kind of event on its screen asks of the page."""
        kinds = {event.kind for event in self.all_events}
        return (Bullets((*(words for kind, words in ACCESS_RULES.items() if kind in kinds), MOTION_RULE)),)

    def evidence(self) -> tuple[Block, ...]:
        """What studies found, with how many people and where to read it."""
        findings = [
            (pattern_title(type(layer)), evidence) for layer in self.prototype.layers for evidence in layer.evidence
        ]
        rows = tuple(
            (name, evidence.finding, " ".join(part for part in (evidence.citation, evidence.link) if part))
            for name, evidence in findings
        )
        return (Table(("pattern", "finding", "people and source"), rows) if rows else Paragraph("None found."),)

    def study_results(self) -> tuple[Block, ...]:
        """What each comparison with it shows so far, and what that rests on."""
        blocks: list[Block] = []
        for backing in self.backings:
            blocks += [
                Heading(backing.title),
                *([Paragraph(f"Asked: {backing.prompts_text}")] if backing.prompts_text else []),
            ]
            blocks += [*(Paragraph(sentence) for sentence in backing.sentences), Bullets(backing.basis)]
        return tuple(blocks) or (Paragraph("Nobody has rated it yet."),)

    def remarks(self) -> tuple[Block, ...]:
        """What a designer should still know about it."""
        unheard = unheard_instructions(self.prototype, self.recording.prompt.root, (self.recording,))
        sentences = tuple(remark.text for remark in (*lint(self.prototype, self.recording.card), *unheard))
        return (Bullets(sentences) if sentences else Paragraph("None."),)


def opening_sentence(text: str) -> str:
    """The first sentence of a pattern's description."""
    return re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]


def layer_blocks(layer: Layer) -> Iterable[Block]:
    """A layer's name, what it does and where its dials stand."""
    yield Heading(f"{pattern_title(type(layer))} · {layer.family.label.lower()}")
    yield Paragraph(pattern_description(type(layer)))
    rows = tuple(
        (spec.label, format_value(getattr(layer, spec.name), spec.unit), spec.help) for spec in dials_of(type(layer))
    )
    if rows:
        yield Table(("dial", "set to", "what it does"), rows)
    part = layer.portable()
    if isinstance(part, NotPortable):
        yield Paragraph(f"Not part of the code that comes with this: {part.reason}")


def changed_settings(layer: Layer) -> str:
    """The dials that differ from their defaults, on one line; "" where none does."""
    turned = (spec for spec in dials_of(type(layer)) if getattr(layer, spec.name) != spec.default)
    return ", ".join(f"{spec.label.lower()} {format_value(getattr(layer, spec.name), spec.unit)}" for spec in turned)


def format_seconds(at: float | None) -> str:
    """A moment after Send, in seconds with two decimals; “at once” for 0, “none” for None."""
    return "none" if at is None else f"{at:.2f} s" if at else "at once"


def fault_outcome(timeline: Timeline) -> tuple[str, str, str]:
    """The screen after a fault: when, what is said, and the buttons."""
    last = timeline.events[-1]
    staying = "The words that came stay. " if any(event.carries_words for event in timeline.events) else ""
    if last.kind == "end":
        return format_seconds(last.at), f"{staying}Nothing says that anything went wrong.", "nothing"
    words = " ".join(part for part in (last.text, str(last.data.get("detail", ""))) if part)
    raw = "The exception's own words. " if last.data.get("raw") or last.kind == "error" else ""
    labels = last.data.get("labels", {})
    offered = [f"“{labels.get(name, name)}”" for name in last.data.get("actions", ())]
    return (
        format_seconds(last.at),
        f"{staying}{raw}" + (f"“{words}”" if words else ""),
        " or ".join(offered) or "nothing",
    )


def product_texts(event: Event) -> Sequence[str]:
    """The product's own words in an event; a raw error and the answer itself are not."""
    if event.kind in ("text", "revise", "end", "error") or event.data.get("raw"):
        return [event.text] if event.data.get("hedge") else []
    data = event.data
    listed = (*data.get("items", ()), *data.get("options", ()), *data.get("labels", {}).values())
    own = [event.text, *(str(data.get(part, "")) for part in ("detail", "legend")), *map(str, listed)]
    return [text for text in own if text.strip()]
