"""Decks: the page on which scenes are put together, shown, and what a room said of them."""
