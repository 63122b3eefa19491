"""Failure: what a person sees and can do when the answer breaks."""
