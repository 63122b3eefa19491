"""Decks: scenes for a room, shown on a projector and voted on by phones."""

from components.ui.decks import decks_page
from components.ui.shared.problems import PageProblems

problems = PageProblems("decks")
with problems.catch_explained():
    decks_page.show(problems)
