"""Row groups: rows of a file that belong together: messages of one conversation, steps of one trace, and a batch's
requests with their responses.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from components.core.explained import Explained
from components.models.transcripts import trace_rows
from components.models.transcripts.conversation_forms import session_name
from components.models.transcripts.message_forms import as_object, is_message
from components.models.transcripts.pair_sides import RESPONSE_NAMES, has_value, named_value, question_text

NumberedRow = tuple[int, Any]  # a row's number, and its value
BATCH_KEY = "custom_id"


def group_rows(rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
    """The rows of a file: what stands alone as it is, messages of one conversation as a list of them, a request and its
    response as one.
    """
    messages: dict[str, list[NumberedRow]] = {}
    traces: dict[str, list[NumberedRow]] = {}
    batches: dict[str, list[NumberedRow]] = {}
    for number, value in rows:
        values = as_object(value)
        if not values or "parallax" in values:
            yield number, value
        elif is_message_row(values):
            messages.setdefault(session_name(values), []).append((number, value))
        elif trace_rows.is_step(values) and trace_rows.trace_name(values) and not trace_rows.inner_steps(values):
            traces.setdefault(trace_rows.trace_name(values), []).append((number, value))
        elif has_value(values.get(BATCH_KEY)):
            batches.setdefault(str(values[BATCH_KEY]), []).append((number, value))
        else:
            yield number, value
    for several in messages.values():
        yield several[0][0], [value for _, value in several]
    for several in traces.values():
        yield from trace_group(several)
    for several in batches.values():
        yield from join_batch(several)


def is_message_row(values: dict[str, Any] | Any) -> bool:
    """Whether a row is one message of a conversation that stands in several rows."""
    if not is_message(values) or trace_rows.is_step(values):
        return False
    return not (question_text(values) and has_value(named_value(values, RESPONSE_NAMES)[1]))


def trace_group(rows: list[NumberedRow]) -> Iterator[NumberedRow]:
    """The rows of one trace: its model's answers each for itself, with why the other steps are none; without any such
    answer, the trace as a whole.
    """
    steps = [value for _, value in rows]
    generations = [step for step in steps if trace_rows.step_type(step) in trace_rows.GENERATION_TYPES]
    told = [step for step in generations if has_value(trace_rows.step_sides(step)[0])]
    if not told:
        yield rows[0][0], {"id": "", "observations": steps}
        for number, step in rows[1:]:
            yield number, Explained(f"{trace_rows.step_title(step)} belongs to the trace in row {rows[0][0]:,}.")
        return
    for number, step in rows:
        if step in generations:
            yield number, step
        else:
            yield number, Explained(f"{trace_rows.step_title(step)} is a step of a trace, not the answer of a model.")


def join_batch(rows: list[NumberedRow]) -> Iterator[NumberedRow]:
    """A batch's request and its response as one row, where both are there; else each row as it is."""
    asked = [row for row in rows if row[1].get("body") or row[1].get("params")]
    answered = [row for row in rows if row not in asked]
    if not asked or not answered:
        yield from rows
        return
    for number, value in answered:
        yield number, {**asked[0][1], **value}
