"""Expectation: what a person is told about the model before or beside its answer."""
