"""Scenarios: questions with everything that is written for them."""
