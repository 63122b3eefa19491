"""Weather: what the network and the model do, before any design."""
