"""Calibrate bundled: works out anew what the bundled model's scores are worth, from its kept answers."""

from components.models.bundled import prepare_bundled
from components.models.calibration import calibration_files
from components.models.calibration.answer_sets import Answers
from components.models.calibration.question_run import FOLDER
from components.report.results.score_worth import Worth, made_calibrations, told, worths


def main() -> None:
    """Work out what the bundled model's scores are worth, say it and keep it."""
    found: list[Worth] = []
    kept = [Answers.read(file) for file in FOLDER.glob("*.jsonl")]
    for answers in sorted(kept, key=lambda each: each.temperature):
        right = sum(row.right for row in answers.rows)
        print(f"{answers.card.name} at temperature {answers.temperature:g}: {right} of {len(answers.rows)} right")  # noqa: T201
        for one in worths(answers):
            print("  " + told(one))  # noqa: T201
            found.append(one)
    calibration_files.write_calibrations(
        calibration_files.SHIPPED / f"{prepare_bundled.NAME}.json", made_calibrations(found)
    )


if __name__ == "__main__":
    main()
