"""Person: the page of a colleague who is taken for the model."""
