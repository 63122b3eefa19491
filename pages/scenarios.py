"""Scenarios: questions with everything that is written for them, played like a model's answer."""

from components.ui.scenarios import scenarios_page
from components.ui.shared.problems import PageProblems

problems = PageProblems("scenarios")
with problems.catch_explained():
    scenarios_page.show(problems)
