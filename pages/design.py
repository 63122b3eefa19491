"""Design: one prototype at a time, its dials beside what they do."""

from components.ui.design import workbench
from components.ui.shared import comparison_link, screen
from components.ui.shared.problems import PageProblems

problems = PageProblems()
compare = screen.open_comparison(problems)
with problems.catch_explained():
    workbench.show(compare)
with problems.catch_explained():
    comparison_link.keep_link(screen.current_comparison())
