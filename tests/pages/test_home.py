"""Home and the head of Compare, as far as they can be seen without a browser."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.core.prototype import Prototype
from components.design.exchange import export_prototype
from components.design.history import History
from components.layers.compare import Comparison
from components.layers.confidence.badge import Badge
from components.layers.delivery.streaming import Streaming
from components.store import Store, WorkQuery, WorkState
from components.ui.shared.samples import first_comparison
from components.ui.shared.state import PageState
from components.ui.shared.work_content import comparison_state
from tests.must_have import must_have
from tests.pages.test_compare import PAGE, RATER

HOME_PAGE = str(Path(PAGE).parent / "home.py")
MENUS = ("menu-panes", "menu-talk", "menu-share")
OTHER = "another-rater-of-the-tests"
HEARD = """
import runpy
from types import SimpleNamespace
import streamlit as st
from components.ui.home import home_page
for name, report in st.session_state.pop("reports", ()):
    st.session_state["home"] = SimpleNamespace(**{{name: report}})
    home_page.home_callback(name)()
    del st.session_state["home"]
runpy.run_path({page!r})
"""


def opened(page: str = HOME_PAGE, here: PageState | None = None, **address: str) -> AppTest:
    shown = AppTest.from_string(HEARD.format(page=page), default_timeout=30)
    shown.query_params.update(address)
    shown.session_state["parallax"] = here or PageState(rater=RATER, blind=False)
    for menu in MENUS:
        shown.session_state[menu] = True  # as a press opens it
    shown.run()
    assert not shown.exception
    return shown


def told(page: AppTest, name: str, report: object) -> AppTest:
    """The page once its front end has said something."""
    page.session_state["reports"] = [(name, report)]
    page.run()
    return page


def given(page: AppTest) -> dict[str, Any]:
    """What Home lists."""
    values = [json.loads(part.proto.json) for part in page.get("bidi_component")]
    return next(part for part in values if part["part"] == "home")


def listed(page: AppTest) -> list[str]:
    return [work["name"] for work in given(page)["works"]]


def pressed(page: AppTest, key: str) -> AppTest:
    [button] = [button for button in page.button if button.key == key]
    button.click().run()
    assert not page.exception and not page.error
    return page


def on_screen(page: AppTest) -> Comparison:
    compare: Comparison = page.session_state["parallax"].history.current
    return compare


def works(**more: str) -> list[str]:
    return [work.name for work in Store.open().find_works(replace(WorkQuery(RATER), **more)).works]  # type: ignore[arg-type]


def test_a_newcomer_has_one_example_that_plays_and_three_lines_that_teach() -> None:
    page = opened()
    assert given(page)["newcomer"] and len(page.get("bidi_component")) == 2
    assert page.markdown[0].value.count("\n") == 2 and {"1. **", "2. **", "3. **"} <= {
        line[:5] for line in page.markdown[0].value.split("\n")
    }


def test_a_newcomer_among_colleagues_sees_their_works_and_is_offered_the_example() -> None:
    Store.open().keep_work("comparison", "Travel bot", OTHER, WorkState({}))
    page = opened()
    assert listed(page) == ["Travel bot"] and len(page.get("bidi_component")) == 1
    pressed(page, "home-lesson-play")
    example, home = (json.loads(part.proto.json) for part in page.get("bidi_component"))
    assert (example["plays"], home["part"]) == ("at once", "home")


def test_a_store_that_is_damaged_is_explained(own_data_folder: Path) -> None:
    (own_data_folder / "parallax.db").write_bytes(b"no database at all" * 500)
    assert "damaged" in opened().error[0].value


def test_works_are_listed_with_their_owner_and_found_by_words_kind_and_owner() -> None:
    kept = Store.open()
    kept.name_rater(OTHER, "Ben <b>")
    kept.keep_work("comparison", "Travel bot", RATER, WorkState({}))
    kept.keep_work("prototype", "Help desk", OTHER, WorkState({}))
    page = opened()
    assert [(one["name"], one["owner"]) for one in given(page)["works"]] == [
        ("Help desk", "Ben <b>"),
        ("Travel bot", "you"),
    ]
    assert {one["address"].split("?")[0] for one in given(page)["works"]} == {"compare", "design"}
    filters = {**given(page)["filters"]}
    assert listed(told(page, "find", {**filters, "words": "desk"})) == ["Help desk"]
    assert listed(told(page, "find", {**filters, "mine": True})) == ["Travel bot"]
    assert listed(told(page, "find", {**filters, "kind": "prototype"})) == ["Help desk"]
    assert listed(told(page, "find", {**filters, "shelf": "no such", "limit": 10**9})) == ["Help desk", "Travel bot"]


def test_a_work_is_renamed_copied_put_into_a_project_archived_deleted_and_brought_back() -> None:
    id = Store.open().keep_work("comparison", "Travel bot", OTHER, WorkState({})).id
    page = opened()
    told(page, "act", {"name": "rename", "id": id, "value": "Travel desk"})
    told(page, "act", {"name": "project", "id": id, "value": "Spring"})
    assert listed(told(page, "act", {"name": "duplicate", "id": id, "value": ""})) == [
        "Copy of Travel desk",
        "Travel desk",
    ]
    for act, said in (("archive", "Archived “Travel desk”"), ("delete", "Deleted “Travel desk”")):
        told(page, "act", {"name": act, "id": id, "value": ""})
        assert listed(page) == ["Copy of Travel desk"] and given(opened())["undo"]["text"] == said
        told(page, "act", {"name": "restore", "id": id, "value": ""})
        assert len(listed(page)) == 2 and given(page)["undo"] is None
    told(page, "act", {"name": "delete", "id": "unknown", "value": ""})
    assert given(page)["projects"] == ["Spring"] and len(listed(page)) == 2


def test_a_work_is_shown_to_the_team_or_to_its_owner_alone() -> None:
    id = Store.open().keep_work("comparison", "Travel bot", RATER, WorkState({})).id
    page = opened()
    told(page, "act", {"name": "visibility", "id": id, "value": "mine"})
    assert [(work["own"], work["visibility"]) for work in given(page)["works"]] == [(True, "mine")]
    assert listed(opened(here=PageState(rater=OTHER))) == []
    told(page, "act", {"name": "visibility", "id": id, "value": "team"})
    [seen] = given(opened(here=PageState(rater=OTHER)))["works"]
    assert (seen["own"], seen["visibility"]) == (False, "team")


def test_a_link_to_a_deleted_work_says_so_and_brings_it_back() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-B")
    id = str(page.query_params["work"])
    Store.open().delete_work(id, RATER)
    other = opened(PAGE, PageState(rater=OTHER, blind=False), work=id)
    assert any("This was deleted" in caption.value for caption in other.caption) and len(on_screen(other).panes) == 2
    pressed(other, "work-bring-back")
    assert not must_have(Store.open().work(id)).deleted
    assert not any("This was deleted" in caption.value for caption in other.caption)


@pytest.mark.parametrize(
    ("begun", "kind", "panes"),
    [("comparison", "comparison", 2), ("prototype", "prototype", 1), ("template:3", "prototype", 1)],
)
def test_what_is_begun_is_a_work_at_once_and_opens_where_it_is_shown(begun: str, kind: str, panes: int) -> None:
    page = AppTest.from_string(HEARD.format(page=HOME_PAGE), default_timeout=30)
    page.session_state["parallax"] = here = PageState(rater=RATER)
    page.session_state["reports"] = [("begin", begun)]
    page.run()  # it leads to a page that is not here
    [work] = Store.open().find_works(WorkQuery(RATER)).works
    assert work.kind == kind and len(work.preview) == panes and here.history is None
    shown = opened(PAGE, work=work.id)
    assert not shown.error and len(on_screen(shown).panes) == panes


def test_a_change_makes_a_work_that_is_named_after_the_question_and_says_that_it_is_saved() -> None:
    page = opened(PAGE)
    assert not works()
    pressed(page, "pane-act-close-B")
    assert works() == [first_comparison().prompt.text]
    assert any(re.search("Saved in “.+” · ", caption.value) for caption in page.caption)
    pressed(page, "design-act-undo")
    assert on_screen(page) == first_comparison()
    again = opened(PAGE, work=Store.open().find_works(WorkQuery(RATER)).works[0].id)
    assert on_screen(again) == first_comparison() and not again.error


def test_an_address_from_before_the_last_change_takes_nothing_back_unless_the_browser_went_back_to_it() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-B")
    pressed(page, "pane-act-close-B")
    changed = on_screen(page)
    page.query_params["step"] = "2"  # as a press carries it that comes at once
    page.run()
    assert on_screen(page) == changed and page.query_params["step"] == "3"
    page.query_params["step"] = "2"
    page.session_state["parallax"].travelled = True
    page.run()
    assert on_screen(page) != changed and page.query_params["step"] == "2"


def test_a_link_to_another_work_is_followed_also_from_a_page_without_an_address_of_its_own() -> None:
    pages = {name: str(Path(PAGE).parent / f"{name}.py") for name in ("compare", "results")}
    page = AppTest.from_string(f"import runpy, streamlit as st\nrunpy.run_path({pages}[st.session_state['shows']])")
    other = Store.open().keep_work("comparison", "Other", RATER, comparison_state(first_comparison().without_pane("A")))
    page.session_state["parallax"], page.session_state["shows"] = PageState(rater=RATER, blind=False), "compare"
    page.run(timeout=30)
    page.session_state["shows"] = "results"
    page.run(timeout=30)
    page.session_state["shows"], page.query_params["work"] = "compare", other.id
    page.run(timeout=30)
    assert not page.exception and len(on_screen(page).panes) == 2


def test_undo_goes_on_behind_a_reload() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-A")
    pressed(page, "pane-act-close-A")
    again = opened(PAGE, work=str(page.query_params["work"]))
    pressed(again, "design-act-undo")
    pressed(again, "design-act-undo")
    assert on_screen(again) == first_comparison()
    assert next(one for one in again.button if one.key == "design-act-undo").disabled


def test_another_persons_work_says_whose_it_is_and_can_be_changed() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-B")
    id = str(page.query_params["work"])
    Store.open().name_rater(RATER, "Ada")
    other = opened(PAGE, PageState(rater=OTHER, blind=False), work=id)
    assert any("belongs to Ada" in caption.value for caption in other.caption)
    pressed(other, "pane-act-close-B")
    assert len(must_have(Store.open().work(id)).preview) == 1
    assert Store.open().work_steps(id)[0].rater == OTHER


def test_two_people_who_change_the_same_work_lose_nothing_and_are_told() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-B")
    id = str(page.query_params["work"])
    Store.open().name_rater(OTHER, "Ben")
    other = opened(PAGE, PageState(rater=OTHER, blind=False), work=id)
    pressed(other, "pane-act-close-B")
    pressed(page, "pane-act-arrow_forward-A")
    assert any("Ben · Panes" in caption.value for caption in page.caption)
    assert len(on_screen(page).panes) == 1 and page.query_params["step"] == "2"  # nothing is left to move
    assert [one.step for one in Store.open().work_steps(id)] == [3, 2, 1]
    pressed(page, "together-back")
    assert len(on_screen(page).panes) == 2 and Store.open().work_steps(id)[0].step == 4
    other.run()  # as it does by itself when somebody else changed the work
    assert on_screen(other) == on_screen(page) and other.session_state["parallax"].other_change.lines


def test_undo_takes_back_only_what_one_changed_oneself() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-close-B")
    other = opened(PAGE, PageState(rater=OTHER, blind=False), work=str(page.query_params["work"]))
    before = on_screen(other)
    assert next(one for one in other.button if one.key == "design-act-undo").disabled  # what is there is another's
    pressed(other, "pane-act-arrow_forward-A")
    pressed(page, "pane-act-close-B")
    pressed(other, "design-act-undo")
    assert len(on_screen(other).panes) == 1 and on_screen(other) == on_screen(page)
    assert on_screen(other).prototypes[0] in before.prototypes


@pytest.mark.parametrize("address", [{"work": "unknown"}, {"work": "'; --", "step": "x"}, {"work": "", "step": "-1"}])
def test_a_link_to_no_work_is_explained_and_the_sample_shown(address: dict[str, str]) -> None:
    page = opened(PAGE, None, **address)
    assert "not kept here" in page.error[0].value and on_screen(page) == first_comparison()


def test_a_work_whose_answer_is_gone_is_explained_and_stays() -> None:
    id = Store.open().keep_work("comparison", "Lost", RATER, WorkState({"recordings": ["gone"], "panes": [{}]})).id
    page = opened(PAGE, work=id)
    assert "not kept here" in page.error[0].value and works() == ["Lost"]


def test_while_rating_is_blind_the_panes_menu_tells_no_names() -> None:
    page = opened(PAGE, PageState(rater=RATER))
    rows = [one.value for one in page.markdown if one.value.startswith("**A**")]
    assert rows and not any("Blocking" in row for row in rows)


def test_panes_are_moved_added_and_taken_away() -> None:
    page = opened(PAGE)
    pressed(page, "pane-act-arrow_forward-A")
    assert [one.name for one in on_screen(page).prototypes] == ["Streaming", "Blocking", "Streaming, careful"]
    next(box for box in page.selectbox if box.key == "pane-offer").select("template:0").run()
    page.session_state["menu-panes"] = True
    pressed(page, "pane-put")
    assert list(on_screen(page).panes) == ["A", "B", "C", "D"]
    assert not page.session_state["menu-panes"]  # it closes: the panes play in sight
    pressed(page, "pane-act-close-A")
    assert on_screen(page).prototypes[0].name == "Blocking"


def test_a_prototype_that_is_kept_saves_itself_and_keeps_its_work_whatever_it_is_called() -> None:
    page = opened(PAGE, PageState(rater=RATER, blind=False, open="B"))
    pressed(page, "pane-act-keep-B")
    [work] = Store.open().find_works(WorkQuery(RATER, kind="prototype")).works
    assert (work.name, on_screen(page).panes["B"].work) == ("Streaming", work.id)
    next(box for box in page.sidebar.text_input if box.label == "Name").set_value("Fast").run()
    assert must_have(Store.open().work(work.id)).name == "Fast" and on_screen(page).panes["B"].work == work.id


def test_a_prototype_that_is_imported_with_four_panes_replaces_none_and_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = first_comparison().with_added(Prototype("Fourth", (Badge(),)))
    code = HEARD.format(page=PAGE).replace("runpy.run_path", "bring()\nrunpy.run_path")
    brought = export_prototype(Prototype("Guest", (Streaming(unit="sentence"),)))
    code = f"""
