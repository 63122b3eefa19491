"""Home: what was made, to be found again, and begun anew."""

from components.ui.home import home_page
from components.ui.shared.problems import PageProblems

problems = PageProblems("home")
with problems.catch_explained():
    home_page.show()
