"""Panes menu: which prototypes are beside each other: add one, put one in the place of another, move, take away."""

import streamlit as st

from components.core.comparison import PANE_KEYS
from components.core.prototype import Prototype
from components.layers.compare import Comparison
from components.layers.delivery.streaming import Streaming
from components.store import WorkQuery
from components.store.works import PROTOTYPE
from components.ui.design.templates import load_templates
from components.ui.shared import autosave, screen, state, theme
from components.ui.shared.menu import close_menu, show_menu
from components.ui.shared.problems import defer_problems
from components.ui.shared.work_content import prototype_work_content

BLANK, TEMPLATE, WORK = "blank", "template:", "work:"
MAX_OFFERED_WORKS = 200
MENU_KEY = "menu-panes"
NEW_PANE_LABEL = "New pane"


def show(compare: Comparison, revealed: bool) -> None:
    """The button Panes and what opens under it, drawn; the prototypes' names only where they are `revealed`."""
    show_menu(MENU_KEY, "Panes", ":material/view_column_2:", lambda: show_panes(compare, revealed))


def show_panes(compare: Comparison, revealed: bool) -> None:
    """A row for each pane, and the chooser of another one, drawn."""
    for key, prototype in compare.panes.items():
        show_pane_row(compare, key, prototype.name if revealed else "")
    if not revealed:
        st.caption("Names appear once you ask for them below the rating, or when Rate blind is switched off.")
    show_chooser(compare)


def show_pane_row(compare: Comparison, key: str, name: str) -> None:
    """One pane by its letter and this name, and what can be done with it, drawn."""
    with st.container(key=f"pane-row-{key}", horizontal=True, vertical_alignment="center", gap="xxsmall"):
        prototype = compare.panes[key]
        st.markdown(f"**{key}** {theme.inert_label(name)}")
        acts = {
            "arrow_back": ("to the left", compare.with_moved(key, -1)),
            "arrow_forward": ("to the right", compare.with_moved(key, 1)),
            "close": ("away", compare.without_pane(key)),
        }
        for icon, (where, after) in acts.items():
            words = f"Take {key} away" if icon == "close" else f"Move {key} {where}"
            st.button(
                words, icon=f":material/{icon}:", help=words, on_click=change_panes, args=(after,),
                disabled=after == compare, key=f"pane-act-{icon}-{key}", type="tertiary",
            )  # fmt: skip
        st.button(
            f"Keep {key} as a prototype", icon=":material/bookmark_add:", help=keep_help(prototype), type="tertiary",
            on_click=keep_pane, args=(key,), disabled=bool(prototype.work), key=f"pane-act-keep-{key}",
        )  # fmt: skip


def change_panes(after: Comparison) -> None:
    """Put a comparison on screen, whose panes then play in sight: the menu closes."""
    screen.change_comparison(after)
    close_menu(MENU_KEY)


def keep_help(prototype: Prototype) -> str:
    """What the button that keeps a prototype does, or that it is done."""
    return "Kept: it is on Home." if prototype.work else "Keep it as a prototype of its own: found on Home."


def show_chooser(compare: Comparison) -> None:
    """The prototypes that can be put beside the others, and where, drawn."""
    offered = prototypes_offered()
    room = [NEW_PANE_LABEL] if len(compare.panes) < len(PANE_KEYS) else []
    chosen = st.selectbox(
        "Add a prototype", list(offered), None, format_func=lambda key: offered[key],
        placeholder="One of yours, a template, or a blank one", key="pane-offer",
    )  # fmt: skip
    places = [*room, *(f"In the place of {key}" for key in compare.panes)]
    place = st.selectbox("Where", places, key="pane-place")
    st.button(
        "Put it there", on_click=put_chosen, args=(chosen, place), disabled=not chosen, key="pane-put", width="stretch"
    )
    if not room:
        st.caption("Four panes are on screen, which is as many as fit. Every further prototype is on Home.")


def prototypes_offered() -> dict[str, str]:
    """What can be put into a pane, by a key: blank, the prototypes that are works, and the templates."""
    rater = state.rater_id()
    query = WorkQuery(rater, kind=PROTOTYPE, limit=MAX_OFFERED_WORKS)
    works = {f"{WORK}{work.id}": work.name for work in state.shared_store().find_works(query).works}
    templates = {f"{TEMPLATE}{n}": f"Template: {one.prototype.name}" for n, one in enumerate(load_templates())}
    return {BLANK: "Blank", **works, **templates}


def chosen_prototype(chosen: str) -> Prototype | None:
    """The prototype that an offered key stands for, as it is now; None where it is not there any more."""
    if chosen.startswith(TEMPLATE):
        return load_templates()[int(chosen.removeprefix(TEMPLATE))].prototype
    if not chosen.startswith(WORK):
        return Prototype("Blank", (Streaming(),))
    found = prototype_work_content(chosen.removeprefix(WORK))
    return found.prototypes[0] if found else None


@defer_problems()
def put_chosen(chosen: str, place: str) -> None:
    """Put a chosen prototype into a new pane, or in the place of another."""
    prototype = chosen_prototype(chosen)
    if prototype is None:
        return
    compare = screen.current_comparison()
    key = place[-1]
    put = compare.with_added(prototype) if place == NEW_PANE_LABEL else compare.with_prototype(key, prototype)
    change_panes(put)
    state.set_widget("pane-offer", None)


@defer_problems()
def keep_pane(key: str) -> None:
    """Keep a pane's prototype as a work of its own."""
    compare = screen.current_comparison()
    screen.replace_prototype(key, autosave.keep_prototype_work(compare, compare.panes[key]))


def show_brought(compare: Comparison) -> None:
    """That a prototype waits for a place while no pane is free, and in whose place it can be put, drawn."""
    prototype = state.page_state().brought
    if prototype is None:
        return
    with st.container(key="brought", horizontal=True, vertical_alignment="center", gap="xsmall"):
        kept = " is kept as a prototype: it is on Home." if prototype.work else " waits: four panes are on screen."
        name = f"**{theme.inert_label(prototype.name)}**{kept}"
        st.caption(f":material/check: {name} No pane was changed. Put it in the place of")
        for key in compare.panes:
            st.button(key, on_click=place_brought, args=(key,), key=f"brought-{key}")
        st.button("Leave it", on_click=place_brought, args=("",), key="brought-leave", type="tertiary")


def place_brought(key: str) -> None:
    """Put the prototype that waits into this pane; "" leaves the panes as they are."""
    here = state.page_state()
    prototype, here.brought = here.brought, None
    if key and prototype:
        screen.change_comparison(screen.current_comparison().with_prototype(key, prototype))
