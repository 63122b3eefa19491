"""Recordings: every recorded answer, found again, played, judged and tagged."""

from components.ui import recording_list
from components.ui.problems import Problems

problems = Problems()
with problems.explained():
    recording_list.show()
