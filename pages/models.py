"""Models: what answers live, and how to wire another one."""

from components.ui.models import model_cards
from components.ui.shared.problems import PageProblems

problems = PageProblems("models")
with problems.catch_explained():
    model_cards.show()
