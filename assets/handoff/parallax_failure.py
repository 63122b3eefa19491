"""Failure: what a person sees and can do when an answer breaks, or is a refusal, and other answers in its place."""

import re
from collections.abc import Generator
from dataclasses import replace
from textwrap import shorten
from typing import Any

from parallax_events import LAST_KINDS, Answer, Event, Json, Prompt, Stream, shift_by, text_after
from parallax_samples import SENTENCE_BREAK, first_sentence, without_partial

EMPTY_FAULTS = {"length": "exhausted", "filter": "filtered", "tool": "tool", "thoughts": "thoughts"}


def is_break(last: Event, shown: str) -> bool:
    """Whether a stream's last event means that there is no whole answer: an error, or an end without a word."""
    return last.kind == "error" or (last.kind == "end" and not shown.strip() and not last.was_stopped)


def fault_of(last: Event) -> str:
    """The kind of fault in one word; of an end without words the one that its reason says, else "empty"."""
    if last.kind == "error":
        return str(last.data.get("fault", ""))
    return EMPTY_FAULTS.get(str(last.data.get("reason")), "empty")


def held_words(last: Event) -> Stream:
    """The words that came but were held back from the screen, as text."""
    partial = str(last.data.get("partial", ""))
    if partial.strip():
        yield last.become("text", partial, tokens=last.tokens)


