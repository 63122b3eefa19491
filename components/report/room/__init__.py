"""Rooms: what the people in a room said, in numbers and sentences that hold at every look."""
