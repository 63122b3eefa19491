"""Design: one prototype at a time, its dials beside what they do."""

from components.ui.design import workbench
from components.ui.shared import autosave, joining, screen, together, work_head
from components.ui.shared.problems import PageProblems

problems = PageProblems("design")
compare = screen.open_comparison(problems)
with problems.catch_explained():
    saved = workbench.show(joining.join_changes(compare))
    with problems.catch_explained():
        autosave.save_on_screen()
    with saved:
        work_head.show_saved(revealed=True)
        together.show()
