"""Catalogue: every pattern playing, with its evidence and its dials."""

from components.ui import pattern_cards
from components.ui.problems import Problems

problems = Problems()
with problems.explained():
    pattern_cards.show()
