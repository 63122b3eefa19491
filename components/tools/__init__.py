"""Tools: what is run by hand: notices, samples, vocabularies."""
