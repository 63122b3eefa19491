"""Ask bundled: asks the bundled model the questions whose answers are known, or goes on where it was left."""

from components.models.calibration import question_run
from components.models.calibration.answer_sets import append_answer
from components.models.local.local_model import LocalModel
from components.models.source import Settings


def main() -> None:
    """Ask the bundled model every question that comes with Parallax, at each temperature."""
    questions = question_run.known_questions()
    for temperature in question_run.TEMPERATURES:
        model = LocalModel(settings=Settings(temperature=temperature, max_tokens=question_run.MAX_ANSWER_TOKENS))
        path = question_run.ANSWERS_FOLDER / f"temperature-{temperature:g}.jsonl"
        done = question_run.resume_answers(path, model.card, questions)
        question_run.make_answer_set(model.card, questions, done).write(path)
        try:
            for number, row in enumerate(question_run.answer_questions(model, questions, done), len(done) + 1):
                append_answer(path, row)
                print(f"{number}/{len(questions)} {'right' if row.right else 'wrong'}: {row.asked} {row.answer}")  # noqa: T201
        finally:
            model.close()


if __name__ == "__main__":
    main()
