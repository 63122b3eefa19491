"""Scores: how sure the model is of its answer, and what is said of it."""

import math
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parallax_events import (
    LAST_KINDS,
    Answer,
    Event,
    Json,
    Prompt,
    Stream,
    event_from,
    hand_on,
    hear_all,
    join_words,
    text_after,
)
from parallax_samples import ENOUGH_SAMPLES, SAMPLES, agreement, next_attempts, without_partial

SPAN_TOKENS = 5  # in a row, that a "lowest" score looks at together
SCORE_EDGE = 0.005  # scores closer to 0 or 1 count as this far from it
NORMAL_95 = 1.959963984540054  # standard deviations that hold 95 % of a normal distribution
GRAIN = 1e-9  # so that 0.29 is 29 %, whatever the machine makes of 0.29 * 100
PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*(?:%|percent|per cent)", re.IGNORECASE)
BARE_NUMBER = re.compile(r"\W*(\d{1,3}(?:\.\d+)?)\W*")


@dataclass(frozen=True)
class Judged:
    """A score from 0 to 1, or why there is none, and when that was known."""

    at: float
    score: float | None
    why: str = ""


Judging = Generator[Event, None, Judged]  # silences while the model works, and then the score


def judge(score: Json, prompt: Prompt, answer: Answer, text: str, tokens: Sequence[Json], at: float) -> Judging:
    """The score of an answer whose last word came at `at`."""
    if score["source"] == "agreement":
        heard = yield from hear_all(map(answer, next_attempts(prompt, SAMPLES)), at)
        others = [each.text for each in heard if each.is_whole]
        found = agreement(text, others, prompt.text) if len(others) >= ENOUGH_SAMPLES else None
        return Judged(max(each.at for each in heard), found, score["unheard"])
    if score["source"] == "estimate":
        [reply] = yield from hear_all([answer(without_partial(prompt.chose(text, score["ask"])))], at)
        if not reply.is_whole:
            return Judged(reply.at, None, score["unheard"])
        return Judged(reply.at, stated_percent(reply.text), score["numberless"])
    return Judged(at, score_tokens(score["source"], tokens), score["unknown"])


def asks_again(score: Json) -> bool:
    """Whether the model has to be asked again for this kind of score."""
    return score["source"] in ("agreement", "estimate")


def is_idle(score: Json, last: Event) -> bool:
    """Whether the model would have to be asked again, but this answer broke or was stopped."""
    return asks_again(score) and (last.kind != "end" or last.was_stopped)


def score_tokens(source: str, tokens: Sequence[Json]) -> float | None:
    """The score that the answer's own tokens give; None where none has a probability."""
    given = (token.get("logprob") for token in tokens)
    known = [min(0.0, float(one)) for one in given if isinstance(one, int | float) and math.isfinite(one)]
    if not known:
        return None
    if source == "product":
        return math.exp(math.fsum(known))
    size = SPAN_TOKENS if source == "lowest" else len(known)
    spans = [known[start : start + size] for start in range(max(1, len(known) - size + 1))]
    return min(math.exp(math.fsum(span) / len(span)) for span in spans)


def stated_percent(reply: str) -> float | None:
    """The percentage in a reply as a number from 0 to 1; None where there is none, or more than one."""
    bare = BARE_NUMBER.fullmatch(reply.strip())
    given = {float(number) for number in ([bare[1]] if bare else PERCENT.findall(reply))}
    number = given.pop() if len(given) == 1 else -1.0
    return number / 100 if 0 <= number <= 100 else None


def probability(score: Json, found: float) -> float:
    """How likely an answer with this score is right; the score itself where nothing is known about that."""
    points, line = score["points"], score["line"]
    if points:
        return height_at(found, points)
    if not line:
        return found
    kept = min(max(found, SCORE_EDGE), 1 - SCORE_EDGE)
    odds = line["slope"] * math.log(kept / (1 - kept)) + line["shift"]
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))


