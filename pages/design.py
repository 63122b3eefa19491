"""Design: one prototype at a time, its dials beside what they do."""

from components.core.explained import Explained
from components.ui import design, link, player
from components.ui.problems import Problems
from components.ui.samples import first

problems = Problems()
try:
    compare = link.current()
except Explained as missing:
    problems.show(missing)
    compare = first()
    link.change(compare)
with problems.explained():
    player.problem()
with problems.explained():
    design.show(compare)
with problems.explained():
    link.keep(link.current())
