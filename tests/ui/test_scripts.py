"""Prompts that are played carry what the packs know of them, wherever they come from."""

from dataclasses import replace
from pathlib import Path

from components.core.prompt import Prompt
from components.core.recording import Recording
from components.core.script import Script
from components.prompts.bundled_recordings import bundled_recordings
from components.prompts.packs import with_script
from components.server.requests import parse_prompt
from components.store.store import Store
from components.ui.shared.samples import first_comparison, sample_recordings

PHONE = "Which phone should I buy?"


def test_a_prompt_of_a_pack_has_its_script_whatever_its_case_and_spaces_and_others_have_none() -> None:
    known = with_script(Prompt.from_typed(f"  {PHONE.upper()} ")).script
    assert known.question and known == with_script(Prompt.from_typed(PHONE)).script
    assert with_script(Prompt.from_typed("Is this in no pack at all?")).script == Script()


def test_a_script_is_neither_kept_nor_part_of_what_a_prompt_is() -> None:
    plain = Prompt.from_typed(PHONE)
    scripted = with_script(plain)
    assert scripted == plain and hash(scripted) == hash(plain) and scripted.id == plain.id
    assert scripted.to_json() == plain.to_json() and Prompt.from_json(scripted.to_json()).script == Script()
    later = replace(scripted.next_attempt().with_choice("Q?", "a"), partial="So")
    assert later.script == later.root.script == scripted.script


def test_what_comes_with_parallax_what_is_kept_and_what_is_asked_live_have_their_scripts(tmp_path: Path) -> None:
    shipped = next(recording for recording in bundled_recordings() if recording.prompt.text == PHONE)
    store = Store.open(tmp_path)
    kept = store.recording(store.keep_recording(Recording.from_json(shipped.to_json())))
    live = parse_prompt({"text": PHONE}, "player")
    store.close()
    assert kept is not None
    assert shipped.prompt.script == kept.prompt.script == live.script == with_script(live).script != Script()
    assert all(sample.prompt.script.why for sample in sample_recordings() if not sample.prompt.choices)
    assert first_comparison().prompt.script.why
