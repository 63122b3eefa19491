"""Recordings: every recorded answer, found again, played, judged and tagged."""

from components.ui import library
from components.ui.problems import Problems

problems = Problems()
with problems.explained():
    library.show()