def told(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer; where it breaks, the words held back until then if they are kept, and what is said of the break."""
    shown, labels = prompt.partial, step["labels"]
    passes = labels is not None and prompt.attempt >= len(labels)
    for event in answer(prompt):
        shown = text_after(shown, event)
        breaks = is_break(event, shown) if step["empty"] else event.kind == "error"
        if breaks and not passes and fault_of(event) not in step["excepted"]:
            for text in held_words(event) if step["keep"] else ():
                shown = text_after(shown, text)
                yield text
            if shown.strip() or not step["needs_words"]:
                event = tell_break(step, event, bool(shown.strip()), prompt.attempt)
        yield event


def tell_break(step: Json, last: Event, kept: bool, attempt: int) -> Event:
    """A break as a failure; `kept` where words of the answer are on the screen."""
    fault = fault_of(last)
    words, *do = [last.text] if step["raw"] else step["faults"].get(fault, step["other"])
    data: dict[str, Any] = {**step["data"], "fault": fault}
    if do:
        data["detail"] = " ".join(part for part in (step["kept"] if kept else "", *do) if part)
    if step["technical"] and last.text:
        data["technical"] = last.text
    if step["labels"] is not None:
        data["labels"] = {"retry": step["labels"][attempt]}
    return Event(last.at, "failure", words, data)


def retry(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The first attempt that gets through, after the broken ones; else the last one as it is."""
    start, says = 0.0, step["says"]
    for tried, said in enumerate(says):
        last = yield from try_once(step, prompt, shift_by(answer(prompt), start), first=not tried)
        if last is None:
            return
        yield last.become("status", said, shape="spinner")
        wait = step["back_off"] * 2**tried
        start, prompt = last.at + wait, replace(prompt.again(), wait=wait)
    yield from (event for event in shift_by(answer(prompt), start) if not says or event.kind != "status")


def try_once(step: Json, prompt: Prompt, stream: Stream, first: bool) -> Generator[Event, None, Event | None]:
    """One attempt; where it breaks, its words are taken back and the event it broke at is returned.

    Later attempts show no sign of their own: that it tries again is the sign. Verdicts wait until their words stay.
    """
    shown, said = prompt.partial, list[Event]()
    for event in stream:
        shown = text_after(shown, event)
        if is_break(event, shown) and fault_of(event) not in step["excepted"]:
            if shown != prompt.partial:
                yield event.become("revise", prompt.partial)
            return event
        if event.kind in ("badge", "notice"):
            said.append(event)
            continue
        if event.kind != "silence":
            yield from said
            said = []
        if first or event.kind != "status":
            yield event
    yield from said
    return None


def fallback(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer; on a break, another one in its place where there is any."""
    shown = prompt.partial
    for event in answer(prompt):
        shown = text_after(shown, event)
        if is_break(event, shown):
            words, at = (yield from earlier_answer(prompt, answer, event.at)) if step["earlier"] else ("", event.at)
            source = "earlier" if words.strip() else "template"
            if words := words if words.strip() else step["template"]:
                if step["disclosed"]:
                    yield Event(at, "notice", step["disclosed"][source], {"tone": "info", "instead": True})
                yield Event(at, "revise" if shown else "text", words, {"instead": True})
                yield Event(at, "end")
                return
            event = event.moved(at)
        yield event


def earlier_answer(prompt: Prompt, answer: Answer, at: float) -> Generator[Event, None, tuple[str, float]]:
    """The words of another attempt, asked for at `at`, and when they were there; no words where it breaks too."""
    words, start = "", at
    for event in answer(without_partial(prompt.again())):
        words = text_after(words, event)
        if event.kind == "silence":
            at = max(at, start + event.at)
            yield Event(at, "silence")
        elif event.kind in ("error", "failure", "question"):
            return "", at
    return words, at


def handoff(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer, and the button that calls a person where it broke or the person may ask."""
    if step["wanted"] and wants_person(step["wanted"], prompt.text):
        yield Event(0.0, "text", step["offered"], {"instead": True})
        yield offer_person(step, 0.0, prompt)
        yield Event(0.0, "end")
        return
    shown, unsure = prompt.partial, False
    for event in answer(prompt):
        shown, unsure = text_after(shown, event), unsure or says_doubt(event)
        if event.kind == "failure" and step["on_failure"]:
            yield offer_person(step, event.at, prompt, shown, event.text)
        if event.kind in ("end", "question") and shown.strip() and (step["on_answer"] or (step["on_doubt"] and unsure)):
            yield offer_person(step, event.at, prompt, shown)
        yield event


def says_doubt(event: Event) -> bool:
    """Whether people are told that the answer is doubtful."""
    return event.data.get("level") == "low" or bool(event.data.get("hedge")) or bool(event.data.get("instead"))


def wants_person(wanted: str, text: str) -> bool:
    """Whether a sentence asks for a person."""
    return any(re.search(wanted, sentence) for sentence in re.split(r"[.!?\n]+", text.casefold()))


def offer_person(step: Json, at: float, prompt: Prompt, shown: str = "", wrong: str = "") -> Event:
    """The button, with what is passed on."""
    says, answer = step["says"], shorten(shown, step["longest"], placeholder="…")
    question = shorten(prompt.text, step["longest"], placeholder="…")
    items = [
        says["question"].replace("{question}", question),
        says["answer"].replace("{answer}", answer) if answer else says["none"],
        *([says["wrong"].replace("{wrong}", wrong)] if wrong else []),
    ]
    return Event(at, "action", step["label"], {"name": "say", "after": step["after"], "items": items})


def refusal(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer once its first sentence is there, or where that is a refusal, one's own no in its place."""
    held, shown, judging, at = list[Event](), prompt.partial, not prompt.partial, 0.0
    for event in answer(prompt):
        shown, at = text_after(shown, event), event.at
        if not judging or event.kind == "silence" or not (held or event.has_words):
            yield event
            continue
        held.append(event)
        settled = len(shown) > step["longest"] or SENTENCE_BREAK.search(shown.lstrip())
        if event.kind in LAST_KINDS or settled:
            if event.kind != "error" and is_refusal(step["refuses"], shown):
                yield from decline(step, prompt, at)
                return
            yield from (each.moved(at) for each in held)
            held, judging = [], False
    yield from (each.moved(at) for each in held)


def is_refusal(refuses: str, text: str) -> bool:
    """Whether an answer that begins like this is a refusal."""
    first = first_sentence(text).casefold().replace("’", "'")
    return re.search(refuses, " ".join(first.split())) is not None


def decline(step: Json, prompt: Prompt, at: float) -> Stream:
    """The no, the reason and the ways that were not tried yet."""
    picked = {choice.option for choice in prompt.choices}
    path, no, reason = [line for line in step["path"] if line not in picked], step["no"], step["reason"]
    if step["options"] and path:
        data = {"options": list(dict.fromkeys(path)), "other": True, "items": [reason] if reason else []}
        yield Event(at, "question", no, {**data, "instead": True})
        return
    listed = "\n".join(f"- {line}" for line in path)
    parts = (f"{no} {reason}".strip(), f"{step['would']}\n\n{listed}" if listed else "")
    yield Event(at, "text", "\n\n".join(part for part in parts if part) or step["otherwise"], {"instead": True})
    yield Event(at, "end")


def stable(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The first attempt again; where that breaks, its words are taken back and the new attempt follows."""
    if not prompt.attempt or prompt.partial:
        yield from answer(prompt)
        return
    shown = ""
    for event in answer(replace(prompt, attempt=0)):
        if event.kind in ("error", "failure"):
            if shown:
                yield event.become("revise")
            yield from shift_by(answer(prompt), event.at)
            return
        if event.kind == "end" and step["note"] and shown.strip():
            yield event.become("notice", step["note"], tone="info")
        shown = text_after(shown, event)
        yield event
