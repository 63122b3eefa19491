"""Work talk: what people say of a work as they look at it together: threads of comments, dots, decisions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from components.core.layer import name_as_words
from components.core.prototype import Prototype

COMMENT, RESOLVED, REOPENED, DOT, DOT_BACK, DECISION = "comment", "resolved", "reopened", "dot", "dot back", "decision"
PLAY = "play"  # one for everybody, which begins at the note's moment: seconds since 1970, the server's clock
RENAMED = "renamed"  # a pane: `text` is what told it from others before, `prototype` what does now
DOTS_EACH = 3  # that a person can give


@dataclass(frozen=True)
class NoteDraft:
    """What somebody says of a work: its kind, the note that it belongs to, what it is pinned to, and its words.

    `prototype` is what tells a pane from others after it was moved. `pattern` is the class of the pattern that it is
    about, "" for none. `moment`: seconds after the press, None where it is pinned to no moment.
    """

    kind: str
    text: str = ""
    about: str = ""
    pane: str = ""
    prototype: str = ""
    pattern: str = ""
    moment: float | None = None


@dataclass(frozen=True)
class WorkNote(NoteDraft):
    """A note that is kept: who said it of which state of the work, and when (ISO, UTC)."""

    number: int = 0
    id: str = ""
    step: int = 0
    rater: str = ""
    rater_name: str = ""
    at: str = ""


@dataclass(frozen=True)
class Thread:
    """A comment, what was answered to it in order, and whether it is settled."""

    first: WorkNote
    replies: tuple[WorkNote, ...] = ()
    settled: bool = False


def pane_mark(prototype: Prototype) -> str:
    """What tells a pane's prototype from others wherever it stands: the work that it is, else its name."""
    return prototype.work or prototype.name


def rename_notes(before: Mapping[str, Prototype], after: Mapping[str, Prototype]) -> tuple[NoteDraft, ...]:
    """What is to be kept so that what was said of a pane stays at it, where it only got another name or became a work.

    Both sides by the panes' letters.
    """
    old, new = ({pane_mark(prototype) for prototype in side.values()} for side in (before, after))
    pairs = [(key, before[key], after[key]) for key in after if key in before and before[key].id == after[key].id]
    return tuple(
        NoteDraft(RENAMED, pane_mark(was), pane=key, prototype=pane_mark(now))
        for key, was, now in pairs if pane_mark(was) not in new and pane_mark(now) not in old
    )  # fmt: skip


def followed_notes(notes: Iterable[WorkNote]) -> tuple[WorkNote, ...]:
    """The notes, each at what its prototype is told from others by now."""
    followed: list[WorkNote] = []
    for note in notes:
        if note.kind == RENAMED:
            followed = [replace(n, prototype=note.prototype) if n.prototype == note.text else n for n in followed]
        followed.append(note)
    return tuple(followed)


def notes_of_panes(notes: Iterable[WorkNote], prototypes: Iterable[Prototype]) -> tuple[WorkNote, ...]:
    """The notes on these prototypes, and those on none: a pane that is gone holds no dots."""
    marks = {"", *(pane_mark(prototype) for prototype in prototypes)}
    return tuple(note for note in notes if note.prototype in marks)


def comment_threads(notes: Iterable[WorkNote]) -> tuple[Thread, ...]:
    """The threads of comments, those that are not settled first, else as they began."""
    firsts: dict[str, WorkNote] = {}
    replies: dict[str, list[WorkNote]] = {}
    settled: dict[str, bool] = {}
    for note in notes:
        if note.kind == COMMENT and not note.about:
            firsts[note.id] = note
        elif note.about in firsts and note.kind == COMMENT:
            replies.setdefault(note.about, []).append(note)
        elif note.about in firsts and note.kind in (RESOLVED, REOPENED):
            settled[note.about] = note.kind == RESOLVED
    threads = (Thread(first, tuple(replies.get(id, ())), settled.get(id, False)) for id, first in firsts.items())
    return tuple(sorted(threads, key=lambda thread: thread.settled))


