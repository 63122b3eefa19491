"""Home page: every work as a small picture, found as one types; for a newcomer, one example that plays."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components.server.routes import player_module
from components.store import Work, WorkQuery
from components.store.works import COMPARISON, DECK, PROTOTYPE, SCENARIO, STUDY
from components.ui.home import mention_cards, new_works
from components.ui.shared import player, state, undo_toast
from components.ui.shared.player import LOADER_SCRIPT
from components.ui.shared.problems import defer_problems
from components.ui.shared.samples import first_comparison

HOME_KEY = "home"
WORK_KINDS = {
    COMPARISON: ("Comparisons", "Comparison"), PROTOTYPE: ("Prototypes", "Prototype"),
    SCENARIO: ("Scenarios", "Scenario"), STUDY: ("Studies", "Study"),
    DECK: ("Decks", "Deck"),
}  # fmt: skip
OFFER_TEXT = "**New here?** One recorded answer, three ways to show it, in twenty seconds."
LESSON_TEXTS = (
    "**Press Play.** One recorded answer, three ways to show it: wait for the whole, read as it comes, or see how sure "
    "it is.",
    "**Change anything.** Another question, slow weather, a break in the middle, another pattern: it saves itself, and "
    "is here when you come back.",
    "**Send a link.** People play it, say what they felt, and Results shows it beside the clock.",
)

home_component = st.components.v2.component("parallax_home", js=LOADER_SCRIPT)


def show() -> None:
    """The page; where something was opened or begun, it leads there."""
    here = state.page_state()
    if here.going:
        (page, address), here.going = here.going, None
        st.switch_page(page, query_params=address)
    newcomer = not state.shared_store().has_own_works(state.rater_id())
    data = home_data(newcomer)
    mention_cards.show()
    above = st.container()
    home_component(
        key=HOME_KEY, data=data, **{f"on_{name}_change": home_callback(name) for name in HOME_HANDLERS}
    )  # fmt: skip
    if newcomer and data["works"] and not here.lesson:
        with above:
            offer_lesson()
    elif newcomer:
        with above if data["works"] else st.container():
            show_lesson("at once" if here.lesson else "")


def offer_lesson() -> None:
    """In one line, for a newcomer whose colleagues have works: the button that shows the example and plays it."""
    with st.container(key="home-lesson", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(OFFER_TEXT, width="content")
        st.button("Play the example", icon=":material/play_arrow:", key="home-lesson-play", on_click=open_lesson)


def open_lesson() -> None:
    """Let the example be shown, and play."""
    state.page_state().lesson = True


def show_lesson(asked: str) -> None:
    """What can be seen and done here, in three lines, and the example: it plays at the press of one button, or at once
    where `asked` says for what.
    """
    st.markdown("\n".join(f"{number}. {text}" for number, text in enumerate(LESSON_TEXTS, start=1)))
    player.show_beside(first_comparison(), "example", asked)


def home_data(newcomer: bool) -> dict[str, Any]:
    """All that the page lists, and what it can be sorted out by."""
    here, rater = state.page_state(), state.rater_id()
    query = here.filters
    found = state.shared_store().find_works(
        WorkQuery(
            rater, query.words, query.kind, query.project, rater if query.mine else "",
            query.shelf, query.limit,
        )
    )  # fmt: skip
    return {
        "module": player_module(),
        "part": HOME_KEY,
        "key": HOME_KEY,
        "works": [work_card_data(work, rater) for work in found.works],
        "total": found.total,
        "filters": vars(query),
        "kinds": [(kind, WORK_KINDS[kind][0]) for kind in found.kinds if kind in WORK_KINDS],
        "projects": found.projects,
        "begin": new_works.begin_choices(),
        "cards": new_works.template_cards() if here.unfolded else (),
        "undo": undo_toast.undo_offer(),
        "newcomer": newcomer and not found.works and query == state.HomeFilters(),
    }


def work_card_data(work: Work, rater: str) -> dict[str, Any]:
    """A work's data for the front end."""
    return {
        "id": work.id, "kind": WORK_KINDS.get(work.kind, ("", work.kind.capitalize()))[1], "name": work.name,
        "owner": "you" if work.owner == rater else work.owner_name or "somebody", "project": work.project,
        "changed": work.changed, "address": f"{new_works.page_of(work)}?work={work.id}", "parts": work.preview,
        "own": work.owner == rater, "visibility": work.visibility, "panes": work.kind == PROTOTYPE,
    }  # fmt: skip


def home_callback(name: str) -> Any:
    """The callback for one kind of report; a problem in it is shown at the next drawing."""

    @defer_problems()
    def callback() -> None:
        report = getattr(state.read_widget(HOME_KEY), name, None)
        if report is not None:
            HOME_HANDLERS[name](report)

    return callback


def find_listed(report: Mapping[str, Any]) -> None:
    """List what is looked for from now on."""
    shelf = str(report["shelf"])
    state.page_state().filters = state.HomeFilters(
        words=str(report["words"]), kind=str(report["kind"]), project=str(report["project"]),
        mine=bool(report["mine"]), shelf=shelf if shelf in ("archived", "deleted") else "current",  # type: ignore[arg-type]
        limit=max(60, min(2_000, int(report["limit"]))),
    )  # fmt: skip


def act_on_work(report: Mapping[str, Any]) -> None:
    """Do what was chosen in a work's menu, where this person may see the work."""
    store, rater = state.shared_store(), state.rater_id()
    work = store.work(str(report["id"]), rater)
    if work is None:
        return
    match str(report["name"]):
        case "rename":
            store.rename_work(work.id, str(report["value"]))
            keep_name_on_screen(work.id)
        case "project":
            store.move_work(work.id, str(report["value"]))
        case "visibility":
            store.show_work_to(work.id, rater, str(report["value"]))
        case "duplicate":
            store.duplicate_work(work.id, rater)
        case "archive":
            store.archive_work(work.id, rater)
        case "delete":
            store.delete_work(work.id, rater)
        case "restore":
            store.restore_work(work.id)


def keep_name_on_screen(id: str) -> None:
    """Let the work that is on screen, where it is this one, have the name that it has now."""
    here, work = state.page_state(), state.shared_store().work(id, state.rater_id())
    if work and here.work and here.work.id == id:
        here.work.name = work.name


def unfold_beginnings(_: Any) -> None:
    """What can be begun was opened: let its templates come as cards that play."""
    state.page_state().unfolded = True


HOME_HANDLERS: dict[str, Callable[[Any], None]] = {
    "open": new_works.open_listed, "find": find_listed, "act": act_on_work, "begin": new_works.begin_chosen,
    "compare": new_works.compare_chosen,
    "unfold": unfold_beginnings,
}  # fmt: skip
