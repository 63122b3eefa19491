"""Control: what the person decides: before the answer, about it, and after it."""
