"""New works: what can be begun on Home, and where a work is opened."""

from collections.abc import Sequence
from functools import cache
from textwrap import shorten
from typing import Any

from components.core.comparison import PANE_KEYS
from components.core.explained import Explained
from components.core.prototype import Prototype
from components.layers.compare import Comparison
from components.layers.delivery.streaming import Streaming
from components.store import Work
from components.store.works import COMPARISON, DECK, MAX_WORK_NAME_CHARS, PROTOTYPE, SCENARIO, STUDY, copy_name
from components.ui.decks.open_deck import first_deck, keep_deck_draft
from components.ui.design.templates import load_templates, start_cards
from components.ui.recordings import recording_list
from components.ui.scenarios.open_scenario import BLANK_SCENARIO, keep_scenario
from components.ui.shared import state
from components.ui.shared.samples import first_comparison
from components.ui.shared.work_content import comparison_state, prototype_work_content
from components.ui.studies.open_study import first_study, keep_study_draft

COMPARE_PAGE, DESIGN_PAGE = "compare", "design"
BLANK_COMPARISON, BLANK_PROTOTYPE, ON_SCREEN, TEMPLATE = "comparison", "prototype", "screen", "template:"
PAGES = {
    PROTOTYPE: DESIGN_PAGE,
    SCENARIO: "scenarios",
    STUDY: "studies",
    DECK: "decks",
}  # by kind of work; all others are on Compare
FURTHER_STARTS = (
    {"name": BLANK_COMPARISON, "label": "Blank comparison", "about": "Two panes to begin with, up to four."},
    {"name": BLANK_PROTOTYPE, "label": "Blank prototype", "about": "One pane, no patterns yet."},
    {"name": SCENARIO, "label": "Blank scenario", "about": "A question, and all that is written for it."},
    {"name": STUDY, "label": "Study", "about": "Prototypes shown to people who do not know what is compared."},
    {"name": DECK, "label": "Deck", "about": "Scenes for a room: shown on a projector, voted on by phones."},
)
GONE_PROTOTYPES = Explained("Fewer than two of these prototypes are here.", do="Choose others.")
GONE_TEMPLATE = Explained("This template is not here any more.", do="Choose another one.")


def begin_choices() -> list[dict[str, str]]:
    """What can be begun: blank, from what is on screen where something is, and from each template."""
    here = state.page_state()
    screen = {"name": ON_SCREEN, "label": "From what is on screen", "about": on_screen_words()}
    templates = [
        {
            "name": f"{TEMPLATE}{number}",
            "label": f"Template: {template.prototype.name}",
            "about": template.prototype.about,
        }
        for number, template in enumerate(load_templates())
    ]
    return [*FURTHER_STARTS, *([screen] if here.history else []), *templates]


@cache
def template_cards() -> tuple[dict[str, Any], ...]:
    """Each template as a card that plays, under the name by which it is begun."""
    return tuple(
        {**card, "name": f"{TEMPLATE}{number}", "action": "Begin"} for number, card in enumerate(start_cards()[1:])
    )


def on_screen_words() -> str:
    """What is on screen, in a few words."""
    here = state.page_state()
    return f"A copy of “{here.work.name}”." if here.work else "A copy of what Compare shows now."


def begin_chosen(name: str) -> None:
    """Keep a new work of the chosen kind, and let the page lead to it. Explained where it cannot be kept."""
    here = state.page_state()
    if name == ON_SCREEN and here.history:
        called = copy_name(here.work.name) if here.work else here.history.current.prompt.text
        kind = here.work.kind if here.work else COMPARISON
        keep_new(kind, called, here.history.current)
    elif name == BLANK_PROTOTYPE:
        keep_new(PROTOTYPE, "Untitled prototype", blank_comparison("Untitled prototype"))
    elif name == SCENARIO:
        open_listed(keep_scenario(BLANK_SCENARIO).id)
    elif name == STUDY:
        open_listed(keep_study_draft(first_study()).id)
    elif name == DECK:
        open_listed(keep_deck_draft(first_deck()).id)
    elif name.startswith(TEMPLATE):
        begin_from_template(name.removeprefix(TEMPLATE))
    else:
        keep_new(COMPARISON, "Untitled comparison", blank_comparison("Plain", "Another"))


def begin_from_template(number: str) -> None:
    """Keep a new prototype that is made like a template, on its answer."""
    templates = load_templates()
    if not number.isdecimal() or int(number) >= len(templates):
        raise GONE_TEMPLATE
    template = templates[int(number)]
    family = recording_list.conversation_recordings(template.recording)
    keep_new(PROTOTYPE, template.prototype.name, Comparison(family, (template.prototype,)))


def compare_chosen(ids: Sequence[object]) -> None:
    """Keep a new comparison of the chosen prototypes, on the answer of the first, and let the page lead to it.

    Explained where fewer than two of them are here.
    """
    found = [compare for id in ids if (compare := prototype_work_content(str(id))) is not None][: len(PANE_KEYS)]
    if len(found) < 2:
        raise GONE_PROTOTYPES
    prototypes = tuple(compare.prototypes[0] for compare in found)
    name = shorten(" and ".join(prototype.name for prototype in prototypes), MAX_WORK_NAME_CHARS, placeholder=" …")
    keep_new(COMPARISON, name, Comparison(found[0].recordings, prototypes))


def blank_comparison(*names: str) -> Comparison:
    """A comparison on the first sample whose panes have no pattern besides the words coming as they come."""
    first = first_comparison()
    return Comparison(first.recordings, tuple(Prototype(name, (Streaming(),)) for name in names))


def keep_new(kind: str, name: str, compare: Comparison) -> None:
    """Keep a new work, and let the page lead to it."""
    work = state.shared_store().keep_work(kind, name, state.rater_id(), comparison_state(compare))
    open_listed(work.id)


def open_listed(id: str) -> None:
    """Let the page lead to a work as it is now."""
    here = state.page_state()
    work = state.shared_store().work(str(id), state.rater_id())
    if work is None:
        return
    if work.kind not in (SCENARIO, STUDY, DECK):
        here.history = None  # what was on screen is saved; the page that is opened reads the address
    here.going = (f"pages/{page_of(work)}.py", {"work": work.id})


def page_of(work: Work) -> str:
    """The address of the page that shows a work."""
    return PAGES.get(work.kind, COMPARE_PAGE)
