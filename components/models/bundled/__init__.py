"""Bundled: the small model that comes with Parallax."""
