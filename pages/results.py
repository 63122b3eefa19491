"""Results: what people felt, trusted and would ship, prototype by prototype."""

from components.ui.results import results_page
from components.ui.shared.problems import Problems
from components.ui.shared.state import store

problems = Problems()
with problems.explained():
    results_page.show(store)