import streamlit as st
from io import BytesIO
from components.design.history import History
from components.ui.shared import share, state
def bring():
    if st.session_state.pop("bring", False):
        st.session_state["import"] = BytesIO({brought.encode()!r})
        share.bring_prototype()
        del st.session_state["import"]
{code}"""
    page = AppTest.from_string(code, default_timeout=30)
    page.session_state["parallax"] = PageState(rater=RATER, blind=False, history=History((full,)))
    page.session_state["bring"] = True
    page.run()
    assert not page.exception and on_screen(page) == full and works(kind="prototype") == ["Guest"]
    pressed(page, "brought-C")
    assert [one.name for one in on_screen(page).prototypes][2] == "Guest" and on_screen(page).panes["C"].work


def test_comparisons_that_are_named_after_the_same_question_are_told_apart() -> None:
    for _ in range(3):
        pressed(opened(PAGE), "pane-act-close-B")
    names = works()
    assert len(names) == len(set(names)) == 3 and sorted(names)[1:] == [f"{min(names)} · 2", f"{min(names)} · 3"]


def test_prototypes_are_put_beside_each_other_from_home() -> None:
    store = Store.open()
    kinds = ("comparison", "prototype", "prototype")
    ids = []
    for number, kind in enumerate(kinds):
        compare = Comparison(first_comparison().recordings, (Prototype(f"Bot {number}", (Streaming(), Badge())),))
        ids.append(store.keep_work(kind, f"Bot {number}", RATER, comparison_state(compare)).id)
    page = opened()
    assert [work["panes"] for work in given(page)["works"]] == [True, True, False]
    told(page, "compare", [ids[1], ids[2], "gone"])
    [made] = [work for work in store.find_works(WorkQuery(RATER, kind="comparison")).works if work.id != ids[0]]
    assert made.name == "Bot 1 and Bot 2"
    shown = on_screen(opened(PAGE, work=made.id))
    assert [one.work for one in shown.prototypes] == ids[1:]
    assert "Fewer than two" in told(opened(), "compare", [ids[1], ids[0]]).error[0].value
