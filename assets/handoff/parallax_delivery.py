"""Delivery: when and in what portions words are shown, and what is shown before, below and instead of them."""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable

from parallax_events import (
    LAST_KINDS,
    LETTING_GO,
    Answer,
    Closing,
    Event,
    Json,
    Prompt,
    Stream,
    append_below,
    as_text,
    event_from,
    hand_on,
    join_words,
)  # fmt: skip

SENTENCE_END = re.compile(r"""[.!?…][)\]"'”’»*_]*\s*$|[。！？]\s*$|\n\s*$""")
TAIL_CHARS = 16  # enough to see how a sentence ends


def release(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """Words a unit at a time, the cursor behind the first; held words go with an error."""
    unit, held, tail = step["unit"], list[Event](), ""
    cursor = {"cursor": True} if step["cursor"] else {}
    for event in answer(prompt):
        word = event.kind in ("token", "text")
        if word and unit == "token":
            if event.text:
                yield as_text(event).plus(**cursor)
                cursor = {}
            continue
        if unit_ends(unit, tail, event.text) if word else event.kind in LETTING_GO:
            for text in join_words(held, event.at):
                yield text.plus(**cursor)
                held, cursor = [], {}
        if word:
            held.append(event)
            tail = (tail + event.text)[-TAIL_CHARS:]
        else:
            yield hand_on(event, held) if event.kind == "error" else event


def unit_ends(unit: str, tail: str, following: str) -> bool:
    """Whether a word or a sentence ends between the words so far and those that follow."""
    if not tail or not following:
        return False
    apart = tail[-1].isspace() or following[0].isspace()
    if unit == "word":
        return apart or is_wide(tail[-1]) or is_wide(following[0])
    return SENTENCE_END.search(tail) is not None and (apart or is_wide(tail[-1]))


def is_wide(character: str) -> bool:
    """Whether it is from a script that puts no spaces between words."""
    return unicodedata.east_asian_width(character) in "WF"


def pace(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """Each word when it is due, never before it came; what is not yet due goes with an error."""
    waiting, due = deque[Event](), None
    for event in answer(prompt):
        word, lets_go = event.kind in ("token", "text"), event.kind in LETTING_GO
        if word:
            due = event.at + step["buffer"] if due is None else max(event.at, due + 1 / step["rate"])
            waiting.append((as_text(event) if event.kind == "token" else event).moved(due))
        while waiting and (lets_go or waiting[0].at <= event.at):
            yield waiting.popleft()
        if event.kind == "error":
            yield hand_on(event, waiting)
        elif not word:
            yield event.moved(max(event.at, due or 0.0)) if lets_go else event


def hold(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """Every word at the end, perhaps a draft before, or a word that one may leave; held words go with an error."""
    give_up, leave, draft = step["give_up"], step["leave"], step["draft"]
    held, tail, left, drafted = list[Event](), "", False, False
    if step["sign"]:
        yield event_from(step["sign"])
    for event in answer(prompt):
        if give_up and event.at > give_up["at"]:
            yield hand_on(Event(give_up["at"], "error", give_up["words"], {"fault": "timeout"}), held)
            return
        if leave and not left and event.at >= leave["at"] and event.kind not in LETTING_GO:
            left = True
            at = max(leave["at"], held[-1].at if held else 0.0)
            yield Event(at, "status", leave["words"], {"shape": "spinner"})
        if event.kind in ("token", "text"):
            held.append(event)
            tail = (tail + event.text)[-TAIL_CHARS:]
            if draft and not drafted and SENTENCE_END.search(tail):
                yield from (text.plus(draft=True) for text in join_words(held, event.at))
                held, drafted = [], True
        elif event.kind == "error":
            yield hand_on(event, held)
        elif event.kind in LETTING_GO:
            at = max(event.at, draft["swap"]) if drafted and held else event.at
            if left and held and event.kind == "end":
                yield event.become("notice", leave["ready"], tone="ready")
            yield from join_words(held, at)
            held = []
            yield event.moved(at)
        elif event.kind != "status" or not left:
            yield event


def delay(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The same answer, later; one that goes on from words already shown, as it comes."""
    if prompt.partial:
        yield from answer(prompt)
        return
    last = 0.0
    for event in answer(prompt):
        last = max(last, event.at + (0.0 if event.kind == "silence" else step["seconds"]))
        yield event.moved(last)


def signs(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer, with signs of waiting before its first words."""
    return show_signs([event_from(sign) for sign in step["signs"]], answer(prompt))


def show_signs(plan: Iterable[Event], stream: Stream) -> Stream:
    """The stream with planned signs before its first words, each when it is due, in place of any signs of its own."""
    due = deque(plan)
    while due and due[0].at <= 0:
        yield due.popleft()
    for event in stream:
        over = event.has_words or event.kind in LAST_KINDS
        while due and (due[0].at < event.at if over else due[0].at <= event.at):
            yield due.popleft()
        if over:
            yield event
            yield from stream
            return
        if event.kind != "status":
            yield event


def before(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """Something said at once, then the answer."""
    begun = prompt.attempt or prompt.partial or prompt.choices
    if not (step["once"] and begun):
        yield from map(event_from, step["events"])
    yield from answer(prompt)


def after(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer, and something said before its last event."""
    if step["attempts"] is not None and prompt.attempt + 1 >= step["attempts"]:
        return answer(prompt)
    if step["whole"]:
        return append_below(prompt, answer, lambda _, last: say_below(step, last))
    return say_below_words(step, answer(prompt))


def say_below(step: Json, last: Event) -> Closing:
    """The events, where the last one is of a kind that has them."""
    if last.kind in step["on"]:
        yield from (event_from(said, last.at) for said in step["events"])
    return last


def say_below_words(step: Json, stream: Stream) -> Stream:
    """The same below anything that has words."""
    words = False
    for event in stream:
        words = words or event.has_words
        if words and event.kind in LAST_KINDS:
            event = yield from say_below(step, event)
        yield event
