"""Compare, as far as it can be seen without a browser: what the player is given, and what is said when things break."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.core.comparison import conversation_start
from components.core.prompt import Prompt
from components.core.prototype import Prototype
from components.layers.delivery.streaming import Streaming
from components.prompts.bundled_recordings import bundled_recordings
from components.store import Store, WorkQuery
from components.study.rating import Moments, Rating, Sighting
from components.ui.shared.samples import first_comparison
from components.ui.shared.state import PageState

PAGE = str(Path(__file__).parents[2] / "pages" / "compare.py")
RATER = "a-rater-of-the-tests"
FELT = "felt_complete"


def opened(state: PageState | None = None, **address: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.query_params.update(address)
    page.session_state["parallax"] = state or PageState(rater=RATER)
    page.run()
    assert not page.exception
    return page


def given(page: AppTest) -> dict[str, Any]:
    """What the player takes."""
    told: list[dict[str, Any]] = [json.loads(part.proto.json) for part in page.get("bidi_component")]
    [values] = [values for values in told if "panes" in values]
    return values


def problem(page: AppTest) -> str:
    """The one problem that is said."""
    [said] = page.error
    return said.value.replace("\\", "")


def test_a_fresh_page_shows_the_first_sample_in_three_panes_without_a_word_of_trouble() -> None:
    page = opened()
    data = given(page)
    assert [pane["key"] for pane in data["panes"]] == ["A", "B", "C"]
    assert data["recording"]["id"] == first_comparison().recording.id
    assert not page.error and not page.query_params


@pytest.mark.parametrize(
    "address",
    [{"answer": "unknown", "a": "unknown"}, {"answer": "\0<script>", "a": "'; drop table"}, {"answer": "x" * 5000}],
)
def test_an_address_that_names_nothing_here_is_explained_and_the_sample_shown(address: dict[str, str]) -> None:
    page = opened(None, **address)
    assert "names a comparison that is not kept here" in problem(page) and "Ask for a new link" in problem(page)
    assert given(page)["recording"]["id"] == first_comparison().recording.id


def test_an_address_that_names_a_later_answer_opens_its_conversation_at_the_start() -> None:
    later = next(each for each in bundled_recordings() if each.prompt.choices)
    kept = Store.open()
    page = opened(answer=kept.keep_recording(later), a=kept.keep_prototype(Prototype("One", (Streaming(),))))
    start = conversation_start(later, bundled_recordings())
    assert start is not None and start.prompt == Prompt(later.prompt.messages)
    assert given(page)["recording"]["id"] == start.id  # so what is rated is what was on the screen


@pytest.mark.parametrize(
    "weather", ["unknown", "[", "[" * 5000, '{"layer": 1}', '{"layer": "LatencyProfile", "first": "x"}']
)
def test_weather_and_faults_that_nobody_knows_are_left_out(weather: str) -> None:
    kept = Store.open()
    answer, pane = (
        kept.keep_recording(first_comparison().recording),
        kept.keep_prototype(Prototype("One", (Streaming(),))),
    )
    page = opened(answer=answer, a=pane, weather=weather, fault="unknown")
    chosen = {row["name"]: row["value"] for row in given(page)["rows"]}
    assert not page.error and (chosen["weather"], chosen["fault"]) == ("As recorded", "nothing")


def test_a_damaged_database_is_explained_once_and_the_sample_still_plays(own_data_folder: Path) -> None:
    (own_data_folder / "parallax.db").write_bytes(b"no database at all" * 500)
    page = opened()
    assert "damaged" in problem(page) and "left exactly as it is" in problem(page) and "Move it aside" in problem(page)
    assert given(page)["panes"][0]["timeline"]["events"]


@pytest.mark.parametrize("where", ["/proc/parallax", "a file"])
def test_a_folder_that_cannot_be_written_is_explained(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "file") if where == "a file" else where)
    page = opened()
    assert "Nothing can be written to" in problem(page) and "name another one" in problem(page)
    assert given(page)["live"] is None and "Nothing can be written to" in given(page)["away"]


def test_without_a_model_it_says_why_and_what_to_do(own_data_folder: Path) -> None:
    (own_data_folder / "models").unlink()
    data = given(opened())
    assert data["live"] is None and "not prepared yet" in data["away"] and "make run" in data["away"]


def test_a_turned_dial_changes_the_comparison_and_the_address() -> None:
    page = opened(PageState(rater=RATER, open="B"))
    before = given(page)
    unit = next(box for box in page.sidebar.selectbox if box.label == "How much at a time")
    unit.select("sentence").run()
    assert not page.exception and not page.error
    after = given(page)
    assert after["comparison"] != before["comparison"] and after["play_set"] != before["play_set"]
    assert [pane["prototype"] for pane in after["panes"]][::2] == [pane["prototype"] for pane in before["panes"]][::2]
    [work] = Store.open().find_works(WorkQuery(RATER)).works
    assert page.query_params == {"work": work.id, "step": "2"}


def test_a_hostile_name_stays_words_beside_the_dials() -> None:
    name = "![e](http://evil.test/e.png) :red[x] <b>"
    kept = Store.open()
    answer, pane = (
        kept.keep_recording(first_comparison().recording),
        kept.keep_prototype(Prototype(name, (Streaming(),))),
    )
    page = opened(PageState(rater=RATER, open="A"), answer=answer, a=pane)
    heading = page.sidebar.subheader[0].value
    assert "![" not in heading and "\\!\\[e\\]" in heading and ":red" not in heading.replace("\\:red", "")
    assert given(page)["panes"][0]["name"] == name


def watched() -> Store:
    """A store in which this rater has watched the first comparison."""
    compare, kept = first_comparison(), Store.open()
    kept.keep_recording(compare.recording)
    for key, prototype in compare.panes.items():
        kept.keep_prototype(prototype)
        marks = Moments(0.1, 0.2, 1.0)
        kept.keep_sightings(
            Sighting(f"seen-{key}", "play", compare.id, RATER, key, prototype.id, compare.recording.id, marks, marks,
                 at=datetime.now(UTC).isoformat())
        )  # fmt: skip
    return kept


def words_of(page: AppTest) -> str:
    """Everything that the page says outside of the player."""
    elements = [*page.markdown, *page.caption, *page.subheader, *page.number_input, *page.slider, *page.toggle]
    return " ".join(f"{element.value} {getattr(element, 'label', '')}" for element in elements)


def button(page: AppTest) -> Any:
    """The button that shows names and times."""
    [found] = [one for one in page.button if one.label == "Show names and times"]
    return found


def choice(page: AppTest, words: str) -> Any:
    """A question about all panes at once."""
    [found] = [one for one in page.button_group if words in one.label]
    return found


def trust(page: AppTest) -> Any:
    """The first pane's scale of trust."""
    return next(one for one in page.button_group if "trust" in one.label)


