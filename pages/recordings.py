"""Recordings: every recorded answer, found again, played, judged and tagged."""

from components.ui.recordings import recording_list
from components.ui.shared.problems import PageProblems

problems = PageProblems("recordings")
with problems.catch_explained():
    recording_list.show()
