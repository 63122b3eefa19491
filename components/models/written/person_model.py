"""Person: a colleague who is taken for the model, and types the answer while people watch it come."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from components.core.card import Card
from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.scenario import word_pieces
from components.models.background_model import BackgroundModel
from components.models.generation import Generation, GenerationState
from components.models.model import Model
from components.models.source import Source, Timeouts
from components.models.written.person_desk import BROKE, DONE, DeskLine, DeskView, PersonDesk

FIRST_DRAFTER = "first"  # the model that Parallax starts with
LOOK_S = 0.15  # seconds between looks at what the colleague sent
WORD_S = 0.05  # seconds between two words of one phrase
LOST_S = 15.0  # seconds without a sign of life of the colleague's page after which they are taken to be gone
KEPT_TEXT = "What came before is kept."
WAITING_TEXT = "Waiting for your colleague to open their page"
NOBODY = Explained(
    "Nobody is there to answer: the page of whoever plays the model is not open.",
    "Your question is still in the box.",
    "Send them the link that stands at this model on the page Models, then ask again.",
)
GONE = Explained("Whoever plays the model has closed their page.", KEPT_TEXT, "Ask them to open it again, then ask.")
SILENT = Explained("Whoever plays the model took too long.", KEPT_TEXT, "Ask again when they are ready.")


@dataclass(frozen=True)
class PersonCompany:
    """What a person model works with: the desk where its questions are laid down, and how another model is found and
    what it is called, by its id.
    """

    desk: Callable[[], PersonDesk]
    find_model: Callable[[str], Model]
    model_name: Callable[[str], str]


@dataclass
class DeskTimes:
    """When a question was laid down or had its turn, when something was sent, and when somebody was there (seconds)."""

    waits: Timeouts
    asked: float
    heard: float
    attended: float

    def note_view(self, view: DeskView, now: float, speaking: bool) -> None:
        """Take in what was seen of the desk, and whether what was sent before is still being said."""
        self.attended = now if view.attended else self.attended
        self.asked = now if view.place > 1 else self.asked
        self.heard = now if view.lines or speaking else self.heard

    def fault(self, generation: Generation, now: float) -> Event | None:
        """Why nobody goes on waiting for an answer; None while it is waited for."""
        if generation.began is None:
            return fault_event(generation, "refused", NOBODY)
        if now - self.attended > LOST_S:
            return fault_event(generation, "cut", GONE)
        longest = self.waits.between if generation.events else self.waits.first
        if now - self.heard > longest or generation.elapsed > self.waits.total:
            return fault_event(generation, "timeout", SILENT)
        return None


class DeskSpeech:
    """What a colleague sent, said word by word, while the desk is looked at for more."""

    def __init__(self, generation: Generation) -> None:
        self.generation, self.text, self.unsaid = generation, generation.prompt.partial, 0
        self._lines: asyncio.Queue[DeskLine] = asyncio.Queue()

    @property
    def going(self) -> bool:
        """Whether something that was sent is not said yet."""
        return self.unsaid > 0

    def add(self, line: DeskLine) -> None:
        """One more thing to be said, after those before."""
        self.unsaid += 1
        self._lines.put_nowait(line)

    async def say_all(self) -> None:
        """Say whatever comes, until this is cancelled."""
        while True:
            await self.say(await self._lines.get())
            self.unsaid -= 1

    async def say(self, line: DeskLine) -> None:
        """Say one thing: its words at the pace of words, or how the answer ends."""
        generation = self.generation
        if line.kind == BROKE:
            generation.add(Event(generation.elapsed, "error", "RemoteProtocolError: cut", {"fault": "cut"}))
        elif line.kind == DONE:
            said = any(event.kind == "token" for event in generation.events)
            generation.add(Event(generation.elapsed, "end", data={"reason": "stop" if said else "empty"}))
        added = line.after(self.text)
        self.text += added
        for number, word in enumerate(word_pieces(added)):
            await asyncio.sleep(WORD_S if number else 0)
            generation.add(Event(generation.elapsed, "token", word))


class PersonModel(BackgroundModel):
    """A model behind which a person sits: a wizard of Oz, live.

    `source.where` is the desk; `source.model`, where it is set, the id of the model whose draft the person gets, or
    FIRST_DRAFTER.
    """

    def __init__(self, source: Source, company: PersonCompany | None) -> None:
        super().__init__()
        self.source, self.company = source, company

    @property
    def card(self) -> Card:
        """That a person types it; `drafts` says whether another model's draft lay before them."""
        drafts: dict[str, str] = {}
        if self.source.model:
            with suppress(Explained):  # a drafter that is away drafts nothing
                drafts = {"drafts": self.company.model_name(self.drafter) if self.company else ""}
        return Card("Wizard of Oz, live", "scripted", "", {"times": "spread", "live": True, **drafts})

    @property
    def drafter(self) -> str:
        """The id of the model that drafts; "" is the one that Parallax starts with."""
        return "" if self.source.model == FIRST_DRAFTER else self.source.model

    def check(self) -> None:
        """Explained where no desk is known."""
        if self.company is None:
            raise NOBODY

    def ask(self, prompt: Prompt) -> Generation:
        """An answer in the making."""
        self.check()
        return self.begin_generation(prompt, self._answer)

    async def _answer(self, generation: Generation) -> None:
        assert self.company is not None
        try:
            desk = await asyncio.to_thread(self.company.desk)
            id = await asyncio.to_thread(desk.ask_desk, self.source.where, generation.prompt)
        except Explained as problem:
            generation.add(fault_event(generation, "refused", problem))
            return
        draft = asyncio.create_task(self._draft(desk, id, generation.prompt))
        try:
            await self._follow(desk, id, generation)
        except Explained as problem:
            generation.add(fault_event(generation, "refused", problem))
        finally:
            draft.cancel()
            with suppress(Explained):
                await asyncio.to_thread(desk.close_question, id)

    async def _follow(self, desk: PersonDesk, id: str, generation: Generation) -> None:
        """Add what the colleague sends to an answer, until it ends, they are too slow or nobody is there."""
        after, speech = 0, DeskSpeech(generation)
        speaking = asyncio.create_task(speech.say_all())
        times = DeskTimes(self.source.patience, *[time.monotonic()] * 3)
        try:
            while not generation.done:
                view, now = await asyncio.to_thread(desk.view_question, id, after), time.monotonic()
                times.note_view(view, now, speech.going)
                for line in view.lines:
                    speech.add(line)
                    after = line.number
                if generation.began is None and view.place == 1 and view.attended:
                    generation.begin(now)
                    times.heard = now
                elif generation.began is None and now - times.asked <= self.source.patience.connect:
                    generation.set_state(waiting_state(view))
                elif fault := times.fault(generation, now):
                    generation.add(fault)
                await asyncio.sleep(LOOK_S)
        finally:
            speaking.cancel()

    async def _draft(self, desk: PersonDesk, id: str, prompt: Prompt) -> None:
        """Show the colleague what another model would say, as it comes; nothing where none is chosen or it fails."""
        if not self.source.model or self.company is None:
            return
        made: Generation | None = None
        try:
            model = await asyncio.to_thread(self.company.find_model, self.drafter)
            made = await asyncio.to_thread(model.ask, prompt)
            shown = ""
            while not (made.done and shown == draft_text(made)):
                if (text := draft_text(made)) != shown:
                    await asyncio.to_thread(desk.keep_draft, id, text)
                    shown = text
                await asyncio.sleep(2 * LOOK_S)
        except Explained:
            return  # the colleague types without one
        finally:
            if made is not None and not made.done:
                made.stop()


def draft_text(generation: Generation) -> str:
    """The words of an answer so far."""
    return "".join(event.text for event in tuple(generation.events) if event.kind == "token")


def waiting_state(view: DeskView) -> GenerationState:
    """What is said while an answer has not begun: how many questions are before it, or that nobody is there yet."""
    if view.place > 1:
        return GenerationState("queued", view.place - 1)
    return GenerationState("loading", text=WAITING_TEXT)


def fault_event(generation: Generation, fault: str, problem: Explained) -> Event:
    """The error that ends an answer, with its own words."""
    data: dict[str, Any] = {"fault": fault, "what": problem.what, "kept": problem.kept, "do": problem.do}
    return Event(generation.elapsed, "error", problem.what, data)
