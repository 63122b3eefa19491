"""Written: answers that are known beforehand: scripts and recordings."""
