"""Calibrate a model: what a model's confidence is worth, measured with questions whose answers are known."""

import streamlit as st

from components.charts import chart_look, reliability_chart
from components.core.calibration import Calibration
from components.core.card import Card
from components.layers.confidence.score import CLASSIFICATION_TASK
from components.models.calibration import calibration_files, question_run
from components.server.app_context import app_context
from components.server.jobs.calibration_jobs import CalibrationJob
from components.ui.shared.glossary import term_meaning
from components.ui.shared.problems import defer_problems, page_part, show_problem, show_problems


def show(id: str) -> None:
    """What is known about the scores of the model with this id, and the way to measure it."""
    with show_problems():
        card = app_context().models.get(id).card
        show_scores(id, card, calibration_files.calibrations_for(card))


def show_scores(id: str, card: Card, calibrations: tuple[Calibration, ...]) -> None:
    """How much is known, and under it the way to measure it or how far that is."""
    if card.settings.get("task") == CLASSIFICATION_TASK:
        st.caption("This model sorts texts into classes. How sure it is, it says itself: the probability of the class.")
        return
    job = app_context().calibrations.find(id)
    working = job is not None and job.going
    label = "measuring" if working else "calibrated" if calibrations else "not calibrated yet"
    with st.expander(f"Confidence: {label}", expanded=job is not None, key=f"confidence-{id}"):
        if job is not None and working:
            show_progress(id, job)
        else:
            offer_calibration(id, job, bool(calibrations))
        if calibrations:
            draw_reliability(id, calibrations)


def offer_calibration(id: str, job: CalibrationJob | None, is_calibrated: bool) -> None:
    """What a calibration does, its button, and the last problem with it, drawn."""
    st.caption(
        f"Asks {len(question_run.known_questions())} short questions whose answers are known, and compares how sure "
        "the model was with how often it was right. Every answer is tested with what was worked out from the others. "
        "It takes some minutes, and goes on while you are elsewhere."
    )
    progress = job.progress if job is not None else None
    if progress is not None and progress.problem is not None:
        show_problem(progress.problem)
    begun = progress is not None and 0 < progress.done < progress.total
    again = "Go on" if begun else "Calibrate again" if is_calibrated else "Calibrate"
    st.button(again, key=f"calibrate-{id}", on_click=begin_calibration, args=(id,))


@defer_problems()
def begin_calibration(id: str) -> None:
    """Begin or resume the calibration. A problem is shown at the next drawing."""
    app_context().calibrations.begin(id)


@page_part(1.0)
def show_progress(id: str, job: CalibrationJob) -> None:
    """How far the calibration is, drawn anew every second, with a button that stops it."""
    if not job.going:
        st.rerun()
    progress = job.progress
    left = f", about {progress.remaining / 60:.0f} min left" if progress.remaining and progress.remaining > 45 else ""
    st.progress(progress.done / progress.total, f"{progress.done} of {progress.total} answers, {job.right} right{left}")
    st.caption("You can leave this page; it goes on.")
    if st.button("Stop", key=f"stop-{id}"):
        job.pause()
        st.rerun()


def draw_reliability(id: str, calibrations: tuple[Calibration, ...]) -> None:
    """The reliability diagram of the chosen kind of score, drawn."""
    chosen = st.selectbox(
        "Kind of score", calibrations, format_func=score_label, key=f"score-{id}", help=term_meaning("Score")
    )
    test = chosen.found
    low, high = test.auc_interval
    basis = (
        f"Worked out from {test.n} answers, each tested with what was worked out from the others."
        if chosen.cross_fitted
        else f"Worked out from {chosen.fitted} answers, tested on {test.n} others."
    )
    st.caption(
        f"{basis} Of a right answer and a wrong one, the right one has the higher score in "
        f"{100 * test.auc:.0f} % of pairs ({100 * low:.0f} to {100 * high:.0f}); 50 % would be chance. "
        f"How far the claims are from the truth: {test.brier:.3f} (0 is best; Brier score)."
    )
    st.plotly_chart(
        reliability_chart.reliability_figure(test, st.context.theme.type == "dark"), theme=None,
        config=chart_look.CHART_CONFIG,
        key=f"reliability-{id}", alt=reliability_chart.alt_text(test),
    )  # fmt: skip


def score_label(calibration: Calibration) -> str:
    """A calibration's label: its kind of score, tokens, temperature, and whether people judged."""
    of = f", first {calibration.look} tokens" if calibration.look else ""
    by = ", judged by people" if calibration_files.rests_on_labels(calibration) else ""
    return f"{calibration.source}{of}, temperature {calibration.temperature:g}{by}"
