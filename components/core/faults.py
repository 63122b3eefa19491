"""Faults: every way in which an answer can go wrong, a row each: its names, its words, and how it shows on a line."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FaultKind:
    """One way to go wrong; `name` is kept in prototypes and recordings, so it never changes.

    `plain`, `personal` and `do` say what happened, told about the answer or by it, and what a person can do.
    `raw` is what a developer would read, as Python's usual clients word it ("{patience}" in seconds).
    """

    name: str
    title: str  # for an engineer
    label: str = ""  # for a designer who breaks an answer on purpose
    plain: str = "The answer could not be given."
    personal: str = "I could not answer this."
    do: str = "Try again; if it happens once more, put the question another way."
    raw: str = ""
    weather: bool = False  # whether it can be played on purpose
    placed: bool = False  # whether it then begins within the answer
    at_once_s: float | None = None  # when it then comes, where nothing is generated and so no pace is known
    outside: bool = False  # whether a model behind an address can have it
    midway: bool = False  # whether that can come after words
    status: int = 502  # the HTTP status that it is served as
    code: str = ""  # its name in the body of such an answer, where it is another one
    hangs_up: bool = False  # whether an answer that it interrupts is closed without a word about it
    statuses: tuple[int, ...] = ()  # HTTP statuses of an endpoint that mean it
    logged: tuple[int, ...] = ()  # those that mean it in a log of calls
    curable: bool = True  # whether asking once more may get something else


ROWS = (
    FaultKind(
        "timeout", "Time-out before the first word", label="Time-out",
        plain="The answer took too long to come.", personal="I took too long to answer.",
        do="Nothing is wrong with your question. Try again; it often works the second time.",
        raw="ReadTimeout: timed out after {patience:.1f} s",
        weather=True, outside=True, midway=True, status=504, statuses=(408,), logged=(408, 504), hangs_up=True,
    ),
    FaultKind(
        "cut", "Stream cut in the middle", label="Cut in the middle",
        plain="The connection broke before the answer was complete.", personal="I was cut off before I had finished.",
        do="Try again to get the whole answer.",
        raw="RemoteProtocolError: peer closed connection without sending complete message body "
        "(incomplete chunked read)",
        weather=True, placed=True, outside=True, midway=True, hangs_up=True,
    ),
    FaultKind(
        "empty", "Empty answer", label="Empty answer",
        plain="The model gave an empty answer.", personal="I had no answer to that.",
        do="Try again, or put the question another way.",
        weather=True, outside=True,
    ),
    FaultKind(
        "server", "Server error (5xx)", label="Model error",
        plain="The model's server had a problem.", personal="Something went wrong on my side.",
        do="Nothing is wrong with your question. Try again in a moment.",
        raw="InternalServerError: Error code: 500 - {{'error': {{'message': 'The server had an error while "
        "processing your request', 'type': 'server_error', 'param': None, 'code': None}}}}",
        weather=True, outside=True, midway=True, status=500,
    ),
    FaultKind(
        "refused", "Connection refused", label="Connection refused",
        plain="The model could not be reached.", personal="I could not reach the model.",
        do="Check that it is running and that you are connected, then try again.",
        raw="ConnectError: [Errno 111] Connection refused",
        weather=True, at_once_s=0.05, outside=True, status=503,
    ),
    FaultKind(
        "rate", "Rate limit (429)", label="Too many questions",
        plain="Too many questions are being asked at the moment.",
        personal="I am being asked too much at the moment.",
        do="Wait a little, then try again.",
        raw="RateLimitError: Error code: 429 - {{'error': {{'message': 'Rate limit reached for requests', "
        "'type': 'requests', 'param': None, 'code': 'rate_limit_exceeded'}}}}",
        weather=True, at_once_s=0.3, outside=True,
        status=429, code="rate_limit_exceeded", statuses=(429,), logged=(429,),
    ),
    FaultKind(
        "malformed", "Answer that cannot be read", label="Unreadable in the middle",
        plain="Part of the answer could not be read.", personal="I sent something that could not be read.",
        do="Try again; nothing is wrong with your question.",
        raw="JSONDecodeError: Unterminated string starting at: line 1 column 78 (char 77)",
        weather=True, placed=True, outside=True, midway=True,
    ),
    FaultKind("refusal", "The model refuses", label="Refusal", weather=True),
    FaultKind("loop", "The model repeats itself", label="Goes round in circles", weather=True, placed=True),
    FaultKind("garbled", "Garbled words", label="Broken letters", weather=True, placed=True),
    FaultKind("wrong", "Wrong answer", label="Wrong answer, scripted", weather=True),
    FaultKind(
        "context", "Question too long for the model",
        plain="The question is longer than the model can read.", personal="That is more than I can read.",
        do="Shorten it, then ask again.",
        outside=True, status=400, code="context_length_exceeded", statuses=(413,), curable=False,
    ),
    FaultKind(
        "request", "Question not accepted (4xx)",
        plain="The model's server did not accept the question.", personal="I was not able to take that question.",
        do="Put it another way; if it happens again, check the model's settings.",
        outside=True, status=400, statuses=(400,),
    ),
    FaultKind(
        "key", "Key not accepted (401, 403)",
        plain="The model's server did not let us in.", personal="I am not allowed to answer here.",
        do="Check the key of this model, then try again.",
        outside=True, statuses=(401, 403), logged=(401, 403),
    ),
    FaultKind(
        "missing", "No such model (404)",
        plain="There is no such model at this address.", personal="I was not found where I should be.",
        do="Check the model's name and its address, then try again.",
        outside=True, statuses=(404, 410), logged=(404,),
    ),
    FaultKind(
        "method", "Address takes no questions (405)",
        plain="The model's address takes no questions.", personal="Questions are not taken where I should be.",
        do="Check the model's address, then try again.",
        outside=True, statuses=(405,), logged=(405,), curable=False,
    ),
    FaultKind(
        "tls", "Connection not secure",
        plain="The connection to the model is not secure.", personal="I could not be reached safely.",
        do="Check the address and the certificate of its server.",
        outside=True,
    ),
    FaultKind(
        "address", "Address leads nowhere",
        plain="The model's address leads nowhere.", personal="I could not be found under my address.",
        do="Check the address for a typing error, and your connection.",
        outside=True,
    ),
    FaultKind(
        "credit", "No credit left (402)",
        plain="The account of this model has no credit left.", personal="My account has no credit left.",
        do="Waiting does not help: its owner has to add credit at the provider.",
        outside=True, statuses=(402,), curable=False,
    ),
    FaultKind(
        "moved", "Address leads elsewhere (3xx)",
        plain="The model's address leads to another one.", personal="I was not found where I should be.",
        do="Give the address that it leads to, in the model's settings.",
        outside=True, statuses=(300, 301, 302, 303, 307, 308), curable=False,
    ),
    FaultKind(
        "blocked", "Blocked by a firewall",
        plain="Something before the model's server blocked the question.", personal="The question did not reach me.",
        do="Try from another network, or ask whoever runs the server to let this one through.",
        outside=True,
    ),
    FaultKind(
        "unloaded", "Model not loaded",
        plain="The model is not loaded on its server.", personal="I am not ready yet.",
        do="Load it there, or wait until it is loaded, then try again.",
        outside=True, status=503,
    ),
    FaultKind(
        "instruction", "No instruction beforehand",
        plain="The model takes no instruction beforehand.", personal="I take no instruction beforehand.",
        do="Clear what it is told beforehand, in the model's settings.",
        outside=True, status=400, curable=False,
    ),
    FaultKind(
        "filtered", "Held back by a filter",
        plain="A filter of the model's server held the answer back.", personal="My answer was held back by a filter.",
        do="Put the question another way.",
        outside=True, status=400,
    ),
    FaultKind(
        "exhausted", "Length used up before the first word",
        plain="The model used up its longest answer before the first word, as on thinking.",
        personal="I thought for so long that no room was left for an answer.",
        do="Set a longest answer of more tokens, in the model's settings.",
        outside=True,
    ),
    FaultKind(
        "thoughts", "Only thoughts came",
        plain="The model thought, and then said nothing.", personal="I thought about it, and then said nothing.",
        do="Try again, or put the question another way.",
        outside=True,
    ),
    FaultKind(
        "tool", "Called a tool",
        plain="The model wanted to use a tool in place of an answer.",
        personal="I wanted to use a tool that I do not have.",
        do="Ask for an answer in words.",
        outside=True,
    ),
    FaultKind(
        "stopped", "Stopped by the person",
        plain="The answer was stopped.", personal="I stopped, as I was asked to.",
        do="Try again whenever you like.",
        curable=False,
    ),
    FaultKind(
        "worker", "Model process gone",
        plain="The model stopped working on this computer.", personal="I stopped working for a moment.",
        do="Try again; it is started anew.",
        status=503,
    ),
    FaultKind(
        "unrecorded", "No recording of this turn",
        plain="There is no recorded answer to this.", personal="I have no recorded answer to this.",
        do="Ask the model live to get one.",
        curable=False,
    ),
    FaultKind("model", "Problem of the model's own", status=503),  # it says what happened in its own words
    FaultKind("dry", "Stream without an end"),
)  # fmt: skip

EMPTY_FAULTS = {"length": "exhausted", "filter": "filtered", "tool": "tool", "thoughts": "thoughts"}
FAULT_KINDS: Mapping[str, FaultKind] = {kind.name: kind for kind in ROWS}
UNKNOWN_FAULT = FaultKind("", "Unknown fault")


def fault_kind(name: object) -> FaultKind:
    """The row of a fault by its name; UNKNOWN_FAULT, with general words, where there is none."""
    return FAULT_KINDS.get(str(name), UNKNOWN_FAULT)


def fault_of_end(reason: object) -> str:
    """The fault that an end without a word is, by the reason it gives: "empty" where that says nothing more."""
    return EMPTY_FAULTS.get(str(reason), "empty")


def faults_by_status(logged: bool = False) -> dict[int, str]:
    """Which fault an endpoint's HTTP status means, or one that was `logged`; the others mean none in particular."""
    return {status: kind.name for kind in ROWS for status in (kind.logged if logged else kind.statuses)}
