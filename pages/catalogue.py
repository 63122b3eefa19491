"""Catalogue: every pattern playing, with its evidence and its dials."""

from components.ui import catalogue

catalogue.show()