def test_until_everything_is_rated_nothing_tells_names_or_seconds() -> None:
    kept, compare = watched(), first_comparison()
    page = opened()
    data = given(page)
    assert data["reveal"] is False and not any("knob" in row and row["name"] == "weather" for row in data["rows"])
    assert not any(option["title"] for row in data["rows"] if row["name"] == "weather" for option in row["options"])
    assert not any(prototype.name in words_of(page) for prototype in compare.prototypes)
    for key in compare.panes:
        kept.rate(Rating(f"{key}trust", "play", RATER, "trust", f"seen-{key}", 3.0))
    kept.rate(Rating("ship", "play", RATER, "ship", choice="none"))
    page.run()
    assert button(page).disabled  # which one felt faster is still to come
    choice(page, "fastest").set_value("B").run()
    page.run()
    assert given(page)["reveal"] is False and not button(page).disabled  # it is shown when it is asked for
    done = button(page).click().run()
    assert given(done)["reveal"] is True and any("knob" in row for row in given(done)["rows"])
    assert given(opened())["reveal"] is True  # also in a second tab
    assert all(prototype.name in words_of(done).replace("\\", "") for prototype in compare.prototypes)
    assert all(box.disabled for box in done.number_input if box.key != "talk-moment")


def test_who_rates_blind_is_told_why_panes_have_no_names_and_reads_no_other_word_in_their_place() -> None:
    page = opened()
    assert "with Rate blind off" in given(page)["lead"][1]
    page.session_state["menu-panes"] = True
    page.run()
    rows = [part.value for part in page.markdown if part.value.startswith("**A**")]
    assert rows and {row.strip() for row in rows} == {"**A**"}
    [switch] = [switch for switch in page.toggle if switch.label == "Rate blind"]
    switch.set_value(False).run()
    assert "Rate blind" not in given(page)["lead"][1]


