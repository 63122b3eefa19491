"""Explained: something went wrong, said so that a person can act on it."""


class Explained(Exception):
    """What happened, what was kept and what to do: three plain sentences, safe to show on any page."""

    def __init__(self, what: str, kept: str = "", do: str = "") -> None:
        super().__init__(" ".join(part for part in (what, kept, do) if part))
        self.what, self.kept, self.do = what, kept, do
