"""Felt lint: what people would feel in a prototype as it plays: an empty pane, a jump, buttons that always stand."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from components.core.event import Event, answer_text_after
from components.core.layer import Layer, pattern_title
from components.core.prototype import Prototype
from components.core.remark import NO_SIGN_OF_WAITING, Remark
from components.core.timeline import Timeline
from components.core.vocabulary import NO_SIGN
from components.design.lint import apply_cure

Play = Callable[[Prototype], Timeline]
Patterns = Mapping[str, type[Layer]]
EMPTY_PANE_S = 2.0  # seconds in which nothing moves before anything can be read
ALL_AT_ONCE_S = 0.3  # seconds in which words come that are seen at one look
STANDSTILL_S = 4.0  # seconds in which no word comes once the answer has begun


def lint_felt(prototype: Prototype, play: Play, patterns: Patterns) -> tuple[Remark, ...]:
    """The remarks on a prototype as `play` shows it where nothing breaks; a cure is named where it helps."""
    line = play(prototype)
    if line.broke:
        return ()
    return (
        *lint_waiting(prototype, line, play, patterns),
        *lint_standstill(line),
        *lint_held_words(prototype, line, play),
        *lint_jump(prototype, line, play),
        *lint_buttons(prototype, line, play),
    )


def lint_waiting(prototype: Prototype, line: Timeline, play: Play, patterns: Patterns) -> tuple[Remark, ...]:
    """A remark where the pane stands still for long before there are words."""
    still = still_seconds(line)
    if still <= EMPTY_PANE_S:
        return ()
    text = f"For {still:.1f} s nothing moves before there is something to read: people may think that it hangs."
    remark = Remark(text, lacks=NO_SIGN_OF_WAITING)
    if still_seconds(play(apply_cure(prototype, remark, patterns))) < still:
        return (remark,)
    return (Remark(f"{text} No sign of waiting gets through here: another pattern holds it back."),)


def still_seconds(line: Timeline) -> float:
    """The longest time in seconds before the first words in which nothing comes and no sign of waiting moves."""
    longest = at = 0.0
    moving = False
    for event in line.events:
        if event.data.get("remark") or (event.kind in NO_SIGN and event.kind != "end"):
            continue
        longest = longest if moving else max(longest, event.at - at)
        at, moving = event.at, event.kind == "status"
        if event.carries_words or event.kind in ("question", "end"):
            break
    return longest


def lint_standstill(line: Timeline) -> tuple[Remark, ...]:
    """A remark where the words stand still for long in the middle of the answer; no pattern cures that."""
    times = [event.at for event in line.events if event.carries_words]
    longest = max((after - before for before, after in pairwise(times)), default=0.0)
    if longest <= STANDSTILL_S:
        return ()
    text = f"In the middle of the answer no word comes for {longest:.1f} s."
    return (Remark(f"{text} No pattern cures that: the words come when the model has them.", "note"),)


def lint_held_words(prototype: Prototype, line: Timeline, play: Play) -> tuple[Remark, ...]:
    """A remark where words would come one after the other, and another pattern holds them back to the end."""
    delivery = [layer for layer in prototype.layers if layer.releases]
    asks_first = not any(event.carries_words for event in line.events)
    if word_seconds(line) > ALL_AT_ONCE_S or not delivery or asks_first:
        return ()
    if word_seconds(play(prototype.with_layers(tuple(delivery)))) <= ALL_AT_ONCE_S:
        return ()
    for layer in prototype.layers:
        without = Remark("", without=(type(layer).__name__,))
        if not layer.releases and word_seconds(play(apply_cure(prototype, without, {}))) > ALL_AT_ONCE_S:
            title = pattern_title(type(layer))
            text = f"All words come at once: {title} waits for the whole answer before it lets any through."
            return (Remark(f"{text} That is what it is for: keep it, or let the words stream without it.", "note"),)
    return ()


def word_seconds(line: Timeline) -> float:
    """The seconds from the first words to the last ones; 0 where there are none."""
    times = [event.at for event in line.events if event.carries_words]
    return times[-1] - times[0] if times else 0.0


def lint_jump(prototype: Prototype, line: Timeline, play: Play) -> tuple[Remark, ...]:
    """A remark where words that people have read are taken back for others."""
    at = jump_moment(line)
    if at is None:
        return ()
    text = f"At {at:.1f} s the answer jumps: words that people have begun to read are taken back for others."
    for layer in prototype.layers:
        remark = Remark(text, without=(type(layer).__name__,))
        if jump_moment(play(apply_cure(prototype, remark, {}))) is None:
            return (remark,)
    return (Remark(f"{text} No one pattern does it alone, so there is no single cure."),)


def jump_moment(line: Timeline) -> float | None:
    """The seconds at which words that were shown, and were no draft, are taken back; None where none are."""
    shown = ""
    for event in line.events:
        if event.kind == "revise" and shown.strip() and not event.text.startswith(shown):
            return event.at
        shown = "" if event.data.get("draft") else answer_text_after(shown, event)
    return None


def lint_buttons(prototype: Prototype, line: Timeline, play: Play) -> tuple[Remark, ...]:
    """A remark on buttons that stand under every answer, also where nothing went wrong; none where that was chosen."""
    standing = standing_buttons(line)
    for layer in prototype.layers:
        kind, name = type(layer), type(layer).__name__
        dials = {dial: value for dial, value in kind.quiet.items() if getattr(layer, dial) == getattr(kind, dial)}
        remark = Remark("", turns=tuple((name, dial, value) for dial, value in dials.items()))
        gone = standing - standing_buttons(play(apply_cure(prototype, remark, {}))) if dials else set()
        if gone:
            text = f"{' and '.join(sorted(gone))} stands under every answer, also where nothing went wrong."
            return (Remark(f"{text} {pattern_title(kind)} can keep it for doubt.", "note", turns=remark.turns),)
    if len(standing) < 3:
        return ()
    text = f"{len(standing)} buttons stand under every answer: {', '.join(sorted(standing))}."
    return (Remark(f"{text} Each belongs to its pattern: take away those that nobody will press.", "note"),)


def standing_buttons(line: Timeline) -> set[str]:
    """The words on the buttons that stand under a whole answer, in quotation marks."""
    return {f"“{event.text}”" for event in line.events if stands_below(event)}


def stands_below(event: Event) -> bool:
    """Whether an event is a button that stays under the answer."""
    return event.kind == "action" and event.data.get("name") != "stop" and bool(event.text.strip())
