"""The small picture of a work shows what stands in its panes in the end, and nothing that stands beside them."""

from components.core.event import Event
from components.core.timeline import Timeline
from components.ui.shared.work_content import end_words


def test_a_notice_is_in_the_picture_and_a_remark_to_the_designer_is_not() -> None:
    words, notice = Event(0.1, "text", "Hello"), Event(0.0, "notice", "Written by AI")
    remark = Event(0.2, "notice", "This model gives no probabilities.", {"remark": True})
    assert end_words(Timeline((notice, words, remark))) == {"text": "Hello", "notice": "Written by AI"}
