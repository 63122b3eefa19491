"""Be the model: a colleague answers behind the panes."""

from components.ui.person import person_page
from components.ui.shared.problems import PageProblems

problems = PageProblems("person")
with problems.catch_explained():
    person_page.show()
