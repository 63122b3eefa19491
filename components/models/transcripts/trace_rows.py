"""Trace rows: what an observability tool exported: traces, observations, runs and spans, under any tool's names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from components.core.explained import Explained
from components.models.transcripts.answer_facts import ReadOptions
from components.models.transcripts.field_names import plain_name
from components.models.transcripts.json_values import nested_names, unpack_json
from components.models.transcripts.message_forms import (
    as_list,
    as_object,
    join_names,
    spoken_message,
)
from components.models.transcripts.message_parts import JsonObject
from components.models.transcripts.pair_sides import AnswerSide, has_value, read_answered, read_asked
from components.models.transcripts.row_turns import failure_turn, pair_turns
from components.models.transcripts.transcript_turn import Turn

GENERATION_TYPES = ("GENERATION", "LLM", "CHAT", "COMPLETION", "TEXT_COMPLETION", "GENERATE_CONTENT", "CHAT_MODEL")
OTHER_TYPES = ("SPAN", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL",
               "RERANKER", "PROMPT", "PARSER", "RUN", "WORKFLOW", "TASK", "UNKNOWN", "INTERNAL", "SERVER",
               "CLIENT")  # fmt: skip
OUTER_TYPES = ("AGENT", "CHAIN", "WORKFLOW", "SPAN", "RUN", "TASK", "UNKNOWN", "")  # that can stand for a whole trace
TYPE_KEYS = ("type", "run_type", "runType", "span_kind", "spanKind", "observation_type")
STEP_KEYS = ("observations", "child_runs", "spans", "runs", "steps")
PAGE_KEYS = (
    "traces",
    "data",
    "resourceSpans",
    "scopeSpans",
    "batches",
    "resource_spans",
    "scope_spans",
    "runs",
    "spans",
)
INPUT_KEYS = ("input", "inputs")
OUTPUT_KEYS = ("output", "outputs")
MAX_TRACE_DEPTH = 8  # levels of steps inside steps
EMPTY_ANSWER = spoken_message("assistant", "")


def is_trace(values: JsonObject) -> bool:
    """Whether a row is a trace, a step of one, or a page of them."""
    return is_step(values) or any(
        is_step(first) or any(name in first for name in ("scopeSpans", "scope_spans"))
        for name in PAGE_KEYS
        if name in values and (first := as_object(next(iter(as_list(values[name])), None)))
    )


def is_step(values: JsonObject) -> bool:
    """Whether an object is a trace or a step of one."""
    sides = any(name in values for name in (*INPUT_KEYS, *OUTPUT_KEYS))
    if step_type(values) and (sides or has_span_attributes(values)):
        return True
    whole = {"timestamp", "input", "output"} <= values.keys() and "messages" not in values
    inner = as_object(values.get("trace"))
    return whole or (isinstance(values.get("observations"), list) and bool(sides or inner or "id" in values)) or (
        has_span_attributes(values)
    )  # fmt: skip


def has_span_attributes(values: JsonObject) -> bool:
    """Whether an object is a span whose attributes tell of a model, as OpenTelemetry writes them."""
    attributes = values.get("attributes")
    if not attributes:
        return False
    nested = nested_names(attributes)
    return any(name in nested for name in ("llm", "gen_ai", "openinference", "input", "output", "traceloop"))


def step_type(values: JsonObject) -> str:
    """What kind of step an object says it is, in capitals; "" where it is none that is known."""
    told = [values.get(name) for name in TYPE_KEYS]
    if values.get("attributes"):
        attributes = nested_names(values["attributes"])
        told += [as_object(as_object(attributes.get("openinference")).get("span")).get("kind")]
        told += [as_object(as_object(attributes.get("gen_ai")).get("operation")).get("name")]
    known = (str(name).upper() for name in told if isinstance(name, str))
    return next((name for name in known if name in GENERATION_TYPES or name in OTHER_TYPES), "")


def step_sides(values: JsonObject) -> tuple[Any, Any]:
    """(what was asked, what was answered) of a step, None where it tells nothing of it."""
    asked = next((values[name] for name in INPUT_KEYS if has_value(values.get(name))), None)
    answered = next((values[name] for name in OUTPUT_KEYS if has_value(values.get(name))), None)
    if not values.get("attributes"):
        return asked, answered
    attributes = nested_names(values["attributes"])
    llm, gen_ai = as_object(attributes.get("llm")), as_object(attributes.get("gen_ai"))
    asked_forms = (llm.get("input_messages"), as_object(gen_ai.get("input")).get("messages"), gen_ai.get("prompt"),
                   as_object(attributes.get("input")).get("value"), llm.get("prompts"))  # fmt: skip
    answered_forms = (llm.get("output_messages"), as_object(gen_ai.get("output")).get("messages"),
                     gen_ai.get("completion"),
                      as_object(attributes.get("output")).get("value"))  # fmt: skip
    return (
        asked or next(filter(has_value, asked_forms), None),
        answered or next(filter(has_value, answered_forms), None),
    )


def step_chain(values: JsonObject) -> list[JsonObject]:
    """The objects in which the facts of a step stand."""
    if not values.get("attributes"):
        return [values]
    attributes = nested_names(values["attributes"])
    llm, gen_ai = as_object(attributes.get("llm")), as_object(attributes.get("gen_ai"))
    parameters = as_object(unpack_json(llm.get("invocation_parameters")))
    plain = {name: value for name, value in values.items() if name != "attributes"}
    return [llm, parameters, as_object(gen_ai.get("response")), as_object(gen_ai.get("request")), plain]


def trace_turns(values: JsonObject, options: ReadOptions) -> Iterator[Turn | Explained]:
    """Every model answer in a row; what cannot be read of it is said in its place."""
    pages = [page for name in PAGE_KEYS for page in as_list(values.get(name)) if isinstance(page, dict)]
    if pages and not is_step(values):
        yield from page_turns(pages, options)
        return
    trace = as_object(values.get("trace")) or values
    steps = list(inner_steps(values)) + (list(inner_steps(trace)) if trace is not values else [])
    yield from steps_turns(trace, steps, options)


def page_turns(pages: Sequence[JsonObject], options: ReadOptions) -> Iterator[Turn | Explained]:
    """The answers in a page: of each trace in it, and of the steps that it lists without their trace."""
    loose = [page for page in pages if step_type(page) and not inner_steps(page)]
    for steps in split_traces(loose):
        yield from steps_turns({}, steps, options)
    for page in pages:
        if not step_type(page) or inner_steps(page):
            yield from trace_turns(page, options)


def split_traces(steps: list[JsonObject]) -> list[list[JsonObject]]:
    """The steps of each trace in a list; each that names no trace by itself."""
    traces: dict[str, list[JsonObject]] = {}
    for number, step in enumerate(steps):
        traces.setdefault(trace_name(step) or f"step {number}", []).append(step)
    return list(traces.values())


def trace_name(step: JsonObject) -> str:
    """The id of the trace that a step belongs to; "" where it names none."""
    context = as_object(step.get("context"))
    found = (values[name] for values in (step, context) for name in values if plain_name(name) == "trace id")
    return next((str(id) for id in found if id), "")


def inner_steps(values: JsonObject, depth: int = 0) -> list[JsonObject]:
    """The steps inside a trace or a step, those inside them as well."""
    steps: list[JsonObject] = []
    for name in STEP_KEYS if depth < MAX_TRACE_DEPTH else ():
        for step in as_list(values.get(name)):
            if isinstance(step, dict):
                steps += [step, *inner_steps(step, depth + 1)]
    return steps


def steps_turns(trace: JsonObject, steps: list[JsonObject], options: ReadOptions) -> Iterator[Turn | Explained]:
    """The answers among the steps of a trace; where they hold none, what the trace or its outermost step says."""
    everything = ([trace] if trace else []) + steps
    generations = [step for step in everything if step_type(step) in GENERATION_TYPES]
    results = [result for step in generations for result in step_results(step, options)]
    if any(isinstance(result, Turn) and (result.answer.strip() or result.fault) for result in results):
        yield from results
        return
    for outer in sorted((s for s in everything if step_type(s) in OUTER_TYPES), key=lambda s: outer_rank(s, trace)):
        found = [
            result for result in step_results(outer, options) if isinstance(result, Turn) and result.answer.strip()
        ]
        if found:
            notes = [
                f"{step_title(step)} holds no words, so what the whole trace says was taken." for step in generations
            ]
            yield from (replace(turn, notes=(*turn.notes, *notes[:1])) for turn in found)
            return
    yield from results or [Explained(no_generation_text(everything, options))]


def outer_rank(step: JsonObject, trace: JsonObject) -> tuple[bool, bool, int]:
    """How far outside a step of a trace stands; the trace itself is the outermost."""
    parent = next((step[name] for name in step if plain_name(name).startswith("parent") and step[name]), None)
    return step is not trace, parent is not None, OUTER_TYPES.index(step_type(step))


def no_generation_text(steps: list[JsonObject], options: ReadOptions) -> str:
    """Why a trace has no answer."""
    if len(steps) == 1 and step_type(steps[0]) in (*OUTER_TYPES, ""):
        [problem] = list(step_results(steps[0], options))[:1]
        if isinstance(problem, Explained):
            return problem.what
        return f"{step_title(steps[0])} has no answer."
    titles = list(dict.fromkeys(map(step_title, steps)))[:4]
    return f"{join_names(titles)}: not the answer of a model."


def step_title(step: JsonObject) -> str:
    """A step's name and kind as a sentence calls it."""
    name = step.get("name")
    kind = step_type(step).lower()
    return f"“{name[:60]}”{f' ({kind})' if kind else ''}" if isinstance(name, str) and name else f"A {kind or 'trace'}"


