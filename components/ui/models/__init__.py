"""The page Models: what answers live, and how another model is added."""
