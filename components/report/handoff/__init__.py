"""Hand-off: a prototype as a specification and as programs."""
