"""Answer facts: what a file tells of an answer beside its words: the model, the day, the times, the settings, how it
ended and how it failed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from components.core.faults import faults_by_status
from components.models.end_reasons import read_reason
from components.models.transcripts.conversation_forms import ASKED_AGAIN_KEY, message_moment, told_moments
from components.models.transcripts.field_names import (
    END_NAMES,
    FIRST_NAMES,
    START_NAMES,
    find_waits,
    names_in_order,
    parse_seconds,
    plain_name,
    ranked_names,
)
from components.models.transcripts.json_values import unpack_json
from components.models.transcripts.message_forms import ReadMessage, as_list, as_object
from components.models.transcripts.message_parts import JsonObject
from components.models.transcripts.moment_forms import parse_moment
from components.models.transcripts.transcript_turn import finite_number

FAULT_BY_STATUS = {str(status): name for status, name in faults_by_status(logged=True).items()}
STOPPED_WORDS = ("interrupted", "cancelled", "canceled", "aborted", "abort")  # a record's words for a person's Stop
REASON_KEYS = ("finish_reason", "finishReason", "stop_reason", "stopReason", "done_reason")
REASON_GROUPS = ("incomplete_details", "finish_details", "metadata", "response_metadata")
GROUP_KEYS = (
    "timings", "timing", "metrics", "metadata", "stats", "options", "config", "generation_config", "generationConfig",
    "modelParameters", "model_parameters", "parameters", "invocation_params", "invocation_parameters", "extra", "eval",
    "performance", "settings", "params", "runSettings", "response_metadata", "attributes",
)  # fmt: skip
SETTING_NAMES: Mapping[str, str] = {
    "temperature": "temperature", "top p": "top_p", "max tokens": "max_tokens", "seed": "seed",
    "max completion tokens": "max_completion_tokens", "max output tokens": "max_tokens", "num predict": "max_tokens",
}  # fmt: skip
MINUTE_S, MILLISECOND_S, NANOSECOND_S = 60.0, 1e-3, 1e-9  # seconds
STATUS_KEYS = ("status_code", "response_status", "status", "code")
MAX_ERROR_CHARS = 500  # characters


@dataclass(frozen=True)
class ReadOptions:
    """How a file is read: each answer of a conversation or its last one; and whether 3/4/2026 is 3 April, None where
    that is not known.
    """

    every_answer: bool = False
    day_first: bool | None = None


def fact_groups(chain: Sequence[JsonObject]) -> list[JsonObject]:
    """The objects in which facts of an answer stand, and the groups inside each; those closest to the answer first."""
    groups = []
    for values in chain:
        if not values:
            continue
        groups.append(values)
        for name in GROUP_KEYS:
            if name in values and (inner := as_object(unpack_json(values[name]))):
                groups.append(inner)
                groups += [within for key in GROUP_KEYS if (within := as_object(inner.get(key)))]
    return groups


def answer_facts(chain: Sequence[JsonObject], options: ReadOptions) -> dict[str, Any]:
    """`model`, `made`, `date_text`, `settings`, `reason` and `said` of a turn, from the objects around its answer."""
    groups = fact_groups(chain)
    reason, said = end_reason(chain)
    return {"model": model_name(groups), "settings": told_settings(groups), "reason": reason, "said": said,
            **told_day(groups, options)}  # fmt: skip


def model_name(groups: Sequence[JsonObject]) -> str:
    """The model's name; "" where none is told."""
    for values in groups:
        for name in ranked_names(tuple(values), "model"):
            told = values[name]
            told = told.get("name") or told.get("id") if isinstance(told, Mapping) else told
            if isinstance(told, str) and told.strip():
                return told
        models = as_list(values.get("models"))
        if len(models) == 1 and isinstance(models[0], str):
            return models[0]
    return ""


def told_settings(groups: Sequence[JsonObject]) -> dict[str, Any]:
    """The settings that a file tells, under their usual names."""
    settings: dict[str, Any] = {}
    for values in groups:
        for name, value in values.items():
            if finite_number(value) is not None and (usual := SETTING_NAMES.get(plain_name(name))):
                settings.setdefault(usual, value)
    return settings


def told_day(groups: Sequence[JsonObject], options: ReadOptions) -> dict[str, str]:
    """`made`, an ISO date or "", and `date_text`, as the file writes it."""
    unreadable = ""
    for values in groups:
        for value, moment in told_moments(values, options.day_first):
            if moment is not None:
                return {"made": moment.date().isoformat(), "date_text": str(value)[:60]}
            unreadable = unreadable or (str(value)[:60] if looks_dated(value) else "")
    return {"made": "", "date_text": unreadable}


def looks_dated(value: object) -> bool:
    """Whether a value that is no moment seems to be meant as one."""
    return isinstance(value, str) and 5 < len(value) <= 60 and any(sign.isdigit() for sign in value)


