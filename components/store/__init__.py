"""The store: prototypes, recordings, sightings and ratings on disk, so that results never change under anybody."""

from components.store.batches import Begun, Result
from components.store.comparisons import Arm, Comparison
from components.store.library import Found, Summary
from components.store.models import Wired
from components.store.store import Saved, Store, Watched
from components.store.versions import Version

__all__ = ["Arm", "Begun", "Comparison", "Found", "Result", "Saved", "Store", "Summary", "Version", "Watched", "Wired"]
