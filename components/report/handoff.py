"""Hand-off: a prototype as a specification that an engineer can build from, in Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.core.event import Event
from components.core.layer import Dial, Evidence, Layer, about, dials, title
from components.core.lint import lint
from components.core.prototype import Prototype
from components.core.recording import Recording, replay
from components.core.timeline import Timeline, timeline
from components.layers.weather.fault import Fault

FAULTS = {
    "timeout": "Time-out before the first word", "refused": "Connection refused", "rate": "Rate limit (429)",
    "server": "Server error (5xx)", "cut": "Stream cut in the middle", "empty": "Empty answer",
}  # fmt: skip
ACCESS = {
    "status": 'Waiting: the answer\'s region is `aria-busy="true"`; the status is text, not only movement.',
    "text": "Words: not announced one by one; the whole answer is announced once, politely, when it is complete.",
    "badge": "Confidence: told in words; colour and bars only repeat them.",
    "question": "Question: the options are buttons in reading order; the question is announced when it appears.",
    "failure": "Failure: announced at once; its buttons follow it in tab order; what came before stays readable.",
    "notice": "Notice: text in reading order, at least 4.5 : 1 against its background.",
}
ALWAYS = (
    "Motion: with `prefers-reduced-motion`, cursors and spinners stand still. Every button works with the keyboard."
)


@dataclass(frozen=True)
class Handoff:
    """What a specification is made of. `verdicts` are the study's sentences, empty where nobody rated it yet."""

    prototype: Prototype
    recording: Recording
    weather: tuple[Layer, ...] = ()
    verdicts: tuple[str, ...] = ()

    def markdown(self) -> str:
        """The specification, in eight short chapters."""
        made = self.recording
        chapters = {
            "Patterns, from the model outwards": self.stack(),
            "Time budgets": self.budgets(),
            "When it fails": self.failures(),
            "Every word it shows": self.copy(),
            "Accessibility": self.access(),
            "What is known about these patterns": self.evidence(),
            "What people said": self.verdicts or ("Nobody has rated it yet.",),
            "Open remarks": tuple(f"- {remark.text}" for remark in lint(self.prototype, made.card)) or ("None.",),
        }
        by = f"{flat(made.card.name)}{' (scripted)' if made.card.scripted else ''}"
        judged = f"Prototype `{self.prototype.id}`, judged on recording `{made.id}` of {by}: “{flat(made.prompt.text)}”"
        head = (f"# {flat(self.prototype.name)}", "", judged)
        body = (line for name, lines in chapters.items() for line in ("", f"## {name}", "", *lines))
        return "\n".join((*head, *body)) + "\n"

    def played(self, *fault: Layer) -> Timeline:
        """What a person sees on this recording, perhaps broken on purpose."""
        return timeline(self.prototype.within(*self.weather, *fault), self.recording.prompt, replay([self.recording]))

    def stack(self) -> tuple[str, ...]:
        """One entry a layer, with its dials as they stand."""
        return tuple(line for layer in self.prototype.layers for line in entry(layer))

    def budgets(self) -> tuple[str, ...]:
        """The moments it was judged at, in seconds since Send."""
        seen = self.played()
        rows = {"first sign of life": seen.sign, "first words": seen.first, "complete": seen.complete}
        freeze = max((b - a for a, b in seen.freezes), default=0.0)
        told = [f"| {name} | {'none' if at is None else f'{at:.2f} s'} |" for name, at in rows.items()]
        return ("| moment | after Send |", "|---|---|", *told, f"| longest gap over a second | {freeze:.2f} s |")

    def failures(self) -> tuple[str, ...]:
        """What is on the screen after each fault, and what the person can do."""
        rows = [f"| {name} | {outcome(self.played(Fault(kind=kind)))} |" for kind, name in FAULTS.items()]
        return ("| what breaks | what the person sees |", "|---|---|", *rows)

    def copy(self) -> tuple[str, ...]:
        """Every text that is the product's own, not the model's."""
        lines = [self.played(), *(self.played(Fault(kind=kind)) for kind in FAULTS)]
        said = dict.fromkeys(text for line in lines for event in line.events for text in spoken(event))
        return tuple(f"- {flat(text)}" for text in said) or ("None.",)

    def access(self) -> tuple[str, ...]:
        """What each kind of event on its screen asks of the page."""
        lines = [self.played(), *(self.played(Fault(kind=kind)) for kind in FAULTS)]
        kinds = {event.kind for line in lines for event in line.events}
        return (*(f"- {words}" for kind, words in ACCESS.items() if kind in kinds), f"- {ALWAYS}")

    def evidence(self) -> tuple[str, ...]:
        """What studies found, with how many people and where to read it."""
        found = [(title(type(layer)), one) for layer in self.prototype.layers for one in layer.evidence]
        return tuple(f"- **{name}**: {cited(one)}" for name, one in found) or ("None found.",)


def entry(layer: Layer) -> Iterable[str]:
    """A layer's name, what it does and where its dials stand."""
    yield f"- **{title(type(layer))}** ({layer.family.label.lower()}). {about(type(layer))}"
    for spec in dials(type(layer)):
        yield f"  - {spec.label}: {setting(spec, getattr(layer, spec.name))}. {spec.help}"


def setting(dial: Dial, value: object) -> str:
    """Where a dial stands, with its unit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{flat(str(value))} {dial.unit}".strip()


def outcome(seen: Timeline) -> str:
    """The screen after a fault, in one line."""
    last = seen.events[-1]
    words = "the words that came stay; " if any(event.words for event in seen.events) else ""
    if last.kind == "end":
        return f"{words}nothing says that anything went wrong"
    detail = str(last.data.get("detail", ""))
    said = (
        f"`{flat(last.text)}`" if last.data.get("raw") or last.kind == "error" else f"“{flat(f'{last.text} {detail}')}”"
    )
    labels = last.data.get("labels", {})
    offered = "".join(f", button “{flat(str(labels.get(name, name)))}”" for name in last.data.get("actions", ()))
    return f"after {last.at:.1f} s: {words}{said}{offered}"


def spoken(event: Event) -> Sequence[str]:
    """The product's own words in an event; a raw error and the answer itself are not."""
    if event.kind in ("text", "revise", "end", "error") or event.data.get("raw"):
        return [event.text] if event.data.get("hedge") else []
    labels = event.data.get("labels", {})
    own = [event.text, *(str(event.data.get(part, "")) for part in ("detail", "legend")), *map(str, labels.values())]
    return [text for text in own if text.strip()]


def cited(found: Evidence) -> str:
    """A finding with its sample and source."""
    about = ", ".join(part for part in (f"n = {found.n}" if found.n else "", found.source) if part)
    return f"{found.finding} ({about})" if about else found.finding


def flat(text: str) -> str:
    """Words on one line that cannot become Markdown of their own."""
    return " ".join(text.replace("|", "\\|").replace("`", "'").replace("<", "&lt;").split())
