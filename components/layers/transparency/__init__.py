"""Transparency: where an answer comes from, why it says what it says, and what was done for it."""
