"""Catalogue: every pattern playing, with its evidence and its dials."""

from components.ui import catalogue
from components.ui.problems import Problems

problems = Problems()
with problems.explained():
    catalogue.show()
