"""Clarification: asking the person before answering."""
