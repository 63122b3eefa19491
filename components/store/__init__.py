"""The store: prototypes, recordings, sightings and ratings on disk, so that results never change under anybody."""

from components.store.batch_records import BatchRecord, Result
from components.store.prototype_versions import Version
from components.store.rated_comparisons import Arm, Comparison
from components.store.recording_library import RecordingPage, Summary
from components.store.registered_models import RegisteredModel
from components.store.store import PlayRef, SavedRating, Store

__all__ = [
    "Arm",
    "BatchRecord",
    "Comparison",
    "PlayRef",
    "RecordingPage",
    "RegisteredModel",
    "Result",
    "SavedRating",
    "Store",
    "Summary",
    "Version",
]
