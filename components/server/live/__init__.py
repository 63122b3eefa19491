"""Live: one generation, streamed into every pane."""
