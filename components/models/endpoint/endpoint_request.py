"""Endpoint request: what an endpoint is asked with, and what is left out of it once it was refused."""

import re
from collections.abc import Iterable
from typing import Any

from components.core.prompt import Message, Prompt, join_instructions
from components.models.endpoint.endpoint_errors import RefusedRequest
from components.models.source import Settings

MAX_ALTERNATIVES = 5
ACCEPTED_TYPES = "text/event-stream, application/json"
# What is left out by itself where a server refuses a question and does not say what of it, the least missed first.
GUESSED_PARAMETERS = ("logprobs", "seed", "top_p", "temperature")
OPTIONAL_PARAMETERS = (*GUESSED_PARAMETERS, "stop", "max_tokens", "max_completion_tokens", "stream")
REFUSAL_STATUSES = (0, 400, 403, 404, 415, 422, 500, 501)  # with which servers refuse a parameter; 0 is within a stream
GUESSING_STATUSES = (400, 422)
REFUSING = re.compile(
    r"unsupported|not (be )?(support|permit|allow|enabl|recogni|implement|valid|accept|available)\w*|does ?n.t support"
    r"|unrecogni|unknown|unexpected|extra (input|field)|forbidden|invalid (param|arg|field)|must be verified"
    r"|only the default|can(not|'t) (be )?|deprecated|incompatible|remove"
)
OUT_OF_RANGE = re.compile(
    r"between|less than|greater than|at (most|least)|too (large|high|big|small)|range|maximum|<=|>="
)
REFUSAL_REMARKS = {
    "logprobs": "It refuses to give probabilities, and is asked without them.",
    "temperature": "It refuses a temperature, and answers with its own.",
    "top_p": "It refuses a top p, and answers with its own.",
    "seed": "It refuses a seed: the same question may get other words.",
    "stop": "It refuses words to stop before, and is asked without them.",
    "max_tokens": "It wants the longest answer under another name (max_completion_tokens), and gets it so.",
    "max_completion_tokens": "It refuses a longest answer, and answers as long as it likes.",
    "stream": "It refuses to stream: its whole answer comes at once.",
}  # fmt: skip


def request_body(model: str, settings: Settings, prompt: Prompt, refused: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON body of a question, without the parameters that were `refused`."""
    left = set(refused)
    told = (Message("system", settings.system),) if settings.system else ()
    said = join_instructions(told + prompt.conversation)
    turns = [{"role": message.role, "content": message.text} for message in said]
    begun = [{"role": "assistant", "content": prompt.partial}] if prompt.partial else []
    wanted: dict[str, Any] = {
        "stream": True, "temperature": settings.temperature, "top_p": settings.top_p,
        "max_completion_tokens" if "max_tokens" in left else "max_tokens": settings.max_tokens,
        "seed": settings.seed, "stop": list(settings.stop) or None, "logprobs": True,
    }  # fmt: skip
    body = {name: value for name, value in wanted.items() if value is not None and name not in left}
    if "logprobs" in body:
        body["top_logprobs"] = MAX_ALTERNATIVES
    return {"model": model, "messages": [*turns, *begun], **body}


def request_headers(key: str) -> dict[str, Any]:
    """The headers of a question, with the key where there is one."""
    return {"Accept": ACCEPTED_TYPES, **({"Authorization": f"Bearer {key}"} if key else {})}


def refused_parameters(error: RefusedRequest, body: dict[str, Any]) -> tuple[str, ...]:
    """The parameters of a question that a refusal names, those to leave out of the next one; empty where it is of
    something else.
    """
    if error.status not in REFUSAL_STATUSES or error.fault in ("context", "credit", "rate", "unloaded", "instruction"):
        return ()
    text = error.message.words.lower()
    asked = [name for name in OPTIONAL_PARAMETERS if name in body]
    named = [name for name in asked if names_parameter(name, text) or name in error.message.params]
    if "logprobs" in body and ("top_logprobs" in error.message.params or "logprob" in text):
        return ("logprobs",)  # whatever is wrong with them
    renamed = [name for name in named if name == "max_tokens" and "max_completion_tokens" in text]
    if renamed or not named:
        return tuple(renamed)
    is_verdict = bool(REFUSING.search(text)) or any("unsupported" in code for code in error.message.codes)
    if not is_verdict or (OUT_OF_RANGE.search(text) and not re.search("unsupported|only the default", text)):
        return ()
    return tuple(named[:1])


def names_parameter(name: str, text: str) -> bool:
    """Whether a text in small letters names a parameter."""
    spelled = name.replace("_", "[_ -]?")
    if name in ("stop", "stream", "seed"):  # which are also words of English
        return bool(re.search(rf"['\"`]{name}(ing)?['\"`]|\b{name}ing\b.{{0,30}}support|to {name} this", text))
    return bool(re.search(rf"(?<![a-z_]){spelled}(?![a-z_])", text))


def guessed_parameter(error: RefusedRequest, body: dict[str, Any]) -> tuple[str, ...]:
    """The next parameter to leave out, as an attempt, where a refusal does not say what it is about."""
    if error.status == 500 and "logprobs" in body:
        return ("logprobs",)  # some servers break over them
    if error.status not in GUESSING_STATUSES or error.fault != "request":
        return ()
    return next(((name,) for name in GUESSED_PARAMETERS if name in body), ())


def refusal_remarks(refused: Iterable[str]) -> tuple[str, ...]:
    """What is to be known of a model that refused these parameters, a sentence each."""
    names = set(refused)
    if "max_completion_tokens" in names:
        names.discard("max_tokens")
    return tuple(sentence for name, sentence in REFUSAL_REMARKS.items() if name in names)
