"""Signs: what a waiting person sees until the first words, shown as its time comes."""

from collections import deque
from collections.abc import Iterable

from components.core.event import LAST, Event, Stream
from components.core.layer import Answer
from components.core.prompt import Prompt


def show_signs(answer: Answer, prompt: Prompt, plan: Iterable[Event]) -> Stream:
    """The answer with the planned signs before its first words, in place of any signs of its own.

    A sign is due when something happens, or a silence says that nothing did, at its time or later.
    """
    due = deque(plan)
    while due and due[0].at <= 0:
        yield due.popleft()
    stream = answer(prompt)
    for event in stream:
        over = event.carries_words or event.kind in LAST
        while due and (due[0].at < event.at if over else due[0].at <= event.at):
            yield due.popleft()
        if over:
            yield event
            yield from stream
            return
        if event.kind != "status":
            yield event
