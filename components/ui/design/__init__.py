"""The page Design: one prototype at a time, its dials beside what they do."""
