"""Fault cures: what is wrong with an endpoint in plain words, and what to do about it."""

from typing import NamedTuple

from components.core.event import Event
from components.core.explained import Explained, plain_reason
from components.core.faults import fault_of_end
from components.models.endpoint.endpoint_address import MODELS_KEPT, missing_version, path_behind


class Cure(NamedTuple):
    """What is wrong, and what to do about it."""

    what: str
    do: str


CURES = {
    "refused": Cure(
        "Nobody answers at this address.",
        "Start the server, or check the port in the address.",
    ),
    "address": Cure(
        "This address leads nowhere.",
        "Check it for a typing error, and your connection.",
    ),
    "tls": Cure(
        "The server's certificate is not accepted.",
        "Check the address; a server of your own may need http://.",
    ),
    "key": Cure(
        "The server does not accept the key.",
        "Check the key under this name, and what it is allowed to do.",
    ),
    "missing": Cure(
        "There is no such model, or no chat completions here.",
        "Choose a model of the list; most addresses end in /v1.",
    ),
    "method": Cure(
        "This address is there, but it does not take questions.",
        "Give the address that the server's own pages name for clients, without /chat/completions or another path "
        "behind it; most end in /v1.",
    ),
    "rate": Cure(
        "The server says that too much was asked.",
        "Wait, then test again; or ask its provider for a higher limit.",
    ),
    "server": Cure(
        "The server had a problem of its own.",
        "Look into its log, or test again in a moment.",
    ),
    "timeout": Cure(
        "The server took the question and did not answer in time.",
        "See whether it is still loading its model, then test again.",
    ),
    "cut": Cure(
        "The server broke off in the middle of its answer.",
        "Look into its log; a proxy in between may cut long answers.",
    ),
    "malformed": Cure(
        "The server sent something that is no chat completion.",
        "Check the address; most end in /v1.",
    ),
    "request": Cure(
        "The server did not accept the question.",
        "Check what it says in brackets, and the settings of this model.",
    ),
    "context": Cure(
        "Even a short question is too long for this model.",
        "Check the system prompt and the longest answer.",
    ),
    "empty": Cure(
        "The model answered without a word.",
        "Check its chat template on the server.",
    ),
    "credit": Cure(
        "The account has no credit left.",
        "Add credit at its provider; waiting does not help.",
    ),
    "moved": Cure(
        "This address leads to another one, and is not followed.",
        "Give the address that it leads to.",
    ),
    "blocked": Cure(
        "A firewall before the server blocked the question.",
        "Try from another network, or ask whoever runs the server to let this one through.",
    ),
    "unloaded": Cure(
        "The server has not loaded the model.",
        "Load it there, or wait until it is loaded, then test again.",
    ),
    "instruction": Cure(
        "The model takes no instruction beforehand.",
        "Clear “What it is told beforehand”.",
    ),
    "filtered": Cure(
        "A filter of the server held the answer back.",
        "Check its filters and what the model is told beforehand.",
    ),
    "exhausted": Cure(
        "The model used up its longest answer before its first word.",
        "Raise the longest answer: models that think first need thousands of tokens.",
    ),
    "thoughts": Cure(
        "The model thought, and then said nothing.",
        "See whether its server puts the answer among the thoughts: its parser of reasoning may not fit the model.",
    ),
    "tool": Cure(
        "The model called a tool in place of an answer.",
        "Switch tools off on the server, or tell the model beforehand to answer in words.",
    ),
}


def call_failure(last: Event, address: str = "", limit: int = 0) -> Explained:
    """An Explained that names the fault a call ended with, and its cure.

    `address` is where it was asked, "" where it runs here, and `limit` its longest answer in tokens.
    """
    fault = str(last.data.get("fault") or fault_of_end(last.data.get("reason")))
    cure = CURES.get(fault, Cure("The model could not answer.", "Test again; look into the log of its server."))
    wait = f" It asks to wait {last.data['retry_after']} s." if last.data.get("retry_after") else ""
    reason = plain_reason(last.text)
    detail = f" ({reason})" if reason else ""
    what = f"All {limit} tokens of its longest answer went into thinking." if is_spent(last, limit) else cure.what
    asked = address if fault in ("missing", "method", "malformed", "moved") else ""
    behind, meant = path_behind(asked), "" if not asked else missing_version(asked)
    hint = f" Yours has none of it: it may be {meant}." if meant else ""
    if behind:
        hint = f" Yours ends in {behind}: try it without."
    return Explained(f"{what}{wait}{detail}", MODELS_KEPT, f"{cure.do}{hint}")


def is_spent(last: Event, limit: int) -> bool:
    """Whether an answer had thoughts, and reached its greatest length before a word."""
    return bool(limit and last.data.get("reason") == "length" and last.data.get("thoughts"))
