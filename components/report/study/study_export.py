"""Study export: a study's data as files that R, Python and a spreadsheet open, with a codebook of every column."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from components.report.results.ratings_export import FORMULA_STARTS, ratings_csv
from components.report.study.preregistration import preregistration_json, preregistration_markdown
from components.report.study.study_codebook import ENTRY_COLUMNS, codebook_frame
from components.store.study_people_frame import StudyFrames
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import PersonAnswers
from components.study.person_code import person_code


def study_files(
    frozen: FrozenStudy,
    frames: StudyFrames,
    people: Sequence[PersonAnswers],
    entries: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, bytes]:
    """Every file of a study by name: tables as CSV, raw answers as JSON lines, the codebook, and the plan.

    Who withdrew is in none of them. `people` may hold more than the frames do: only who is in the frames is written.
    `entries` is what each person's link brought, by their id. It is in entry.csv alone, with the person's code, so that
    the other files can be given to others without it.
    """
    entry = entry_frame(frames.people["participant"].tolist(), entries or {})
    tables = {
        "trials.csv": frames.trials, "people.csv": frames.people, "scores.csv": frames.scores,
        "questionnaires.csv": frames.items, "entry.csv": entry,
        "codebook.csv": codebook_frame(tuple(entry.columns[len(ENTRY_COLUMNS) :])),
    }  # fmt: skip
    return {
        **{name: ratings_csv(table) for name, table in tables.items()},
        "answers.jsonl": answer_lines(people, frozenset(frames.people["participant"])),
        "preregistration.json": json.dumps(preregistration_json(frozen), ensure_ascii=False).encode(),
        "preregistration.md": preregistration_markdown(frozen).encode(),
    }


def entry_frame(ids: Sequence[str], entries: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """One row for each of these people: their id, their code, and a column for each parameter that a link brought."""
    names = list(dict.fromkeys(name for id in ids for name in entries.get(id, {})))
    rows = [[id, person_code(id), *(str(entries.get(id, {}).get(name, "")) for name in names)] for id in ids]
    return pd.DataFrame(rows, columns=[*ENTRY_COLUMNS, *parameter_columns(names)], dtype="str")


def parameter_columns(names: Sequence[str]) -> list[str]:
    """The columns of these parameters, no two the same: a name that a spreadsheet would run, or that another column
    has, gets a ' in front.
    """
    columns: list[str] = []
    for name in names:
        column = f"'{name}" if name.startswith(FORMULA_STARTS) else name
        while column in (*ENTRY_COLUMNS, *columns):
            column = f"'{column}"
        columns.append(column)
    return columns


def answer_lines(people: Sequence[PersonAnswers], shown: frozenset[str]) -> bytes:
    """One JSON object a line for each answered screen, just as the browser sent it. Those of a part that was begun anew
    since do not count ("counts" is false), and are told by the ids that their screens had then.
    """
    lines = [
        json.dumps(
            {"participant": person.id, "slot": person.slot, "simulated": person.simulated, "step": step,
             "counts": counts, "at": answer.at, "data": dict(answer.data)},
            ensure_ascii=True,
        )
        for person in people if person.id in shown
        for counts, answers in ((True, person.answers), (False, person.set_aside))
        for step, answer in answers.items()
    ]  # fmt: skip
    return "".join(f"{line}\n" for line in lines).encode()


def zip_files(files: dict[str, bytes]) -> bytes:
    """The files in one archive; the same files give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
