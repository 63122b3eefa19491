"""The page Compare: one prompt, every chosen prototype, side by side."""
