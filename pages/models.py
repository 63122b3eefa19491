"""Models: what answers live, and how to wire another one."""

from components.ui import models
from components.ui.problems import Problems

problems = Problems()
with problems.explained():
    models.show()