def given_dots(notes: Iterable[WorkNote]) -> Mapping[str, Mapping[str, int]]:
    """How many dots each person has on each prototype, by person and prototype; never more than each can give."""
    given: dict[str, dict[str, int]] = {}
    for note in notes:
        own = given.setdefault(note.rater, {})
        if note.kind == DOT and sum(own.values()) < DOTS_EACH:
            own[note.prototype] = own.get(note.prototype, 0) + 1
        elif note.kind == DOT_BACK and own.get(note.prototype):
            own[note.prototype] -= 1
    return given


def made_decisions(notes: Iterable[WorkNote]) -> tuple[WorkNote, ...]:
    """What was decided, the newest first."""
    return tuple(note for note in notes if note.kind == DECISION)[::-1]


def talk_lines(notes: Iterable[WorkNote], prototype: str, patterns: Collection[str]) -> tuple[str, ...]:
    """What was decided, the dots on a prototype with these `patterns`, then what was said of it or of the whole, a line
    each in plain words.
    """
    notes = tuple(notes)
    threads = [thread for thread in comment_threads(notes) if thread.first.prototype in ("", prototype)]
    said = (thread_line(thread, patterns) for thread in threads)
    return (*decision_lines(notes), *dot_lines(notes, prototype), *said)


def all_talk_lines(notes: Iterable[WorkNote]) -> tuple[str, ...]:
    """What was decided, then everything that was said of any pane or of the whole, a line each in plain words."""
    notes = tuple(notes)
    said = ((thread.first.pane, thread_line(thread)) for thread in comment_threads(notes))
    return (*decision_lines(notes), *(f"{pane}: {line}" if pane else line for pane, line in said))


def dot_lines(notes: Iterable[WorkNote], prototype: str) -> tuple[str, ...]:
    """How many of the dots that were given are on a prototype, in one line; nothing where none were."""
    given = [on for on in given_dots(notes).values() if sum(on.values())]
    if not given:
        return ()
    own, every = sum(on.get(prototype, 0) for on in given), sum(sum(on.values()) for on in given)
    people = "1 person" if len(given) == 1 else f"{len(given)} people"
    return (f"Dots: {own or 'none'} of the {every} that {people} gave; each had {DOTS_EACH}",)


def decision_lines(notes: Iterable[WorkNote]) -> tuple[str, ...]:
    """What was decided, the newest first, a line each."""
    return tuple(f"Decided on {note.at[:10]}: {note.text}{said_by(note)}" for note in made_decisions(notes))


def thread_line(thread: Thread, patterns: Collection[str] | None = None) -> str:
    """A comment with its pattern and moment, its replies and whether it is settled, in one line; `patterns` as of
    `pattern_words`.
    """
    first = thread.first
    moment = "" if first.moment is None else f"at {first.moment:g} s"
    pinned = ", ".join(part for part in (pattern_words(first, patterns), moment) if part)
    pinned = f"{pinned[0].upper()}{pinned[1:]}: " if pinned else ""
    replies = "".join(f" – {reply.text}{said_by(reply)}" for reply in thread.replies)
    return f"{pinned}{first.text}{said_by(first)}{replies}" + (" Settled." if thread.settled else "")


def pattern_words(note: WorkNote, patterns: Collection[str] | None = None) -> str:
    """The pattern that a comment is about, and whether it was taken away since; "" where it is about none.

    `patterns` are the classes of those that its prototype has now, None where nobody knows.
    """
    if not note.pattern:
        return ""
    gone = patterns is not None and note.pattern not in patterns
    return name_as_words(note.pattern).capitalize() + (", no longer in it" if gone else "")


def said_by(note: WorkNote) -> str:
    """Who said it, in brackets; "" where that is not known."""
    return f" ({note.rater_name})" if note.rater_name else ""
