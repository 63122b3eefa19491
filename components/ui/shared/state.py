"""State: what one open page remembers, in one typed object, and what it shares with the server."""

import re
import secrets
import time
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from components.models.continue_recording import Continuation
    from components.ui.decks.open_deck import OpenDeck
    from components.ui.scenarios.open_scenario import OpenScenario
    from components.ui.studies.open_study import OpenStudy

from components.core.explained import Explained
from components.core.prompt import Choice
from components.core.prototype import Prototype
from components.design.history import History
from components.layers.compare import Comparison
from components.models.written.script_table import Pairs
from components.server.app_context import app_context
from components.server.rater_cookie import RATER_COOKIE, RATER_ID_PATTERN
from components.store import Store, WorkMark
from components.store.work_search import Shelf

PAGE_KEY = "parallax"  # under which a session, and a run of it, has what a page remembers
MAX_HOLD_S = 20.0  # seconds that a dial is taken to be in somebody's hand


@dataclass
class OpenWork:
    """The work that is on screen. `step` is the state that it is in, `saved` since when (ISO, UTC).

    `mark` is where it stood in the store when it was last read or written here, `kept` the comparison that it held,
    `own_step` the state that this person opened or made last, which the address names.
    `followed`: what others change comes on screen; an earlier state that somebody looks at stays as it is.
    """

    id: str
    kind: str
    name: str
    owner: str
    step: int
    saved: str
    mark: WorkMark
    kept: Comparison
    own_step: int
    followed: bool = True
    deleted: bool = False  # it is on no list, and its link still opens it


@dataclass(frozen=True)
class OtherChange:
    """What another person changed last in the work on screen: who ("" where not known), what in words, and the
    comparisons before and after it.
    """

    name: str
    lines: tuple[str, ...]
    before: Comparison
    after: Comparison


@dataclass(frozen=True)
class OtherTurn:
    """A dial that another person turned: who ("" where not known), its values before and after, and the one that stood
    here from then on: another than `after` where it was turned here at the same time.
    """

    name: str
    before: object
    after: object
    shown: object


@dataclass(frozen=True)
class HomeFilters:
    """What Home lists: words, kind and project ("" for any), only one's own, from which shelf, and how many."""

    words: str = ""
    kind: str = ""
    project: str = ""
    mine: bool = False
    shelf: Shelf = "current"
    limit: int = 60


@dataclass(frozen=True)
class ShownMenu:
    """A menu as it was drawn last: whether it was open, and with which drawing of the page."""

    open: bool = False
    drawing: int = 0


