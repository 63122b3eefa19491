"""Rooms: the stage that a deck is shown on, and the page that phones in the room open."""
