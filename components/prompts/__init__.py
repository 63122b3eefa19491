"""Prompts: packs of them, whether an answer is right, and the recordings that come along."""
