"""Local: a model on this computer, in a process of its own."""
