"""What is on the first screen and in the row of examples, and that older addresses find what they name."""

from pathlib import Path

from components.core.comparison import branch_recordings, conversation_start
from components.core.recording import find_recording
from components.prompts.packs import with_script
from components.store.store import Store
from components.ui.shared.samples import (
    example_recordings,
    first_comparison,
    sample_recordings,
    shipped_recordings,
    written_recordings,
)

PHOTOSYNTHESIS = "Explain photosynthesis to a ten-year-old."


def test_the_first_screen_plays_a_written_answer_that_is_whole() -> None:
    recording = first_comparison().recording
    assert recording.prompt.text == PHOTOSYNTHESIS and recording.card.scripted and recording.whole
    assert recording.events[-1].data["reason"] == "stop" and recording.seconds < 10
    assert all(timeline.events[-1].kind == "end" for timeline in first_comparison().timelines.values())


def test_the_examples_are_from_different_fields_and_one_is_written_in_a_hurry() -> None:
    asked = [example.prompt.text for example in example_recordings()]
    assert len(set(asked)) == len(asked) >= 6 and asked[0] == PHOTOSYNTHESIS
    assert sum("deliverd" in text for text in asked) == 1


def test_every_example_is_found_by_its_id_among_what_comes_along() -> None:
    assert {example.id for example in example_recordings()} < {recording.id for recording in written_recordings()}
    assert len({recording.id for recording in shipped_recordings()}) == len(shipped_recordings())


def test_a_conversation_that_was_written_does_not_mix_with_one_that_a_model_had() -> None:
    written, spoken = first_comparison().recording, sample_recordings()[0]
    assert written.prompt == spoken.prompt
    with_written, with_spoken = (branch_recordings(main, shipped_recordings()) for main in (written, spoken))
    assert with_written and all(other.card == written.card for other in with_written)
    assert with_spoken and not any(other.card.scripted for other in with_spoken)


def test_the_right_and_the_wrong_answer_have_conversations_of_their_own() -> None:
    for main in (one for one in written_recordings() if one.prompt == one.prompt.root):
        family = branch_recordings(main, shipped_recordings())
        assert len(family) == 2 + len(main.prompt.script.options)
        for option in main.prompt.script.options:
            reply = find_recording(family, main.prompt.with_choice(main.prompt.script.question, option))
            assert reply is not None and conversation_start(reply, shipped_recordings()) == main


def test_a_written_answer_keeps_its_own_script_also_where_a_pack_knows_the_question(tmp_path: Path) -> None:
    recording = first_comparison().recording
    assert with_script(recording.prompt).script != recording.prompt.script
    store = Store.open(tmp_path)
    kept = store.recording(store.keep_recording(recording))
    store.close()
    assert kept is not None and kept.id == recording.id and kept.prompt.script == recording.prompt.script
