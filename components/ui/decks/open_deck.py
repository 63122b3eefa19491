"""Open deck: the one that is being made: kept as it is changed, step by step, each of which can be taken back."""

from dataclasses import dataclass, replace

from components.core.explained import Explained
from components.core.prompt import content_id
from components.core.prototype import Prototype
from components.core.recording import Recording
from components.deck.deck import Deck, Scene
from components.deck.scene_kinds import EXPECTATION, RESULTS, SCENE_KINDS, TEXT
from components.deck.scene_panes import scene_panes
from components.deck.shown_deck import ShownDeck, compile_deck
from components.design.history import History
from components.layers import ALL_PATTERNS
from components.prompts.answer_rules import judge_answer
from components.prompts.bundled_recordings import bundled_recordings
from components.prompts.packs import find_item
from components.server.app_context import app_context
from components.store import Work, WorkState
from components.store.room_records import DeckRecord
from components.store.works import DECK
from components.study.study import Task
from components.ui.shared import state
from components.ui.shared.drafts import add_draft_state
from components.ui.shared.samples import starting_prototypes
from components.ui.studies.open_study import find_conversation
from components.ui.studies.study_choices import bundled_tasks

NEW_DECK_NAME = "Untitled deck"
FIRST_WAITS_S = (1.0, 3.0, 8.0)
CHECKED_QUESTIONS = 10  # of an expectation check
WRITTEN_MESS = (
    "misspelt",
    "fragment",
    "emoji",
    "hostile",
    "transcribed",
    "two requests",
)  # in one and the same language
MAX_CHECKED_S = 9.0  # seconds of an answer that a room sits through ten times
NO_DECK = Explained(
    "This deck is not kept here, or is not shared with you.",
    do="Choose another one, or ask who sent the link for a new one.",
)
UNREADABLE_DECK = Explained(
    "This deck was made with patterns that are not here.", "It stays as it is.", "Update Parallax, or begin another."
)


@dataclass
class OpenDeck:
    """A deck on the page. `chosen` is the key of the scene that is edited, `stage` the path of its stage or ""."""

    work: Work
    history: History[Deck]
    step: int
    saved: str
    by: str
    chosen: str = ""
    stage: str = ""
    afresh: int = 0  # counts how often other values were put into the fields

    @property
    def deck(self) -> Deck:
        """The deck as it is now."""
        return self.history.current

    @property
    def scene(self) -> Scene | None:
        """The scene that is edited, the first one where none was chosen; None where there is none."""
        return self.deck.by_key.get(self.chosen) or next(iter(self.deck.scenes), None)


def deck_state(deck: Deck) -> WorkState:
    """A deck as the state of a work."""
    values = deck.to_json()
    counted = f"{len(deck.scenes)} scenes" if len(deck.scenes) != 1 else "1 scene"
    parts = [
        {"key": key, "name": scene.title or scene.kind_row.label, "text": scene.kind_row.about, "question": counted}
        for key, scene in zip("ABCD", deck.scenes, strict=False)
    ]
    return WorkState(values, content_id(values), "", tuple(parts) or ({"key": "A", "name": "", "question": counted},))


FIRST_NOTES = {
    "s1": "Press R to open a room: everybody points a phone at the code. Then say what will happen: every answer was "
    "recorded beforehand, so that no model and no net can hold it up.",
    "s2": "Ask for silence while it plays, so that nobody sways a neighbour. Names come with the reveal. Both panes "
    "end at the same second: ask what made one of them feel faster.",
    "s3": "The same answer breaks at the same word in both. Ask what people would do next, before you reveal.",
    "s4": "One pattern, three waits for the first word. Ask from where on they would have left.",
    "s5": "Ask how sure each of them seems before you say which is wrong. Trust should follow what is right, and not "
    "how it looks.",
    "s6": "Everybody guesses first: how many of ten, and how long. Then ten messy questions play as they were "
    "recorded. Leave a silence after the gap, then ask whether they would ship it, and with what.",
    "s7": "Read out what holds, and what it is too early to call. Write down what you decide.",
}  # what the presenter of a new deck reads


def first_deck() -> Deck:
    """What a new deck begins with: an opening, a blind choice, a break, waits, trust, a check, and what came of it."""
    plain, *_, careful = starting_prototypes()
    streaming = starting_prototypes()[1]
    tasks = [task for task in bundled_tasks() if task.wrong]
    both = (plain, streaming)
    opening = new_scene("s1", TEXT, "The same model, seen from different places")
    closing = new_scene("s7", RESULTS, "What we said today")
    scenes = (
        replace(opening, text="One recorded answer at a time. Only the experience around it differs."),
        replace(new_scene("s2", "blind", "Which one feels faster?"), prototypes=both, tasks=(tasks[0],)),
        replace(new_scene("s3", "break", "And when it breaks?"), prototypes=both, tasks=(tasks[1],)),
        replace(new_scene("s4", "sweep", "How long may it take?"), prototypes=(streaming,), tasks=(tasks[2],)),
        replace(new_scene("s5", "trust", "One of these is wrong"), prototypes=(careful,), tasks=(tasks[3],)),
        replace(new_scene("s6", EXPECTATION, "How often is it right?"), prototypes=(streaming,),
                tasks=checked_questions()),
        closing,
    )  # fmt: skip
    return Deck(tuple(replace(scene, notes=FIRST_NOTES[scene.key]) for scene in scenes))


