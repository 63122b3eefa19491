"""The nouns of Parallax, in the standard library only: events, prompts, layers, prototypes, recordings, timelines."""