@dataclass
class PageState:
    """One session of one browser tab. `shown` holds what was on screen lately, by id: reports may come late."""

    history: History[Comparison] | None = None
    tab: str = field(default_factory=lambda: secrets.token_urlsafe(9))  # by which others know it from other tabs
    other_change: OtherChange | None = None  # what another person changed last under this one's eyes
    turned: dict[str, OtherTurn] = field(default_factory=dict)  # the dials that others turned, by their widgets' names
    held_at: float = -inf  # since when this person has a dial in hand (seconds)
    present: tuple[str, ...] = ()  # the tabs that had the work on screen when it was last looked
    visited_at: float = 0.0  # when this tab was last heard of (seconds)
    sat_at: float = 0.0  # the same of one that plays the model
    work: OpenWork | None = None  # None until something is changed: the first screen and a frozen link are no work
    unsaved: Explained | None = None  # why the work could not be saved when that was last tried
    address: dict[str, str] | None = None  # the address of what is on screen, as it was written or read last
    travelled: bool = False  # the browser's Back or Forward led to the address, which is not followed yet
    entry: dict[str, str] = field(default_factory=dict)  # the address that led here
    entry_step: int = 1  # the state that it stands for
    entry_page: str = ""
    linked: dict[str, str] = field(default_factory=dict)  # the frozen address whose parts were kept last
    brought: Prototype | None = None  # waits for a place: it came while no pane was free
    going: tuple[str, dict[str, str]] | None = None  # the page and address to lead to, once the page is drawn
    filters: HomeFilters = HomeFilters()
    unfolded: bool = False  # what can be begun was opened on Home
    lesson: bool = False  # the example was asked for, by a newcomer whose colleagues have works
    page: str = ""  # the one that is drawn
    arrived: bool = False  # it was come to from another page, and its address is not followed yet
    scenario: "OpenScenario | None" = None  # the one that is being written
    study: "OpenStudy | None" = None  # the one that is being built
    deck: "OpenDeck | None" = None  # the one that is being made
    drawings: int = 0  # counts how often a page was drawn
    menus: dict[str, ShownMenu] = field(default_factory=dict)  # those on screen, by their keys
    opened: set[str] = field(default_factory=set)  # the keys of those that were open on this page
    deed: str = ""  # what was changed last, and when (seconds): quick changes of the same are one step
    deed_at: float = 0.0
    prototypes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # how each prototype's work is kept
    afresh: int = 0  # counts changes that no dial made: dials drawn before them are stale
    open: str = ""  # the pane whose dials are open, or "weather"
    shown: dict[str, Comparison] = field(default_factory=dict)
    chosen: dict[str, tuple[Choice, ...]] = field(default_factory=dict)  # what was said to each prototype, by its id
    revealed: set[str] = field(default_factory=set)  # answers whose clock and names this person has had on screen
    drawn: set[str] = field(default_factory=set)  # answers that were on screen in this tab
    blind: bool = True  # this person rates before names and seconds are shown
    continuation: "Continuation | None" = None  # of a cut answer, while it is being made
    live: bool = False  # the panes show an answer that is still being made
    follow: bool = False  # the preview shows what is designed, the rest of the page not yet
    design: str = ""  # the pane that is being designed
    swept: str = ""  # the dial that is to be swept at the next drawing
    picks: int = 0  # counts the answers of a pack that were asked to be seen playing
    begun: bool = False  # a prototype was begun in the dialog, which closes
    away: tuple[str, ...] = ()  # the recordings that were put away last, so that they can be taken back
    marked: tuple[str, ...] = ()  # the recordings that were checked here, the last one last
    away_model: str = ""
    edited_model: str = ""  # the model whose new version is in that form
    form_stale: bool = True  # the form of Models is to be emptied: nothing was in it yet, or what was is wired
    testing: bool = False  # a test of what is in that form has begun and not ended
    script: Pairs = (("", ""),)  # the script that is being written, row by row
    scripts: int = 0  # counts how often other rows were put into its fields
    stood_in: str = ""  # the chosen model that is away, and for which the first one may answer in this tab
    token_model: str = ""  # who is asked with the token
    leaving: bool = False  # for Compare, once the page is drawn
    jobs: set[str] = field(default_factory=set)  # that this tab saw at work, and has not told the end of
    polls_jobs: bool = False  # whether the page looks again and again how far they are
    told_jobs: set[str] = field(default_factory=set)  # of these, those of which it said that they paused
    typed: str = ""  # the question in the box, when it was last looked up among those that are written
    token: str = ""
    token_of: str = ""
    call_lines: tuple[str, ...] = ()  # who was called in what was said last, not yet shown
    problem: Explained | None = None  # went wrong in a callback, not yet shown
    rater: str = ""  # the anonymous id of who looks


def page_state() -> PageState:
    """What this session's page remembers.

    Streamlit may end a drawing wherever its session is asked for anything, to begin the next one; this may be asked for
    in the middle of a change, and is remembered with the run.
    """
    run = get_script_run_ctx()
    held = vars(run) if run else {}
    if PAGE_KEY not in held:
        held[PAGE_KEY] = st.session_state.setdefault(PAGE_KEY, PageState())
    page: PageState = held[PAGE_KEY]
    return page


def note_page(page: str) -> None:
    """A page is drawn: remember what led to its address, until that was followed. Drawings are cut off at any time."""
    here, run = page_state(), get_script_run_ctx()
    here.drawings += 1
    here.arrived |= here.page != page
    here.travelled |= run is not None and run.is_history_navigation
    here.page = page


def read_widget(key: str, otherwise: object = None) -> object:
    """The value in the widget with this key; `otherwise` where it was never drawn."""
    return st.session_state.get(key, otherwise)


def set_widget(key: str, value: object) -> None:
    """Set a widget's value before it is drawn."""
    st.session_state[key] = value


def is_dial_held() -> bool:
    """Whether this person has a dial in hand; not for long, since that they let it go may never be told."""
    return time.monotonic() - page_state().held_at < MAX_HOLD_S


def shared_store() -> Store:
    """The store of ratings and recordings. Explained where it cannot be opened."""
    return app_context().store


def rater_id() -> str:
    """The browser's anonymous id; a tab without cookies has one of its own.

    Remembered, because while a connection drops and comes back there are no cookies to read.
    """
    here, id = page_state(), str(st.context.cookies.get(RATER_COOKIE, ""))
    if re.fullmatch(RATER_ID_PATTERN, id):
        here.rater = id
    here.rater = here.rater or secrets.token_urlsafe(18)
    return here.rater
