"""Endpoint: models behind an address."""
