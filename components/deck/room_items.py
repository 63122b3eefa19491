"""Room items: what the people in a room are asked on their phones, in taps."""

from components.deck.deck import PhoneMode, Scene
from components.deck.scene_kinds import ASKED_NAMES, EXPECTATION
from components.deck.scene_panes import ScenePane, scene_panes
from components.study.study_item import ItemOption, StudyItem

FELT_SECONDS = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 60.0)  # about even steps of felt time
NO_DIFFERENCE = "none"
FELT_TEXT = "About how many seconds passed until the answer was complete?"
TRUST_TEXT = "How much do you trust this answer?"
ACCEPT_TEXT = "Would you use this answer as it is?"
CHOICE_TEXT = "Which one would you rather use?"
BEFORE, AFTER, VERDICT = "before", "after", "verdict"  # the times at which a room is asked in an expectation check
GUARDS_TEXT = "Which safeguards would it need? As many as you like."
SAFEGUARDS = (
    ("sources", "Sources to check"), ("doubt", "It says when it is unsure"), ("person", "A person checks first"),
    ("undo", "Everything can be undone"), ("limits", "Only for some questions"),
)  # fmt: skip


def pane_items(scene: Scene, pane: str) -> tuple[StudyItem, ...]:
    """What is asked of one pane, once it was seen."""
    felt = tuple(ItemOption(f"{seconds:g}", f"{seconds:g} s") for seconds in FELT_SECONDS)
    known = {
        "felt": StudyItem("felt", "choice", FELT_TEXT, options=felt),
        "trust": StudyItem("trust", "slider", TRUST_TEXT, "Not at all", "Completely", least=0),
        "accept": StudyItem(
            "accept", "choice", ACCEPT_TEXT, options=(ItemOption("accept", "Use it"), ItemOption("change", "Change it"))
        ),
    }
    return tuple(known[name].about_pane(pane) for name in ASKED_NAMES if name in scene.asked and name in known)


def choice_item(panes: tuple[ScenePane, ...]) -> StudyItem:
    """Which pane a person would rather use; the phone puts its own names in."""
    options = (*(ItemOption(pane.key, pane.key) for pane in panes), ItemOption(NO_DIFFERENCE, "No difference"))
    return StudyItem("choice", "choice", CHOICE_TEXT, options=options)


def scene_items(scene: Scene) -> tuple[StudyItem, ...]:
    """What a room is asked about the panes of a scene: of each pane, then the choice between them."""
    panes = scene_panes(scene) if scene.kind != EXPECTATION else ()
    each = tuple(item for pane in panes for item in pane_items(scene, pane.key))
    return (*each, choice_item(panes)) if "choice" in scene.asked and len(panes) > 1 else each


def expectation_items(scene: Scene, when: str) -> tuple[StudyItem, ...]:
    """What a room is asked in an expectation check: before and after it saw all answers, and once it saw the gap."""
    if when == VERDICT:
        return verdict_items()
    count = len(scene_panes(scene))
    before = when == BEFORE
    right = "How many of these answers will be right?" if before else "How many of these answers were right?"
    felt = "How many seconds will one answer take?" if before else "How many seconds did one answer take, about?"
    numbers = tuple(ItemOption(str(number), str(number)) for number in range(count + 1))
    seconds = tuple(ItemOption(f"{value:g}", f"{value:g} s") for value in FELT_SECONDS)
    return (
        StudyItem("right", "choice", f"{right} There are {count}.", options=numbers),
        StudyItem("felt", "choice", felt, options=seconds),
    )


def verdict_items() -> tuple[StudyItem, ...]:
    """Whether people would ship it, and with which safeguards."""
    ship = (ItemOption("yes", "Yes, as it is"), ItemOption("safe", "Yes, with safeguards"), ItemOption("no", "No"))
    guards = tuple(ItemOption(value, label) for value, label in SAFEGUARDS)
    return (
        StudyItem("ship", "choice", "Would you ship it?", options=ship),
        StudyItem("guards", "choice", GUARDS_TEXT, options=guards, required=False, several=True),
    )  # fmt: skip


def phone_items(scene: Scene) -> dict[str, tuple[StudyItem, ...]]:
    """Everything that a room is asked in a scene, by the step in which it is asked; {} where it is asked nothing."""
    if scene.kind == EXPECTATION:
        steps = {f"{scene.key}.{when}": expectation_items(scene, when) for when in (BEFORE, AFTER, VERDICT)}
        return steps if scene_panes(scene) else {}
    items = scene_items(scene)
    return {scene.key: items} if items else {}


def tap_count(scene: Scene, phones: PhoneMode) -> int:
    """How often a person has to tap in a scene: for each thing that is asked and for sending it; where phones play
    themselves, also for each answer that is played and gone on from.
    """
    if scene.kind != EXPECTATION and phones == "own":
        panes, items = len(scene_panes(scene)), scene_items(scene)
        ends = any(not item.pane for item in items)  # what is asked of all panes is sent apart
        return 2 * panes + len(items) + ends if items else 0
    return max((len(items) + 1 for items in phone_items(scene).values()), default=0)
