"""Study export: every file of a study can be read back, and says what each column is."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from components.layers import ALL_PATTERNS
from components.report.study.preregistration import (
    analysis_lines,
    preregistration_document,
    preregistration_json,
    preregistration_markdown,
)
from components.report.study.study_codebook import FILE_MEANINGS, codebook_frame
from components.report.study.study_export import study_files, zip_files
from components.store.study_people_frame import study_frames
from components.study.frozen_study import FrozenStudy
from components.study.person_code import person_code
from tests.study.made_people import answer_plainly, made_people, made_person
from tests.study.made_study import frozen, made_study

STUDY = frozen()
PEOPLE = [
    *made_people(STUDY, 2),
    replace(made_person(STUDY, 2), end="withdrew"),
    replace(made_person(STUDY, 3), simulated=True),
]
FILES = study_files(STUDY, study_frames(STUDY, PEOPLE), PEOPLE)


@pytest.mark.parametrize("file", FILE_MEANINGS)
def test_every_column_of_every_table_is_in_the_codebook(file: str) -> None:
    head = next(csv.reader(io.StringIO(FILES[file].decode("utf-8-sig"))))
    told = codebook_frame().query("file == @file")
    assert told["column"].tolist() == head and told["meaning"].str.len().gt(2).all()


def test_tables_and_raw_answers_hold_real_people_alone_and_nobody_who_withdrew() -> None:
    for name in FILE_MEANINGS:
        table = pd.read_csv(io.BytesIO(FILES[name]), encoding="utf-8-sig")
        assert set(table["participant"]) == {"person-0", "person-1"}
    lines = [json.loads(line) for line in FILES["answers.jsonl"].decode().splitlines()]
    assert {line["participant"] for line in lines} == {"person-0", "person-1"}
    assert lines[0]["data"] == PEOPLE[0].answers[lines[0]["step"]].data and len(lines) == 2 * len(STUDY.steps(0))


def test_a_formula_in_own_words_does_not_run() -> None:
    person = made_person(
        STUDY, 0, lambda rng, step, item: "=cmd()" if item.kind == "text" else answer_plainly(rng, step, item)
    )
    files = study_files(STUDY, study_frames(STUDY, [person]), [person])
    assert b"'=cmd()" in files["people.csv"] and b",=cmd()" not in files["people.csv"]


def test_what_links_brought_and_the_codes_stand_in_a_file_of_their_own() -> None:
    entries = {
        "person-0": {"PROLIFIC_PID": "p7", "=run()": "@now", "code": "C1"}, "person-1": {"wave": "2", "'code": "C2"},
        "person-2": {"secret": "of who withdrew"},
    }  # fmt: skip
    files = study_files(STUDY, study_frames(STUDY, PEOPLE), PEOPLE, entries)
    head, *rows = csv.reader(io.StringIO(files["entry.csv"].decode("utf-8-sig")))
    assert head == ["participant", "code", "PROLIFIC_PID", "'=run()", "'code", "wave", "''code"]
    assert rows == [
        ["person-0", person_code("person-0"), "p7", "'@now", "C1", "", ""],
        ["person-1", person_code("person-1"), "", "", "", "2", "C2"],
    ]
    told = pd.read_csv(io.BytesIO(files["codebook.csv"]), encoding="utf-8-sig").query("file == 'entry.csv'")
    assert told["column"].tolist() == head and told["meaning"][told.index[1:]].str.contains("leave", case=False).all()
    others = b"".join(content for name, content in files.items() if name not in ("entry.csv", "codebook.csv"))
    assert b"p7" not in others and person_code("person-0").encode() not in others
    empty = next(csv.reader(io.StringIO(FILES["entry.csv"].decode("utf-8-sig"))))
    assert empty == ["participant", "code"]


def test_the_plan_has_the_hash_and_the_study_can_be_frozen_from_it_again() -> None:
    plan = json.loads(FILES["preregistration.json"])
    again = FrozenStudy.from_content(plan["content"], ALL_PATTERNS)
    assert again.id == plan["study"] == STUDY.id
    assert [arm["name"] for arm in plan["arms"]] == ["Streams", "Waits", "Bare"] and plan["seed"] == "seed"
    assert plan["exclusion"][0] == (
        "A person is left out for any of: 2 attention checks failed; 2 flags of different kinds; more than 25 % of the "
        "trials void for timing."
    )


def test_the_plan_as_text_says_arms_questions_rules_and_analysis() -> None:
    text = preregistration_markdown(STUDY)
    assert preregistration_document(STUDY).label == "Preregistration"  # on every page
    assert all(
        f"## {chapter}" in text for chapter in ("Design", "Arms", "Questions", "What is asked", "Exclusion", "Analysis")
    )
    assert STUDY.id in text and "Williams squares" in text and "S-TIAS" in text and "Holm" in text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"design": "between"}, "Welch"), ({"design": "side"}, "Davidson"), ({"stopping": "sequential"}, "at any time"),
        ({"sweep": "errors", "levels": (0.0, 0.5)}, "falls below the middle"), ({"margin": 5.0}, "up to 5 points"),
        ({}, "Outcomes stay hidden"),
    ],
)  # fmt: skip
def test_the_analysis_follows_the_design(changes: dict[str, object], told: str) -> None:
    assert told in " ".join(analysis_lines(made_study(**changes)))


def test_the_plan_holds_nothing_that_differs_from_day_to_day() -> None:
    assert preregistration_json(frozen()) == preregistration_json(STUDY)


def test_the_files_make_one_archive_that_is_always_the_same() -> None:
    packed = zip_files(FILES)
    assert packed == zip_files(FILES)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == list(FILES) and archive.read("answers.jsonl") == FILES["answers.jsonl"]
