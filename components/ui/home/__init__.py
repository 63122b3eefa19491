"""Home: what was made, found again, and begun."""
