"""The store: prototypes, recordings, sightings and ratings on disk, so that results never change under anybody."""

from components.store.batch_records import BatchRecord, BatchResult
from components.store.participation import Participant
from components.store.prototype_versions import Version
from components.store.rated_comparisons import Arm, RatedComparison
from components.store.recording_library import RecordingPage, RecordingSummary
from components.store.registered_models import RegisteredModel
from components.store.room_records import DeckRecord, Room, RoomVote
from components.store.store import PlayRef, SavedRating, Store
from components.store.study_records import StudyAnswer, StudyLink, StudyRecord, StudyState
from components.store.work_search import WorkPage, WorkQuery
from components.store.work_sharing import WorkMark, WorkVisit
from components.store.works import Work, WorkState, WorkStep

__all__ = [
    "Arm",
    "BatchRecord",
    "BatchResult",
    "DeckRecord",
    "Participant",
    "PlayRef",
    "RatedComparison",
    "RecordingPage",
    "RecordingSummary",
    "RegisteredModel",
    "Room",
    "RoomVote",
    "SavedRating",
    "Store",
    "StudyAnswer",
    "StudyLink",
    "StudyRecord",
    "StudyState",
    "Version",
    "Work",
    "WorkMark",
    "WorkPage",
    "WorkQuery",
    "WorkState",
    "WorkStep",
    "WorkVisit",
]
