"""Results: what people felt, trusted and would ship, prototype by prototype."""

from components.ui import results
from components.ui.state import store

results.show(store)
