"""Taking part: the page that participants open, and what it asks of the server."""
