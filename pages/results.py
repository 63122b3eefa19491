"""Results: what people felt, trusted and would ship, prototype by prototype."""

from components.ui.results import results_page
from components.ui.shared.problems import PageProblems
from components.ui.shared.state import shared_store

problems = PageProblems("results")
with problems.catch_explained():
    results_page.show(shared_store)
