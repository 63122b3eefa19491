"""Jobs line: on every page, what goes on in the background and how far it is, with pause, and a notice at its end."""

from dataclasses import dataclass

import streamlit as st

from components.prompts.packs import pack_items
from components.server.app_context import app_context
from components.server.jobs.job_runner import Job, JobProgress
from components.ui.shared import state, theme
from components.ui.shared.problems import page_part, show_problem, show_problems

POLL_S = 2.0  # seconds between looks, while anything goes on


@dataclass(frozen=True)
class ShownJob:
    """A job as it is told of: its id on the page, what it does, short and whole, and where its results are."""

    id: str
    verb: str
    title: str
    place: str
    job: Job

    def resume(self) -> None:
        """Go on where it was left. Explained where it cannot."""
        context, (kind, _, id) = app_context(), self.id.partition("-")
        if kind == "calibration":
            context.calibrations.begin(id)
        else:
            context.batches.resume(id, pack_items(context.batches.open[id].record.pack))


def open_jobs() -> list[ShownJob]:
    """Every job that this server has begun since it was started."""
    context = app_context()
    recording = [
        ShownJob(f"batch-{id}", "Recording", f"“{job.record.pack}” with {job.record.card.name}", "Recordings", job)
        for id, job in tuple(context.batches.open.items())
    ]
    calibrating = [
        ShownJob(f"calibration-{id}", "Calibrating", job.card.name, "Models", job)
        for id, job in tuple(context.calibrations.open.items())
    ]
    return [*recording, *calibrating]


def show() -> None:
    """The line in the frame of every page, drawn where this tab saw a job at work that has not ended."""
    here, shown = state.page_state(), watched_jobs()
    here.polls_jobs = any(shown_job.job.at_work for shown_job in shown)
    if shown:
        page_part(POLL_S if here.polls_jobs else None)(show_line)()


def follow_job() -> None:
    """Draw the page again where a job goes on that the line does not tell of yet: for parts that are drawn alone."""
    here = state.page_state()
    if not here.polls_jobs and any(shown.job.going for shown in open_jobs()):
        here.polls_jobs = True
        st.rerun()


def watched_jobs() -> list[ShownJob]:
    """The jobs that are at work, and those that this tab saw at work and has not told the end of."""
    here, jobs = state.page_state(), open_jobs()
    here.jobs |= {shown.id for shown in jobs if shown.job.going}
    return [shown for shown in jobs if shown.id in here.jobs]


def show_line() -> None:
    """How far each job is, with its button, drawn anew every few seconds; what came to its end is told once."""
    here, shown = state.page_state(), watched_jobs()
    if here.polls_jobs and not any(shown_job.job.at_work for shown_job in shown):
        st.rerun()  # so that nothing is looked for any more
    pairs = [(shown_job, shown_job.job.progress) for shown_job in shown]
    with st.container(key="frame-jobs", width="content"), st.popover(line_label(pairs), icon=":material/sync:"):
        for shown_job, progress in pairs:
            show_job(shown_job, progress)
    for shown_job, progress in pairs:
        if progress.state == "done":
            here.jobs.discard(shown_job.id)
            st.toast(theme.inert_label(end_text(shown_job, progress)), icon=":material/check:")
        elif progress.problem and not shown_job.job.at_work and shown_job.id not in here.told_jobs:
            here.told_jobs.add(shown_job.id)
            st.toast(theme.inert_label(f"{shown_job.verb} {shown_job.title} paused: {progress.problem.what}"))


def line_label(pairs: list[tuple[ShownJob, JobProgress]]) -> str:
    """The words of the line: what is done, and how far."""
    done = sum(progress.done + progress.failed for _, progress in pairs)
    total = sum(progress.total for _, progress in pairs)
    verb = pairs[0][0].verb if len(pairs) == 1 else f"{len(pairs)} jobs"
    return f"{verb} {done} of {total}" if any(shown.job.at_work for shown, _ in pairs) else f"Paused, {done} of {total}"


def show_job(shown: ShownJob, progress: JobProgress) -> None:
    """How far one job is, and the button that pauses it or goes on with it, drawn."""
    done = progress.done + progress.failed
    st.progress(min(1.0, done / max(1, progress.total)), theme.inert_label(f"{shown.verb} {shown.title}"))
    st.caption(f"{done} of {progress.total}{failed_words(progress)}, {state_words(shown.job, progress)}")
    if progress.problem and not shown.job.at_work:
        show_problem(progress.problem)
    if shown.job.going:
        if st.button("Pause", key=f"pause-{shown.id}"):
            shown.job.pause()
            st.rerun(scope="fragment")
    elif progress.state != "done" and st.button("Go on", key=f"resume-{shown.id}"):
        with show_problems():
            shown.resume()
            state.page_state().told_jobs.discard(shown.id)
            st.rerun()


def failed_words(progress: JobProgress) -> str:
    """How many failed, after a comma; "" where none did."""
    return f", {progress.failed} of them failed" if progress.failed else ""


def state_words(job: Job, progress: JobProgress) -> str:
    """What a job does just now, and how long it still takes where that is known."""
    if job.at_work and not job.going:
        return "pausing after the answer that is under way"
    if progress.state == "waiting":
        return "waiting while somebody asks the model"
    if progress.state != "working":
        return progress.state
    left = progress.remaining
    return "working" if left is None else f"about {left / 60:.0f} min left" if left > 90 else f"about {left:.0f} s left"


def end_text(shown: ShownJob, progress: JobProgress) -> str:
    """What came of a job that ended, and where it is."""
    return (
        f"{shown.verb} {shown.title} is done: {progress.done} of {progress.total}"
        f"{failed_words(progress)}. It is on {shown.place}."
    )
