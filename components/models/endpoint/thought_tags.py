"""Thought tags: thoughts that stand between tags at the beginning of an answer, told apart from its words."""

from collections.abc import Iterator

from components.core.event import Event

THOUGHT_TAGS = {
    f"<{name}>": f"</{name}>" for name in ("think", "thinking", "thought", "thoughts", "reasoning", "reason")
} | {"◁think▷": "◁/think▷", "[THINK]": "[/THINK]", "<|begin_of_thought|>": "<|end_of_thought|>",
     "<|channel|>analysis<|message|>": "<|channel|>final<|message|>"}  # fmt: skip


class ThoughtSplitter:
    """Takes the token events of an answer; gives those of its words, and thoughts as (seconds, text).

    Letters that may begin a tag are held until it is known; what is given has the time at which it came.
    """

    def __init__(self) -> None:
        self.thoughts: list[tuple[float, str]] = []  # those told apart since they were last taken
        self._held: list[Event] = []  # what may still be the beginning of a tag
        self._close = ""  # the tag that ends the thoughts, while they go on
        self._state = "before"  # before the first letter, within thoughts, between them and the words, in the words

    def split(self, token: Event) -> Iterator[Event]:
        """The events that are words for sure with this one."""
        self._held.append(token)
        while self._held:
            text = "".join(event.text for event in self._held)
            if self._state == "words" or (self._state == "between" and text.strip()):
                yield from self._give_words(len(text) - len(text.lstrip()) if self._state == "between" else 0)
            elif self._state == "between":
                return
            elif self._state == "before":
                start = text.lstrip().lower()
                tag = next((tag for tag in THOUGHT_TAGS if start.startswith(tag.lower())), "")
                if tag:
                    self._drop(len(text) - len(text.lstrip()) + len(tag))
                    self._state, self._close = "within", THOUGHT_TAGS[tag]
                elif any(tag.lower().startswith(start) for tag in THOUGHT_TAGS):
                    return
                else:
                    self._state = "words"
            elif not self._take_thoughts(text):
                return

    def finish(self) -> Iterator[Event]:
        """What was held until the end: words where no tag was begun, else thoughts."""
        if self._state == "within":
            self.thoughts += [(event.at, event.text) for event in self._held]
            self._held = []
        elif self._state == "before":
            yield from self._give_words(0)

    def _give_words(self, skipped: int) -> Iterator[Event]:
        self._drop(skipped)
        self._state = "words"
        given, self._held = self._held, []
        yield from given

    def _take_thoughts(self, text: str) -> bool:
        """Move what are thoughts for sure out of what is held; whether their end was found."""
        place = text.lower().find(self._close.lower())
        sure = place
        if place < 0:  # the last letters may begin the tag that ends them
            sizes = range(min(len(self._close), len(text)), 0, -1)
            sure = len(text) - next((n for n in sizes if self._close.lower().startswith(text[-n:].lower())), 0)
        self.thoughts += [(event.at, event.text) for event in self._drop(sure)]
        if place >= 0:
            self._drop(len(self._close))
            self._state = "between"
        return place >= 0

    def _drop(self, count: int) -> list[Event]:
        """Take so many letters from the beginning of what is held; events that are cut lose their probability."""
        taken: list[Event] = []
        while count > 0 and self._held:
            event = self._held.pop(0)
            head, rest = event.text[:count], event.text[count:]
            taken.append(Event(event.at, "token", head))
            if rest:
                self._held.insert(0, Event(event.at, "token", rest))
            count -= len(head)
        return taken
