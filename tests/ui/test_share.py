"""What Share gives away: each prototype as a specification, as code and as a file, whatever the store is doing."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from components.core.explained import Explained
from components.core.prototype import Prototype
from components.layers.compare import Comparison
from components.store import Store
from components.ui.shared import share, state
from components.ui.shared.samples import sample_recordings, starting_prototypes
from tests.store.made import PROTOTYPES, crowd

PAGE = """
import streamlit as st
from components.ui.shared import share
from components.layers.compare import Comparison
from components.ui.shared.problems import PageProblems
from components.ui.shared.samples import sample_recordings, starting_prototypes

PageProblems("compare")
share.show(Comparison(sample_recordings()[:1], starting_prototypes()[: st.session_state.get("panes", 3)]))
"""


@pytest.mark.parametrize("prototype", starting_prototypes(), ids=lambda prototype: prototype.name)
def test_each_prototype_comes_in_every_kind_of_file(prototype: Prototype) -> None:
    compare = Comparison(sample_recordings()[:1], starting_prototypes())
    made = {ending: make(compare, prototype) for _, ending, _, make in share.HANDOFF_FILES}
    assert {"pdf", "md", "py.zip", "ts.zip", "json"} <= set(made) and all(made.values())
    assert bytes(made["pdf"]).startswith(b"%PDF")  # type: ignore[arg-type]
    assert str(made["md"]).startswith(f"# {prototype.name}")
    for language in ("py", "ts"):
        with ZipFile(BytesIO(bytes(made[f"{language}.zip"]))) as archive:  # type: ignore[arg-type]
            assert {f"main.{language}", f"parallax_runtime.{language}", "prototype.json"} <= set(archive.namelist())
            assert json.loads(archive.read("prototype.json"))["name"] == prototype.name


def test_the_specification_is_judged_unbroken_also_while_a_fault_is_on_screen() -> None:
    calm, broken = (
        Comparison(sample_recordings()[:1], starting_prototypes(), fault=fault) for fault in ("nothing", "server")
    )
    assert (
        share.make_specification(calm, starting_prototypes()[1]).to_json()
        == share.make_specification(broken, starting_prototypes()[1]).to_json()
    )


def test_what_people_said_comes_from_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = crowd(Store.open(tmp_path), 24)
    monkeypatch.setattr(state, "shared_store", lambda: kept)
    told = share.make_specification(Comparison(sample_recordings()[:1], PROTOTYPES), PROTOTYPES[0]).markdown()
    assert "feels" in told and "n = 24" in told
    kept.close()


def test_a_store_that_cannot_be_read_is_said_in_the_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Store:
        raise Explained("The ratings are on a disk that is not there.")

    monkeypatch.setattr(state, "shared_store", away)
    told = share.make_specification(
        Comparison(sample_recordings()[:1], starting_prototypes()), starting_prototypes()[0]
    ).markdown()
    assert "The ratings are on a disk that is not there." in told and "Nobody has rated it yet" not in told


def handed_off(page: AppTest, name: str) -> bool:
    """Whether just this prototype is the one that files are offered of."""
    [told] = [caption.value for caption in page.caption if "as a specification" in caption.value]
    return name in told


def test_one_prototype_at_a_time_is_offered_and_one_that_is_gone_gives_way() -> None:
    page = AppTest.from_string(PAGE, default_timeout=30).run()
    assert not page.exception and not page.caption  # drawn once it is opened
    page.session_state["menu-share"] = True
    page.run()
    assert handed_off(page, "Blocking")
    assert len(page.get("download_button")) == len(share.HANDOFF_FILES) + 1
    page.segmented_control[0].set_value("C").run()
    assert not page.exception and handed_off(page, "careful")
    page.session_state["panes"] = 2
    page.run()
    assert not page.exception and handed_off(page, "Blocking")
