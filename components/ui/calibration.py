"""Calibration: what a model's confidence is worth, measured with questions whose answers are known."""

import streamlit as st

from components.charts import look, reliability
from components.core.calibration import Calibration
from components.core.explained import Explained
from components.models import calibrate, calibrations
from components.models.model import Model
from components.report.calibrate import worths
from components.server.home import home
from components.ui import theme


def show(id: str) -> None:
    """What is known about the scores of the model with this id, and the way to measure it."""
    try:
        model = home().wired(id)
        known = calibrations.known(model.card)
    except Explained as problem:
        theme.show(problem)
        return
    with st.expander("Confidence: calibrated" if known else "Confidence: not calibrated yet"):
        asked = calibrate.known_questions()
        st.caption(
            f"Asks {len(asked)} short questions whose answers are known, and compares how sure the model was with how "
            "often it was right. Half of the answers fit the scores, the other half test them. It takes a few minutes."
        )
        if st.button("Calibrate" if not known else "Calibrate again", key=f"calibrate-{id}"):
            known = measured(model, asked) or known
        if known:
            drawn(id, known)


def measured(model: Model, asked: tuple[calibrate.Known, ...]) -> tuple[Calibration, ...]:
    """Ask everything, with its progress, and keep what came of it; () where the model broke off."""
    bar, rows = st.progress(0.0, "Asking …"), []
    try:
        for row in calibrate.run(model, asked):
            rows.append(row)
            right = sum(one.right for one in rows)
            bar.progress(len(rows) / len(asked), f"{len(rows)} of {len(asked)} answers, {right} right")
        found = worths(calibrate.answers(model.card, asked, rows))
        made = tuple(one.calibration for one in found if one.calibration is not None)
        if not made:
            raise Explained(
                "No kind of score could be calibrated.", "Nothing was changed.", found[0].why if found else ""
            )
        calibrations.keep(made)
        return made
    except Explained as problem:
        theme.show(problem)
        return ()
    finally:
        bar.empty()


def drawn(id: str, known: tuple[Calibration, ...]) -> None:
    """The reliability diagram of one kind of score."""
    named = {f"{one.source}{f', first {one.look} tokens' if one.look else ''}, temperature {one.temperature:g}": one
             for one in known}  # fmt: skip
    chosen = named[st.selectbox("Score", list(named), key=f"score-{id}")]
    found = chosen.found
    low, high = found.auc_interval
    st.caption(
        f"Fitted on {chosen.fitted} answers, tested on {sum(count for _, count, _ in found.counts)}. "
        f"A right answer scores over a wrong one in {100 * found.auc:.0f} % of pairs ({100 * low:.0f} to "
        f"{100 * high:.0f}). Mean squared distance from the truth {found.brier:.3f}."
    )
    st.plotly_chart(
        reliability.reliability(found, st.context.theme.type == "dark"), theme=None, config=look.QUIET,
        key=f"reliability-{id}", alt=reliability.told(found),
    )  # fmt: skip
