"""Decks: scenes that are shown to a room, one after the other, from answers that are kept with them."""
