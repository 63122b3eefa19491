"""Made up: words that a fault puts in the place of the model's, at the model's own pace.

Their tokens say `made_up` and carry no probability, so that nothing takes them for the model's.
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from random import Random

from components.core.event import Event, Stream
from components.layers.hidden_answers import was_stopped

REFUSALS = (
    "I'm sorry, but I can't help with that.",
    "I'm not able to answer this question. Is there something else I can do for you?",
    "Sorry, this is something I can't talk about. I would be glad to help with another question.",
)
PHRASE_TOKENS, LOOP_ROUNDS = (
    8,
    12,
)  # tokens that come again, at the most, and how often until the answer is as long as it may be
NOTHING_SAID = " and so on"  # comes again where the answer had said nothing yet
GARBLED_LETTERS = "\N{REPLACEMENT CHARACTER}ÃÂâ€¤§¿½žœ¬"  # what letters turn into where their encoding is misread
MAX_LETTER_GAP = 5  # letters, at the most, from one that breaks to the next
DEFAULT_TOKEN_S = 0.05  # seconds a token, where the answer is too short to have a pace of its own
SCRIPTED_LABEL = "These words are scripted, not the model's. Who took part in a study has to be told so afterwards."


def split_pieces(text: str) -> list[str]:
    """The text split into pieces of about a token's length."""
    return re.findall(r"\s*\S{1,6}", text)


def pick_refusal(seed: str) -> str:
    """One of REFUSALS, the same for the same seed."""
    return Random(seed).choice(REFUSALS)


def repeat_phrase(texts: Iterable[str]) -> list[str]:
    """The last words said, from a word's beginning, LOOP_ROUNDS times over."""
    last = list(deque(texts, PHRASE_TOKENS))
    start = next((index for index, text in enumerate(last) if text[:1].isspace()), 0)
    return (last[start:] if "".join(last[start:]).strip() else [NOTHING_SAID]) * LOOP_ROUNDS


def garble_letters(stream: Stream, seed: str) -> Stream:
    """The same words with broken letters, the first of them and every few after it."""
    chance, left = Random(seed), 0
    for event in stream:
        letters = list(event.text) if event.kind == "token" else []
        for index, letter in enumerate(letters):
            if not letter.isspace():
                if not left:
                    letters[index] = chance.choice(GARBLED_LETTERS.replace(letter, ""))
                left = left - 1 if left else chance.randrange(MAX_LETTER_GAP)
        text = "".join(letters)
        yield event.become("token", text, made_up=True) if text not in ("", event.text) else event


def replace_words(
    stream: Stream, words: Sequence[str], reason: str = "stop", since: Sequence[float] = (), sure: float | None = None
) -> Stream:
    """Other words, one for each token; those left when the stream ends follow at its pace, then the end.

    `sure` is how sure the model is to seem of them, from 0 to 1, None where nothing is said of that.

    `since` are the times of the tokens before. The model's own error comes first, and a person's stop.
    """
    left, times, at = deque(words), list(since), 0.0
    data = {"made_up": True} | ({} if sure is None else {"sure": sure})
    for event in stream:
        at = event.at
        if event.kind == "error" or was_stopped(event):
            yield event
            return
        if event.kind == "token" and left:
            times.append(at)
            yield event.become("token", left.popleft(), **data)
        if event.kind == "end" or not left:
            break
        if event.kind != "token":
            yield event
    pace = (times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else 0.0
    for word in left:
        at += pace or DEFAULT_TOKEN_S
        yield Event(at, "token", word, data)
    yield Event(at, "end", "", {"reason": reason if words else "empty"})


def label_scripted(stream: Stream, instead: bool) -> Stream:
    """The stream with a remark to the designer before its first word that it is scripted; `instead` where it declines
    to answer.
    """
    labelled = False
    for event in stream:
        if event.kind == "token" and not labelled:
            flags = {"remark": True} | ({"instead": True} if instead else {})
            yield event.become("notice", SCRIPTED_LABEL, tone="info", **flags)
            labelled = True
        yield event
