"""What several pages need: what one session remembers, what is on screen, the player, the dials and the look."""
