"""Catalogue: every pattern playing, with its evidence and its dials."""

from components.ui.catalogue import pattern_cards
from components.ui.shared.problems import Problems

problems = Problems()
with problems.explained():
    pattern_cards.show()
