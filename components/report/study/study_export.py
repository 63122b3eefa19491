"""Study export: a study's data as files that R, Python and a spreadsheet open, with a codebook of every column."""

import io
import json
import zipfile
from collections.abc import Sequence

from components.report.results.ratings_export import ratings_csv
from components.report.study.preregistration import preregistration_json, preregistration_markdown
from components.report.study.study_codebook import codebook_frame
from components.store.study_people_frame import StudyFrames
from components.study.frozen_study import FrozenStudy
from components.study.person_answers import PersonAnswers


def study_files(frozen: FrozenStudy, frames: StudyFrames, people: Sequence[PersonAnswers]) -> dict[str, bytes]:
    """Every file of a study by name: tables as CSV, raw answers as JSON lines, the codebook, and the plan.

    Who withdrew is in none of them. `people` may hold more than the frames do: only who is in the frames is written.
    """
    tables = {
        "trials.csv": frames.trials, "people.csv": frames.people, "scores.csv": frames.scores,
        "questionnaires.csv": frames.items, "codebook.csv": codebook_frame(),
    }  # fmt: skip
    return {
        **{name: ratings_csv(table) for name, table in tables.items()},
        "answers.jsonl": answer_lines(people, frozenset(frames.people["participant"])),
        "preregistration.json": json.dumps(preregistration_json(frozen), ensure_ascii=False).encode(),
        "preregistration.md": preregistration_markdown(frozen).encode(),
    }


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
