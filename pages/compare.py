"""Compare: one prompt, every chosen prototype, side by side."""

import streamlit as st

from components.design.work_talk import WorkNote
from components.ui.compare import continue_answer, questionnaire
from components.ui.shared import autosave, dials, joining, kept_talk, model_choice, player, screen, work_head
from components.ui.shared.problems import PageProblems

problems = PageProblems("compare")
compare = screen.open_comparison(problems)
with problems.catch_explained():
    compare = dials.apply_dials(joining.join_changes(compare))
head = st.container(key="head", horizontal=True, vertical_alignment="center")
notes: tuple[WorkNote, ...] = ()
known: questionnaire.GivenAnswers = {}
with problems.catch_explained():
    known = questionnaire.given_answers(compare)
revealed = questionnaire.may_reveal(compare, known)
stage = st.container(key="stage")
with stage, problems.catch_explained():
    notes = kept_talk.kept_notes()
    player.show(compare, revealed, questionnaire.felt_seconds(compare, known) if revealed else None, notes)
with stage, problems.catch_explained():
    continue_answer.show(compare)
with problems.catch_explained():
    model_choice.ask_for_model()
with problems.catch_explained():
    dials.show(compare)
with problems.catch_explained(), st.container(key="rating"):
    questionnaire.show(compare, known, revealed)
with problems.catch_explained():
    autosave.save_on_screen()
with head, problems.catch_explained():
    work_head.show(compare, revealed, notes)
