"""Which prompts of the packs are recorded, and which anew."""

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.tools.record_packs import PACK_SETTINGS, needs_recording, recording_key

ASKED = Prompt.from_typed("Why is the sky blue?")


def ended(reason: str, tokens: int) -> Recording:
    said = [Event(0.01 * n, "token", "so ") for n in range(tokens)]
    return Recording(ASKED, Card("m", "bundled"), (*said, Event(9.0, "end", data={"reason": reason})))


def test_a_whole_answer_stays_and_a_cut_one_is_made_anew_on_request() -> None:
    key = recording_key(ASKED)
    assert needs_recording(ASKED, {}, cut_too=False)
    assert not needs_recording(ASKED, {key: ended("stop", 160)}, cut_too=True)
    assert needs_recording(ASKED, {key: ended("length", 160)}, cut_too=True)
    assert not needs_recording(ASKED, {key: ended("length", 160)}, cut_too=False)


def test_an_answer_that_was_cut_with_all_the_room_there_is_is_not_made_again() -> None:
    cut = {recording_key(ASKED): ended("length", PACK_SETTINGS.max_tokens)}
    assert not needs_recording(ASKED, cut, cut_too=True)
