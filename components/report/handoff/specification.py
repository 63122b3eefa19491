"""Hand-off: a prototype as a specification that an engineer can build from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

from components.core.event import answer_text_after
from components.core.layer import Layer, dials_of, format_value, pattern_description, pattern_title
from components.core.portable import NotPortable
from components.core.prompt import Choice
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.core.timeline import Timeline
from components.design.lint import lint
from components.layers.weather.instructions import unheard_instructions
from components.report.document import Block, Bullets, Document, Heading, Paragraph, Table, shorten_line
from components.report.handoff.end_picture import end_picture, plain_text
from components.report.handoff.product_copy import copy_groups
from components.report.handoff.rehearsal import Rehearsal
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


@dataclass(frozen=True)
class Handoff:
    """What a specification is made of.

    `further` are other answers of the same conversation, such as those to its options; `chosen` is what the person who
    hands it off said where it asked back. `backings` are what studies showed, empty where nobody rated it yet; `said`
    is what the team decided and said of it, a line each.
    """

    prototype: Prototype
    recording: Recording
    weather: tuple[Layer, ...] = ()
    backings: tuple[Backing, ...] = ()
    further: tuple[Recording, ...] = ()
    chosen: tuple[Choice, ...] = ()
    said: tuple[str, ...] = ()

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """The prototype played on its answer, which the specification tells about."""
        return Rehearsal(self.prototype, self.recording, self.weather, self.further, self.chosen)

    @cached_property
    def document(self) -> Document:
        """The specification: what it looks like and does, then short chapters; ids stand at the end."""
        chapters: dict[str, tuple[Block, ...]] = {
            "Patterns, from the model outwards": self.stack(),
            "Time budgets": self.budgets(),
            "When it fails": self.failures(),
            "Every word it shows": self.product_words(),
            "Accessibility": self.access_rules(),
            "What is known about these patterns": self.evidence(),
            "What people said": self.study_results(),
            **({"What the team said": (Bullets(self.said),)} if self.said else {}),
            "Open remarks": self.remarks(),
            "Traced by": (Table(("what", "which"), tuple(self.trace_ids().items())),),
        }
        title = shorten_line(self.prototype.name, 120) or "Untitled"
        return Document(title, self.prototype.about, self.facts(), chapters, self.opening())

    def facts(self) -> Mapping[str, str]:
        """The answer that it was judged on, in words."""
        card = self.recording.card
        author = card.name if not card.scripted else "A person, who wrote the answer beforehand"
        if card.typed_live:
            author = f"A person: {card.author}"
        weather = " ".join(f"{pattern_title(type(layer))}: {changed_settings(layer)}." for layer in self.weather)
        return {
            "Answered by": author,
            "Asked": f"“{shorten_line(self.recording.prompt.text, MAX_QUESTION_CHARS)}”",
            "In weather": weather or "As recorded.",
        }

    def trace_ids(self) -> Mapping[str, str]:
        """The ids by which a specification can be traced back."""
        return {"Prototype": self.prototype.id, "Judged on recording": self.recording.id}

    def opening(self) -> tuple[Block, ...]:
        """A picture of how it ends, what it does in a paragraph, and what follows each option that it offers."""
        caption = f"How “{shorten_line(self.prototype.name, 60) or 'Untitled'}” ends on this answer, drawn simply."
        picture = end_picture(self.rehearsal.played_prompt, self.rehearsal.whole_timeline, caption)
        sentences = [opening_sentence(pattern_description(type(layer))) for layer in self.prototype.layers]
        told = " ".join(sentences) or "It shows the words as they come, and nothing else."
        return (picture, Paragraph(told), *self.option_table())

    def option_table(self) -> tuple[Block, ...]:
        """What people can choose at its first question, and how the answer to each begins; () where it asks nothing."""
        line = self.rehearsal.play(self.recording.prompt, depth=1)
        asked = line.events[-1]
        if asked.kind != "question" or not line.branches:
            return ()
        rows = [
            (option, shorten_line(plain_text(reduce(answer_text_after, branch.events, "")), MAX_BEGINNING_CHARS))
            for option, branch in line.branches.items()
        ]
        return (Table((shorten_line(asked.text, 80), "then it says"), tuple(rows)),)

    def stack(self) -> tuple[Block, ...]:
        """Each layer with its dials as they stand."""
        return tuple(block for layer in self.prototype.playing_layers for block in layer_blocks(layer)) or (
            Paragraph("None."),
        )

    def budgets(self) -> tuple[Block, ...]:
        """The moments it was judged at, in seconds since Send."""
        timeline = self.rehearsal.whole_timeline
        freeze = max((b - a for a, b in timeline.freezes), default=0.0)
        rows = (
            ("First sign of life", format_seconds(timeline.sign), "anything at all moves or appears"),
            ("First words", format_seconds(timeline.first), "words of the answer can be read"),
            ("Complete", format_seconds(timeline.complete), "nothing more comes"),
            ("Standstill", format_seconds(freeze) if freeze else "none", "the longest between words, if over a second"),
        )
        chosen = " · ".join(f"“{choice.option}”" for choice in self.rehearsal.played_prompt.choices)
        notes = (Paragraph(f"It asks first. The times begin after {chosen} was chosen."),) if chosen else ()
        return (*notes, Table(("moment", "after Send", "what it means"), rows, figures=True))

    def failures(self) -> tuple[Block, ...]:
        """What is on the screen after each fault, and what the person can do."""
        rows = tuple((name, *fault_outcome(line)) for name, line in self.rehearsal.fault_timelines.items())
        return (Table(("what breaks", "after Send", "what the person sees", "what they can press"), rows),)

    def product_words(self) -> tuple[Block, ...]:
        """Every text that is the product's own, as a list for each place where it stands."""
        groups = copy_groups(self.prototype, self.rehearsal.all_events)
        blocks = [block for name, texts in groups.items() for block in (Heading(name), Bullets(texts))]
        return tuple(blocks) or (Paragraph("None."),)

    def access_rules(self) -> tuple[Block, ...]:
        """What each kind of event on its screen asks of the page."""
        kinds = {event.kind for event in self.rehearsal.all_events}
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
    asks = last.kind == "question" and not last.data.get("instead")  # as it does below any answer
    if last.kind == "end" or asks:
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