def height_at(score: float, points: Sequence[Sequence[float]]) -> float:
    """The height of the line through the points, level before the first and after the last."""
    if score <= points[0][0]:
        return points[0][1]
    for (x, y), (next_x, next_y) in pairwise(points):
        if score <= next_x:
            return y + (next_y - y) * (score - x) / (next_x - x)
    return points[-1][1]


def no_score(judged: Judged) -> Event:
    """The plain sentence in place of a score."""
    return Event(judged.at, "notice", judged.why, {"tone": "info", "remark": True})


def verdict(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The same words, and at most one verdict before the end or the break, where words were shown."""
    tokens, text, score = list[Json](), prompt.partial, step["score"]
    for event in answer(prompt):
        text = text_after(text, event)
        if event.kind == "revise":
            tokens = []
        if event.has_words:
            tokens.extend(event.tokens or [{"text": event.text}])
        if event.kind in LAST_KINDS and tokens and not is_idle(score, event):
            judged = yield from judge(score, prompt, answer, text, tokens, event.at)
            said = no_score(judged) if judged.score is None else say_verdict(step, probability(score, judged.score))
            if said is not None and judged.score is not None:
                said = with_remark(step["measured"], said, prompt.text, len(tokens))
                said = with_part(step, said, prompt, event)
            if said is not None:
                yield said.moved(judged.at)
            event = event.moved(max(event.at, judged.at))
        yield event


def with_remark(kind: Json | None, said: Event, question: str, tokens: int) -> Event:
    """The verdict; where it was measured with another kind of question, it says so."""
    if kind is None:
        return said
    longer = 0 < kind["question"] < len(question.split()) or 0 < kind["answer"] < tokens
    if not longer and not (kind["asks"] and not question.rstrip().endswith("?")):
        return said
    return remarked(said, kind["remark"])


def with_part(step: Json, said: Event, prompt: Prompt, last: Event) -> Event:
    """The verdict; where the answer was cut, or goes on after a cut, it says of which part it is."""
    rest = "rest" if prompt.partial and not asks_again(step["score"]) else ""
    part = "cut" if last.was_cut else rest
    if not part:
        return said
    short, remark = step["parts"][part]["short"], step["parts"][part]["remark"]
    text = f"{said.text}{short}" if "legend" in said.data else said.text
    return remarked(Event(said.at, said.kind, text, said.data), remark)


def remarked(said: Event, remark: str) -> Event:
    """The verdict with a remark before its legend, or after its text where it has none."""
    if "legend" not in said.data:
        return Event(said.at, said.kind, f"{said.text} {remark}", said.data)
    return Event(said.at, said.kind, said.text, {**said.data, "legend": f"{remark} {said.data['legend']}"})


def say_verdict(step: Json, chance: float) -> Event | None:
    """What is said of an answer that is right with this probability; None where nothing is."""
    if step["percent"]:
        return say_percent(step["percent"], chance)
    whole = math.floor(100 * chance + GRAIN)
    reached = (whole >= 100 * cut["from"] - GRAIN if step["floored"] else chance >= cut["from"] for cut in step["cuts"])
    said = next((cut["event"] for cut, reaches in zip(step["cuts"], reached, strict=True) if reaches), None)
    return event_from(said) if said else None


def share_interval(right: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, spread = right / n, NORMAL_95**2 / n
    half = math.sqrt(spread * (share * (1 - share) + spread / 4))
    middle = share + spread / 2
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def say_percent(percent: Json, chance: float) -> Event:
    """The probability as a number, and how many answers of the test with about this one were right."""
    rounded = round(100 * chance, percent["digits"])
    legend = percent["legend"]
    if legend is None:
        low, high = max(0.0, chance - percent["near"]), min(1.0, chance + percent["near"])
        inside = [
            count for count in percent["counts"]
            if count[0] >= 100 * low - GRAIN and (high >= 1 or count[0] < 100 * high - GRAIN)
        ]  # fmt: skip
        n, right = sum(count[1] for count in inside), sum(count[2] for count in inside)
        words = percent["some"] if n else percent["none"]
        least, most = share_interval(right, n) if n else (0.0, 1.0)
        words = words.replace("{marked}", f"{100 * low:.0f} to {100 * high:.0f} %")
        words = words.replace("{least}", f"{100 * least:.0f}").replace("{most}", f"{100 * most:.0f}")
        legend = f"{words.replace('{right}', str(right)).replace('{n}', str(n))} {percent['basis']}"
    label = f"{rounded:.{max(percent['digits'], 0)}f} % {percent['words']}"
    return Event(0.0, "badge", label, {"percent": rounded, "legend": legend})


Opening = Generator[Event, None, float]  # gives the moment when the words were shown


def hedge(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """The same words a little later, doubt before them; an answer that goes on was judged at its beginning."""
    held, read, late, judging = list[Event](), 0, 0.0, not prompt.partial
    look = step["score"]["look"]
    for event in answer(prompt):
        if judging and event.has_words:
            held.append(event)
            read += len(event.tokens) or 1
        if held and (event.kind in LAST_KINDS or 0 < look <= read):
            late = yield from open_words(step, prompt, answer, held, event)
            held, judging = [], False
            if event.has_words:
                continue
        if not judging or not event.has_words:
            yield event.moved(max(event.at, late))


def open_words(step: Json, prompt: Prompt, answer: Answer, held: Sequence[Event], now: Event) -> Opening:
    """The held words, after the doubt where their score is low."""
    at, score = now.at, step["score"]
    if not is_idle(score, now):
        text = "".join(event.text for event in held)
        tokens = [token for event in held for token in event.tokens][: score["look"] or None]
        judged = yield from judge(score, prompt, answer, text, tokens, at)
        at = judged.at
        if judged.score is None:
            yield no_score(judged)
        elif probability(score, judged.score) < step["threshold"]:
            yield Event(at, "text", step["words"], {"hedge": True})
    yield from (event.moved(at) for event in held)
    return at


def abstain(step: Json, prompt: Prompt, answer: Answer) -> Stream:
    """All at once at the end: the answer with what was said of it, or that it is not known."""
    if prompt.partial:
        yield from answer(prompt)
        return
    held, begun = list[Event](), not step["sign"]
    for event in answer(prompt):
        if not begun and not (event.kind == "status" and event.at == 0):
            yield Event(0.0, "status", step["sign"], {"shape": "spinner"})
        begun = True
        if event.kind in ("silence", "status"):
            yield event
        elif event.kind == "error":
            yield hand_on(event, [each for each in held if each.kind == "text"])
        elif event.kind in LAST_KINDS:
            yield from let_go(step, prompt, answer, held, event)
        elif event.kind == "revise":
            held = [event.become("text", event.text, **event.data)]
        else:
            held.append(event)


def let_go(step: Json, prompt: Prompt, answer: Answer, held: list[Event], last: Event) -> Stream:
    """What is shown of a held answer, and its end."""
    words = [event for event in held if event.kind == "text"]
    text, tokens = "".join(event.text for event in words), [token for event in words for token in event.tokens]
    judged, score = Judged(last.at, None), step["score"]
    own = not any(event.data.get("instead") for event in words)
    if own and text.strip() and last.kind == "end" and not is_idle(score, last):
        judged = yield from judge(score, prompt, answer, text, tokens, last.at)
    at = max(last.at, judged.at)
    low = judged.score is not None and probability(score, judged.score) < step["threshold"]
    if low and step["words"]:
        yield Event(at, "text", step["words"] + " ", {"instead": True, "unsure": "words"})
        yield Event(at, "text", step["redirect"], {"instead": True, "unsure": "redirect"})
        if step["anyway"]:
            yield Event(at, "action", step["anyway"], {"name": "say", "after": text})
    else:
        for event in held:
            if event.kind != "text" or not own:
                yield event.moved(at)
            elif event is words[0]:
                yield from join_words(words, at)
        if judged.score is None and judged.why:
            yield no_score(Judged(at, None, judged.why))
    yield last.moved(at)
