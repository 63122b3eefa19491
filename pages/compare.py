"""Compare: one prompt, every chosen prototype, side by side."""

from components.core.explained import Explained
from components.ui import dials, link, player, questionnaire, theme
from components.ui.compare import first

try:
    compare = link.current()
except Explained as missing:
    theme.show(missing)
    compare = first()
    link.change(compare)
compare = dials.show(compare)
known: questionnaire.Known = {}
with theme.explained():
    known = questionnaire.answers(compare)
revealed = questionnaire.reveal(compare, known)
with theme.explained():
    player.show(compare, revealed)
player.problem()
with theme.explained():
    questionnaire.show(compare, known, revealed)
    link.keep(compare)
