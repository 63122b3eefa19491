"""Compare: one prompt, every chosen prototype, side by side."""

import streamlit as st

from components.core.explained import Explained
from components.ui import dials, link, player, questionnaire, share
from components.ui.problems import Problems
from components.ui.samples import first

problems = Problems()
try:
    compare = link.current()
except Explained as missing:
    problems.show(missing)
    compare = first()
    link.change(compare)
compare = dials.turned(compare)
with st.container(key="share"):
    share.show(compare)
known: questionnaire.Known = {}
with problems.explained():
    known = questionnaire.answers(compare)
revealed = questionnaire.reveal(compare, known)
with problems.explained():
    player.show(compare, revealed)
with problems.explained():
    player.problem()
dials.show(compare)
with problems.explained():
    questionnaire.show(compare, known, revealed)
    link.keep(compare)
