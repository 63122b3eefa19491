"""Studies: prototypes shown to people who do not know what is compared, and what comes of it."""

from components.ui.shared.problems import PageProblems
from components.ui.studies import studies_page

problems = PageProblems("studies")
with problems.catch_explained():
    studies_page.show(problems)
