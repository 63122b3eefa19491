"""Calibrate bundled: works out anew what the bundled model's scores are worth, from its kept answers."""

from components.models.bundled import prepare_bundled
from components.models.calibration import calibration_files
from components.models.calibration.answer_sets import AnswerSet
from components.models.calibration.question_run import ANSWERS_FOLDER
from components.report.results.score_worth import ScoreWorth, made_calibrations, score_worths, worth_line


def main() -> None:
    """Work out what the bundled model's scores are worth, say it and keep it."""
    worths: list[ScoreWorth] = []
    answer_sets = [AnswerSet.read(file) for file in ANSWERS_FOLDER.glob("*.jsonl")]
    for answers in sorted(answer_sets, key=lambda answers: answers.temperature):
        right = sum(row.right for row in answers.rows)
        print(f"{answers.card.name} at temperature {answers.temperature:g}: {right} of {len(answers.rows)} right")  # noqa: T201
        for worth in score_worths(answers):
            print("  " + worth_line(worth))  # noqa: T201
            worths.append(worth)
    calibration_files.write_calibrations(
        calibration_files.SHIPPED_FOLDER / f"{prepare_bundled.MODEL_NAME}.json", made_calibrations(worths)
    )


if __name__ == "__main__":
    main()
