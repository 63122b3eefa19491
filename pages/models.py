"""Models: what answers live, and how to wire another one."""

from components.ui import model_cards
from components.ui.problems import Problems

problems = Problems()
with problems.explained():
    model_cards.show()