def test_what_is_rated_after_looking_counts_apart_also_when_rating_blind_again() -> None:
    kept, compare = watched(), first_comparison()
    page = opened()
    page.toggle[0].set_value(False).run()
    assert given(page)["reveal"] is True
    page.toggle[0].set_value(True).run()
    assert given(page)["reveal"] is True  # seen is seen
    trust(page).set_value(80).run()
    [saved] = kept.ratings_of(RATER, compare.id).values()
    assert (saved.rating.item, saved.rating.blind) == ("trust", False)


def test_which_one_felt_fastest_is_asked_first_and_kept_as_a_choice_of_the_whole_play() -> None:
    kept, compare = watched(), first_comparison()
    page = opened()
    asked = [one.label for one in page.button_group if one.label.endswith(("?", ")"))][-8:]
    assert asked[0] == "Which one felt fastest?" and "trust" in asked[1] and asked[4] == "Which one would you ship?"
    assert not choice(page, "fastest").value
    choice(page, "fastest").set_value("C").run()
    choice(page, "fastest").set_value("No difference").run()
    [(about, saved)] = kept.ratings_of(RATER, compare.id).items()
    assert about == ("", "faster") and (saved.rating.choice, saved.rating.seen, saved.rating.blind) == (
        "none",
        "",
        True,
    )
    choice(page, "fastest").set_value("C").run()
    assert kept.ratings_of(RATER, compare.id)["", "faster"].rating.choice == compare.panes["C"].id


def test_who_answered_everything_that_an_earlier_version_asked_has_seen_the_clock() -> None:
    kept, compare = watched(), first_comparison()
    for key in compare.panes:
        for item in ("speed", "trust"):
            kept.rate(Rating(f"{key}{item}", "play", RATER, item, f"seen-{key}", 3.0))
    kept.rate(Rating("ship", "play", RATER, "ship", choice="none"))
    assert given(opened())["reveal"] is True


def test_nothing_is_preset_and_every_scale_carries_its_panes_letter() -> None:
    watched()
    page = opened()
    scales = [one for one in page.button_group if "trust" in one.label or "speed" in one.label]
    assert [one.label[:2] for one in scales] == ["A:", "B:", "C:", "A:", "B:", "C:"]
    assert not any(one.value for one in scales) and all(box.value is None for box in page.number_input)


def test_a_pane_that_was_not_on_the_screen_is_not_asked_about_and_says_why() -> None:
    kept, compare = watched(), first_comparison()
    marks = Moments(0.1, 0.2, 1.0)
    kept.keep_sightings(
        *(
            Sighting(f"again-{key}", "again", compare.id, RATER, key, prototype.id, compare.recording.id, marks, marks,
                     hidden=key == "C", at=datetime.now(UTC).isoformat())
            for key, prototype in compare.panes.items()
        )
    )  # fmt: skip
    page = opened()
    assert {one.label[:1] for one in page.button_group if "trust" in one.label} == {"A", "B"}
    assert "not in sight" in words_of(page) and not any("ship" in one.label for one in page.button_group)


def test_a_name_that_was_given_is_there_after_a_reload() -> None:
    watched().name_rater(RATER, "Mira")
    assert [box.value for box in opened().text_input if box.key == "rater-name"] == ["Mira"]


def test_who_opens_dials_has_seen_the_names() -> None:
    assert given(opened(PageState(rater=RATER, open="B")))["reveal"] is True


def test_an_answer_is_on_disk_before_it_is_called_saved() -> None:
    compare, _ = first_comparison(), watched()
    page = opened()
    felt = next(box for box in page.number_input if str(box.key).startswith(FELT))
    assert not any("Saved" in text.value for text in page.caption)
    felt.set_value(3.0).run()
    assert not page.exception
    [mark] = [text.value for text in page.caption if "Saved:" in text.value]
    assert "Saved: 3 s, " in mark
    [(_, saved)] = Store.open().ratings_of(RATER, compare.id).items()
    assert (saved.rating.value, saved.rating.item, saved.recording) == (3.0, FELT, compare.recording.id)


@pytest.mark.parametrize("report", [{}, {"comparison": 3}, {"comparison": "?", "panes": "x"}, [], "x", 7])
def test_a_report_that_cannot_be_read_is_explained_or_left_alone(report: object) -> None:
    page = opened()
    [player] = page.get("bidi_component")
    page.session_state["player"] = {"seen": report}
    page.run()
    assert not page.exception and player.proto.component_name == "parallax_player"
