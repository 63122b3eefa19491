"""Words: what is said and asked around an answer, in lines that were found for it."""

import re
from collections.abc import Generator

from parallax_delivery import is_wide, show_signs
from parallax_events import (
    LAST_KINDS,
    Answer,
    Closing,
    Event,
    Json,
    Prompt,
    Stream,
    append_below,
    event_from,
    hear_all,
    put_in_order,
    shift_by,
)
from parallax_lines import Lines, find_lines, side_points
from parallax_samples import ENOUGH_SAMPLES, SAMPLES, agreement, next_attempts

ADDRESS = r"https?://[^\s<>\"']+"


def more(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer, and lines that were found for it, in their place."""
    if step["place"] == "after":
        return append_below(prompt, answer, lambda shown, last: lines_below(step, prompt, answer, shown, last))
    if prompt.attempt or prompt.partial:
        return answer(prompt)
    return lines_before(step, prompt, answer)


def lines_below(step: Json, prompt: Prompt, answer: Answer, shown: str, last: Event) -> Closing:
    """The lines under a whole answer."""
    found = yield from find_lines(step["content"], prompt, answer, last.at, shown)
    yield from show_lines(step["show"], found, shown)
    return last.moved(max(last.at, found.at))


def lines_before(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The lines, and then the answer; steps are signs of waiting, and may be kept below it."""
    show = step["show"]
    if step["sign"]:
        yield event_from(step["sign"])
    found = yield from find_lines(step["content"], prompt, answer, 0.0)
    if show["as"] != "steps":
        yield from show_lines(show, found)
        yield from shift_by(answer(prompt), found.at)
        return
    split = ([*(part.strip() for part in line.split("|", 1)), ""][:2] for line in found.lines)
    steps = [step for step in split if step[0]][: show["most"]]
    signs = [{"shape": "step"} | ({"result": step[1]} if step[1] else {}) for step in steps]
    plan = [Event(found.at + n * show["dwell"], "status", step[0], signs[n]) for n, step in enumerate(steps)]
    waited = show_signs(plan, shift_by(answer(prompt), found.at))
    yield from keep_above(waited, show["title"], steps if show["keep"] else [], found.at)


def keep_above(stream: Stream, title: str, steps: list[list[str]], start: float) -> Stream:
    """The stream, and before its first words what was done since `start`."""
    for event in stream:
        if event.has_words or event.kind in LAST_KINDS:
            if steps and (event.has_words or event.kind == "end"):
                data: dict[str, object] = {"tone": "steps", "items": [step[0] for step in steps], "fold": "closed"}
                if any(step[1] for step in steps):
                    data["results"] = [step[1] for step in steps]
                yield event.become("notice", title, **data, seconds=round(max(0.0, event.at - start), 1))
            yield event
            break
        yield event
    yield from stream


def split_line(line: str) -> list[str]:
    """The four parts of a line between |; "" for those that it does not have."""
    return [*(part.strip() for part in line.split("|", 3)), "", "", ""][:4]


def show_lines(show: Json, found: Lines, shown: str = "") -> Stream:
    """Found lines as a list, as two columns or as sources."""
    lines = found.lines if show["most"] is None else found.lines[: show["most"]]
    if show["as"] == "sources":
        sources = [part for part in map(split_line, found.lines) if part[0] and part[2] in shown]
        sources.sort(key=lambda part: shown.index(part[2]) if part[2] else len(shown))
        for number, (title, detail, claim, address) in enumerate(sources[: show["most"]], 1):
            about = claim if show["claims"] else ""
            data = {"n": number, "detail": detail, "claim": about, "nth": 0, "preview": show["preview"]}
            if re.fullmatch(ADDRESS, address, re.IGNORECASE):
                data["address"] = address
            yield Event(found.at, "source", title, {**data, "origin": found.origin})
    elif show["as"] == "columns":
        sides = {name: side_points(found.lines, name) for name in show["sides"]}
        room = min([show["most"], *(map(len, sides.values()) if show["even"] else ())])
        columns = [{"title": name, "items": points[:room]} for name, points in sides.items() if points[:room]]
        if columns:
            data = {"tone": "card", "columns": columns, "origin": found.origin}
            yield Event(found.at, "notice", show["title"], data)
    elif lines:
        fold = {"fold": show["fold"]} if show["fold"] else {}
        told = {} if show["tone"] == "thoughts" else {"origin": found.origin}
        yield Event(found.at, "notice", show["title"], {"tone": show["tone"], "items": lines, **told, **fold})


def offer(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The answer, and in place of its end a question with something to pick."""
    return append_below(prompt, answer, lambda shown, last: ask_below(step, prompt, answer, shown, last))


def ask_below(step: Json, prompt: Prompt, answer: Answer, shown: str, last: Event) -> Closing:
    """The question with lines that were not picked yet, or with corrections until one was made."""
    question = step["question"]
    if last.kind == "question" or (step["assumed"] and prompt.chosen(question) is not None):
        return last
    found = yield from find_lines(step["content"], prompt, answer, last.at, shown)
    data: dict[str, object] = {"other": True, "origin": found.origin}
    if step["assumed"]:
        parts = (line.partition("|") for line in found.lines)
        assumed = {left.strip(): right.strip() for left, _, right in parts if left.strip()}
        items = list(assumed)[: step["most"]]
        options = list(dict.fromkeys(assumed[item] or f"Not so: {item}" for item in items))
        data["items"] = items
    else:
        picked = {choice.option for choice in prompt.choices}
        options = [line for line in dict.fromkeys(found.lines) if line not in picked][: step["most"]]
        data["form"] = "next"
    return Event(found.at, "question", question, {**data, "options": options}) if options else last.moved(found.at)


def clarify(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """A question and nothing more, until it is answered; else the answer."""
    wanted, at = yield from wants_question(step, prompt, answer)
    asked = (yield from find_question(step, prompt, answer, at)) if wanted else Event(at, "silence")
    if asked.kind == "question":
        yield asked
    else:
        yield from shift_by(answer(prompt), asked.at)


def wants_question(step: Json, prompt: Prompt, answer: Answer) -> Generator[Event, None, tuple[bool, float]]:
    """Whether to ask, and when that was known: there were not too many questions yet, and the method calls for one."""
    if len(prompt.choices) >= step["maximum"]:
        return False, 0.0
    if step["when"] != "differ" or prompt.attempt or prompt.partial:
        short = step["when"] == "short" and count_words(prompt.text) <= step["short"]
        return short or step["when"] == "always", 0.0
    yield event_from(step["sign"])
    heard = yield from hear_all((answer(each) for each in next_attempts(prompt, SAMPLES)), 0.0)
    first, *others = [each.text for each in heard if each.is_whole] or [""]
    differ = 1 + len(others) >= ENOUGH_SAMPLES and agreement(first, others, prompt.text) < step["threshold"]
    return differ, max(each.at for each in heard)


def find_question(step: Json, prompt: Prompt, answer: Answer, at: float) -> Closing:
    """The question, or a silence at the moment when it is known that there is none that was not answered yet."""
    content, question, options = step["content"], step["question"], step["options"]
    data = {"other": step["other"]}
    if content:
        if content["ask"] is not None:
            yield event_from(step["sign"], at)
        found = yield from find_lines(content, prompt, answer, at)
        at, [question, *options] = found.at, found.lines or [""]
        data["origin"] = found.origin
    if not question or prompt.chosen(question) is not None:
        return Event(at, "silence")
    return Event(at, "question", question, {**data, "options": list(dict.fromkeys(options))})


def count_words(text: str) -> int:
    """How many words a text has; in scripts without spaces every character counts as one."""
    return len(text.split()) + sum(map(is_wide, text))


def agree(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """A question before the answer, where enough is at stake; once it is answered, what follows from that."""
    question, quiet = step["question"], step["quiet"]
    chosen = prompt.chosen(question)
    if chosen is None:
        if prompt.hidden or not is_at_stake(step, prompt):
            yield from answer(prompt)
        else:
            yield from ask_before(step, prompt, answer)
        return
    another = step["instead"].get(chosen)
    if another and prompt.chosen(another) is None:
        yield Event(0.0, "question", another, {"options": [], "other": True})
    elif chosen in step["stops"]:
        yield Event(0.0, "notice", step["stops"][chosen], {"tone": "info", "instead": True})
        yield Event(0.0, "end", data={"reason": "declined"})
    else:
        heard = prompt.without(question) if quiet is None or chosen in quiet else prompt
        if step["decided"]:
            yield Event(
                0.0, "notice", step["decided"].replace("{decision}", chosen), {"tone": "info", "form": "decision"}
            )
        stream = answer(heard)
        yield from put_in_order(stream, step["delay"]) if step["decided"] else stream


def ask_before(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The question under the lines that were found for it; the answer where none were."""
    data, at = {"options": step["options"], "other": step["other"]}, 0.0
    if step["content"]:
        if step["sign"]:
            yield event_from(step["sign"])
        found = yield from find_lines(step["content"], prompt, answer, 0.0)
        at = found.at
        if not found.lines:
            yield from shift_by(answer(prompt), at)
            return
        lines = [split_line(line)[0] for line in found.lines] if step["more"] else found.lines
        data |= {"items": lines[: step["most"]], **step["more"], "origin": found.origin}
    yield Event(at, "question", step["question"], data)


def is_at_stake(step: Json, prompt: Prompt) -> bool:
    """Whether the request names one of the words that make it worth asking."""
    return step["stakes"] is None or not set(step["stakes"]).isdisjoint(re.findall("[a-z]+", prompt.text.casefold()))
