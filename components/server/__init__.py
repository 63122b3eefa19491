"""What the server does besides drawing pages: live streams, the player's files, and who is rating."""
