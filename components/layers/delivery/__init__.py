"""Delivery: when and in what portions the words are shown, and what is shown until then."""
