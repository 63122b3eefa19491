"""The store: prototypes, recordings, sightings and ratings on disk, so that results never change under anybody."""

from components.store.comparisons import Arm, Comparison
from components.store.store import Saved, Store, Summary, Watched

__all__ = ["Arm", "Comparison", "Saved", "Store", "Summary", "Watched"]
