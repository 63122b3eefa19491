"""The page Recordings: every recorded answer, found again, and more of them brought in."""
