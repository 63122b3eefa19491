"""Models: what answers a prompt. Heavy libraries are loaded in a worker process, never here."""
