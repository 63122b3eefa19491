"""A menu is drawn once it is opened, and from then on."""

from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from components.ui.shared.menu import show_menu
from components.ui.shared.problems import PageProblems

def draw():
    st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
    st.text_input("A comment", key="comment")
    st.button("Say it")

PageProblems("compare")
show_menu("menu", "Talk", ":material/forum:", draw)
"""


def times_drawn(page: AppTest) -> int:
    assert not page.exception
    return int(page.session_state["drawn"]) if "drawn" in page.session_state else 0


def test_it_is_drawn_from_its_first_opening_on() -> None:
    page = AppTest.from_string(PAGE).run()
    assert not times_drawn(page) and not page.button
    page.session_state["menu"] = True
    assert times_drawn(page.run()) == 1
    page.text_input[0].set_value("Here I thought it had died").run()
    page.session_state["menu"] = False
    page.run()
    assert page.text_input[0].value == "Here I thought it had died" and page.button
