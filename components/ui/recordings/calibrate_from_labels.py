"""Calibrate from labels: what scores are worth, measured with the recordings that people judged right or wrong."""

from datetime import UTC, datetime

import streamlit as st

from components.core.explained import Explained
from components.core.prompt import content_id
from components.models.calibration import answer_sets, calibration_files
from components.report.results.score_worth import missing_labels, score_worths
from components.ui.models import calibrate_model
from components.ui.shared import state
from components.ui.shared.problems import defer_problems


def show() -> None:
    """For a model whose answers were judged: how many labels are missing, or what they show."""
    judged = state.shared_store().judged_counts()
    with st.expander("What are the scores worth?", key="labelled"):
        st.caption(
            "Judge answers right or wrong, and Parallax works out how often an answer is right when the model is that "
            "sure. Badges and hedges then say it. Each answer is tested with what was worked out from the others."
        )
        name = st.selectbox("Model", list(judged), key="labelled-model", placeholder="No answer was judged yet")
        if name is None:
            st.caption(missing_labels(0, 0, 0))
            return
        counts, id = judged[name], f"labelled-{content_id(name)[:12]}"
        st.caption(f"{counts.right:,} judged right and {counts.wrong:,} wrong, to {counts.questions:,} questions.")
        missing = missing_labels(counts.right, counts.wrong, counts.questions)
        calibrations = calibration_files.label_calibrations(name)
        with st.container(horizontal=True, vertical_alignment="center"):
            if missing:
                st.caption(missing)
            elif st.button("Calibrate again" if calibrations else "Calibrate", key=f"{id}-go"):
                with st.spinner("Working it out …"):
                    measure_labels(name)
                st.rerun()
            if calibrations:
                st.button("Stop using it", on_click=drop_label_calibrations, args=(name,), key=f"{id}-stop")
        if calibrations:
            calibrate_model.draw_reliability(id, calibrations)


@defer_problems()
def measure_labels(name: str) -> None:
    """Work out what a model's scores are worth and keep it; what it cannot be worked out from is said."""
    today = datetime.now(UTC).date().isoformat()
    sets = answer_sets.answers_from_labels(state.shared_store().labelled_recordings(name), today)
    worths = [worth for answers in sets for worth in score_worths(answers)]
    calibrations = tuple(worth.calibration for worth in worths if worth.calibration is not None)
    if not calibrations:
        raise Explained(
            worths[0].why if worths else "These answers do not tell how likely their words were.",
            "Every mark is kept.",
            "Judge answers of a model that gives the probabilities of its words, and of one version of it.",
        )
    calibration_files.keep_calibrations(calibrations)


@defer_problems()
def drop_label_calibrations(name: str) -> None:
    """Badges mean again what they meant without the labels, which stay."""
    calibration_files.forget_labels(name)