def end_reason(chain: Sequence[JsonObject]) -> tuple[str, str]:
    """How an answer ended, as an end event tells it, and the record's own word where nobody knows it."""
    told: object = None
    for values in chain:
        groups = [values, *(as_object(values[name]) for name in REASON_GROUPS if name in values)]
        told = next((group[name] for group in groups for name in REASON_KEYS if group.get(name)), None)
        told = told or as_object(values.get("incomplete_details")).get("reason")
        told = told or as_object(as_object(values.get("metadata")).get("finish_details")).get("type")
        if isinstance(told, str):
            if plain_name(told) in STOPPED_WORDS:
                return "stopped", ""
            reason, word = read_reason(told)
            return ("other", word) if reason in ("other", "error") else (reason or "stop", "")
    return "stop", ""


def answer_times(
    chain: Sequence[JsonObject],
    options: ReadOptions,
    asked: ReadMessage | None = None,
    answer: ReadMessage | None = None,
) -> dict[str, Any]:
    """`first` and `total` in seconds, those of them that are told, and `unitless`; from lengths of time, from moments,
    else from the moments of the question and the answer.
    """
    groups = fact_groups(chain)
    if waits := server_waits(groups):
        return waits
    waits = find_waits([pair for group in groups for pair in group.items()])
    start, first, end = (
        told_moment(groups, names, options.day_first) for names in (START_NAMES, FIRST_NAMES, END_NAMES)
    )
    unitless = set(waits.get("unitless", ()))
    for which, moment in (("first", first), ("total", end)):
        if start is not None and moment is not None and (which == "first" or moment != start):
            waits[which] = (moment - start).total_seconds()
            unitless.discard(which)
    if "total" not in waits and asked is not None and answer is not None:
        waits |= said_between(asked, answer, options)
    return {**waits, "unitless": frozenset(unitless)}


def said_between(asked: ReadMessage, answer: ReadMessage, options: ReadOptions) -> dict[str, float]:
    """`total` in seconds from the moments of a question and its answer; nothing where they tell none, where their
    clocks count minutes only, or where the question was answered again later.
    """
    start, end = (message_moment(message.values, options.day_first) for message in (asked, answer))
    if start is None or end is None or answer.values.get(ASKED_AGAIN_KEY):
        return {}
    seconds = (end - start).total_seconds()
    return {"total": seconds} if seconds > 0 and seconds % MINUTE_S else {}


def server_waits(groups: Sequence[JsonObject]) -> dict[str, Any]:
    """`first` and `total` in seconds as llama.cpp's and Ollama's servers tell them; nothing where they do not."""
    for group in groups:
        if "predicted_ms" in group:
            told = [parse_seconds(group.get(name), MILLISECOND_S) for name in ("prompt_ms", "predicted_ms")]
        elif "eval_duration" in group:
            told = [parse_seconds(group.get(name), NANOSECOND_S) for name in ("prompt_eval_duration", "eval_duration")]
        else:
            continue
        loading_s = parse_seconds(group.get("load_duration"), NANOSECOND_S) or 0.0
        whole_s = parse_seconds(group.get("total_duration"), NANOSECOND_S) or 0.0
        if told[0] is not None and told[1] is not None:
            first_s = loading_s + told[0]
            return {"first": first_s, "total": max(first_s + told[1], whole_s)}
    return {}


def told_moment(groups: Sequence[JsonObject], names: tuple[str, ...], day_first: bool | None) -> datetime | None:
    """The moment under the first of these names; None where there is none."""
    for values in groups:
        for name in names_in_order(tuple(values), names):
            moment = parse_moment(values[name], day_first)
            if moment is not None:
                return moment
    return None


def told_error(values: JsonObject) -> object:
    """The error that an object reports, or its body; None where it reports none."""
    error = values.get("error")
    if error and not (isinstance(error, Mapping) and not any(error.values())):
        return error
    body = as_object(values.get("body"))
    return told_error(body) if body else None


def failure_facts(error: object, objects: Iterator[JsonObject] | Sequence[JsonObject]) -> dict[str, str]:
    """`error` and `fault` of a turn, from the error that a response reports and the status beside it."""
    inner = as_object(error)
    within = as_object(inner.get("error")) or inner
    codes = [values[name] for values in (*objects, inner, within) for name in STATUS_KEYS if values.get(name)]
    fault = next((FAULT_BY_STATUS[str(code)] for code in codes if str(code) in FAULT_BY_STATUS), "server")
    text = (within.get("message") or within.get("type") or inner.get("message")) if inner else error
    return {"error": str(text or "Error")[:MAX_ERROR_CHARS], "fault": fault}


def token_probabilities(chain: Sequence[JsonObject]) -> dict[str, Any]:
    """`tokens` with their logprobs and their `times`, [] where a row has none."""
    logprobs = next((found for values in chain if (found := as_object(values.get("logprobs")))), {})
    times = next((listed for values in chain if (listed := as_list(values.get("token_times")))), [])
    return {"tokens": as_list(logprobs.get("content")), "times": times}
