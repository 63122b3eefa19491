"""Catalogue: every pattern playing, with its evidence and its dials."""

from components.ui.catalogue import pattern_cards
from components.ui.shared.problems import PageProblems

problems = PageProblems("catalogue")
with problems.catch_explained():
    pattern_cards.show()