def new_scene(key: str, kind: str, title: str = "") -> Scene:
    """A scene of a kind, as it begins, without what it plays."""
    row = SCENE_KINDS[kind]
    waits = FIRST_WAITS_S if row.varies == "wait" else ()
    return Scene(key, kind, title, asked=row.asked, fault=row.fault, waits=waits)


def filled_scene(key: str, kind: str) -> Scene:
    """A scene of a kind that can be shown as it stands."""
    scene, varies = new_scene(key, kind), SCENE_KINDS[kind].varies
    prototypes, tasks = starting_prototypes(), [task for task in bundled_tasks() if task.wrong]
    if not varies:
        return scene
    if varies == "sequence":
        return replace(scene, prototypes=prototypes[1:2], tasks=checked_questions())
    if varies == "question":
        return replace(scene, prototypes=prototypes[1:2], tasks=clean_and_messy())
    chosen = prototypes[:2] if varies == "prototype" else prototypes[1:2]
    return replace(scene, prototypes=chosen, tasks=tuple(tasks[:1]))


def clean_and_messy() -> tuple[Task, ...]:
    """A question in clean words, which the bundled model answers rightly, and the same as people write it, which it
    does not; (), where there is no such pair.
    """
    played = {item.id: recording for recording in whole_answers() if (item := find_item(recording.prompt.text))}
    for messy in short_answers():
        item = find_item(messy.prompt.text)
        clean = played.get(item.clean) if item and item.mess in WRITTEN_MESS else None
        if clean and known_verdict(clean) and known_verdict(messy) is False:
            return (Task(clean.prompt.text, clean.id), Task(messy.prompt.text, "", messy.id))
    return ()


def checked_questions(count: int = CHECKED_QUESTIONS) -> tuple[Task, ...]:
    """Messy questions with the bundled model's own answers, of which a rule says whether they are right, in the
    proportion in which they are right.
    """
    judged = [(recording, right) for recording in short_answers() if (right := known_verdict(recording)) is not None]
    step = max(1, len(judged) // count)
    return tuple(
        Task(recording.prompt.text, recording.id if right else "", "" if right else recording.id)
        for recording, right in judged[::step][:count]
    )


def short_answers() -> list[Recording]:
    """The bundled answers to messy questions that came to their end before a room grows tired."""
    return [answer for answer in whole_answers() if (item := find_item(answer.prompt.text)) and item.mess]


def whole_answers() -> list[Recording]:
    """The first bundled answer to each question, where it came to its end before a room grows tired."""
    return [
        recording
        for recording in bundled_recordings()
        if recording.prompt.attempt == 0 and not recording.prompt.choices and recording.finished
        and recording.seconds <= MAX_CHECKED_S
    ]  # fmt: skip


def known_verdict(recording: Recording) -> bool | None:
    """Whether a bundled answer is right, by the rules of its pack; None where they do not say."""
    item = find_item(recording.prompt.text)
    return judge_answer(item, recording.text) if item else None


def keep_deck_draft(deck: Deck, name: str = NEW_DECK_NAME) -> Work:
    """Keep a new deck as a work."""
    return state.shared_store().keep_work(DECK, name, state.rater_id(), deck_state(deck))


def read_deck_work(work_id: str) -> OpenDeck:
    """The deck of a work as it is now. Explained where it is not here or cannot be read."""
    store = state.shared_store()
    work = store.work(work_id, state.rater_id())
    kept = store.work_step(work.id, work.step) if work and work.kind == DECK else None
    if work is None or kept is None:
        raise NO_DECK
    try:
        deck = Deck.from_json(kept.content, ALL_PATTERNS)
    except (KeyError, TypeError, ValueError):
        raise UNREADABLE_DECK from None
    return OpenDeck(work, History((deck,)), kept.step, kept.at, kept.rater)


def change_deck(shown: OpenDeck, deck: Deck) -> None:
    """Save a deck where it changed, as a step that can be taken back."""
    if deck != shown.deck:
        save_history(shown, shown.history.with_step(deck))


def put_deck(shown: OpenDeck, deck: Deck) -> None:
    """Put another deck into the fields, and save it."""
    change_deck(shown, deck)
    shown.afresh += 1


def save_history(shown: OpenDeck, history: History[Deck]) -> None:
    """Save the deck that is on screen now."""
    shown.history, shown.stage = history, ""
    add_draft_state(shown, deck_state(shown.deck))


def stage_path(shown: OpenDeck) -> str:
    """The path of the stage that shows the deck as it is now, kept with all that it plays."""
    compiled = compile_shown(shown)
    record = DeckRecord(compiled.id, shown.work.id, shown.work.name, compiled.content)
    state.shared_store().keep_deck(record, compiled.timelines)
    return app_context().rooms.stage_path(compiled.id)


def compile_shown(shown: OpenDeck) -> ShownDeck:
    """The deck as it is now with all that it plays. Explained where an answer of it is not kept any more."""
    return compile_deck(shown.deck, find_conversation)


def held_prototypes(scene: Scene) -> tuple[Prototype, ...]:
    """The prototypes that a scene uses: one, or as many as it has."""
    return scene.prototypes if scene.kind_row.varies == "prototype" else scene.prototypes[:1]


def scene_line(scene: Scene) -> str:
    """What is in a scene, in a line."""
    panes = scene_panes(scene)
    if not panes:
        return scene.text.partition("\n")[0]
    if scene.kind == EXPECTATION:
        return f"{len(panes)} questions through {panes[0].name}"
    return f"{' · '.join(pane.name for pane in panes)} · {panes[0].question}"
