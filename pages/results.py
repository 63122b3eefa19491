"""Results: what people felt, trusted and would ship, prototype by prototype."""

from components.ui.state import store

from components.ui import results

results.show(store)
