"""Calibration: what models said to questions with known answers, and what their scores are worth."""
