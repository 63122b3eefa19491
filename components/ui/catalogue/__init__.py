"""The page Catalogue: every pattern playing."""
