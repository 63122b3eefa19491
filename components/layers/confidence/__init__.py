"""Confidence: how sure the model is, told to the person."""