def step_results(step: JsonObject, options: ReadOptions) -> Iterator[Turn | Explained]:
    """The answers of one step; why there is none, with the step's name, in their place."""
    try:
        yield from step_turns(step, options)
    except Explained as problem:
        name = step.get("name")
        yield Explained(f"“{name[:60]}”: {problem.what}") if isinstance(name, str) and name else problem


def step_turns(step: JsonObject, options: ReadOptions) -> Iterator[Turn]:
    """The turns of one step. Explained where it holds no question in words."""
    asked_value, answered_value = step_sides(step)
    asked, chain = read_asked(asked_value), step_chain(step)
    sides = read_answered(answered_value)
    if (error := step_error(step)) and not any(side.message.text for side in sides):
        yield failure_turn(asked, error, chain, options)
    else:
        yield from pair_turns(asked, sides or [AnswerSide(EMPTY_ANSWER)], chain, options)


def step_error(step: JsonObject) -> object:
    """The error of a step that failed; None where it went well."""
    fields = {plain_name(name): value for name, value in step.items() if has_value(value)}
    status = fields.get("status")
    code = as_object(status).get("code") or fields.get("status code") or status
    failed = str(fields.get("level")).upper() == "ERROR" or str(code).upper() in ("ERROR", "STATUS_CODE_ERROR", "2")
    told = fields.get("status message") or as_object(status).get("message") or fields.get("error")
    return told or "Error" if failed or fields.get("error") else None
