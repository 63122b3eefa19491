"""Results: what people felt, trusted and would ship, prototype by prototype."""

from components.ui import results_page
from components.ui.problems import Problems
from components.ui.state import store

problems = Problems()
with problems.explained():
    results_page.show(store)
