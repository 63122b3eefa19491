"""Fault phrases: which fault a server means, by its codes, its words and its HTTP status."""

import re

from components.core.faults import faults_by_status
from components.models.endpoint.server_message import ServerMessage

FAULT_BY_STATUS = faults_by_status()
CONTEXT_PHRASES = (
    "context length", "context size", "context window", "maximum context", "too long", "too many tokens", "token limit",
    "reduce the length", "inputs` tokens", "input length", "prompt length", "exceeds the maximum number of tokens",
    "longer than the maximum",
)  # fmt: skip
FAULT_CODES = {  # parts of codes and types, without anything but letters
    "credit": ("insufficientquota", "insufficientbalance", "insufficientcredit", "paymentrequired", "billing", "arrear",
               "exceededcurrentquota", "creditbalance", "accountoverdue"),
    "key": ("invalidapikey", "apikeyinvalid", "authenticationerror", "authenticationfailed", "unauthenticated",
            "unauthorized", "permissionerror", "permissiondenied", "invalidauthentication", "accessdenied",
            "invalidtoken", "expiredtoken", "accesstokenexpired"),
    "context": ("contextlengthexceeded", "exceedcontextsize", "contextwindow", "stringabovemaxlength",
                "requesttoolarge", "prompttoolong"),
    "missing": ("modelnotfound", "modelnotexist", "notfounderror", "deploymentnotfound", "unknownmodel", "invalidmodel",
                "nosuchmodel", "modelnotsupported", "modelnotavailable", "unknownurl", "modeldecommissioned",
                "modeldeprecated", "modelretired", "resourcedoesnotexist"),
    "filtered": ("contentfilter", "contentpolicy", "responsibleai", "datainspection", "moderation"),
    "rate": ("ratelimit", "toomanyrequests", "resourceexhausted", "throttl", "quotaexceeded"),
    "unloaded": ("modelnotloaded", "modelloading", "nomodelloaded"),
}  # fmt: skip
MODEL = r"\bmodels?\b"
FAULT_PHRASES = {
    "credit": r"insufficient (account )?(balance|quota|credit|fund)|exceeded your current quota|credit balance"
    r"|(out of|no|more) credits?\b|billing|payment required|in arrears|余额不足|欠费",
    "rate": r"rate.?limit|too many requests|(requests?|tokens?) per (second|min|hour|day)|throttl|quota exceeded"
    r"|exceeded .{0,20}quota|slow down|too many concurrent",
    "blocked": r"cloudflare|^error code: 1\d\d\d$|(you|request) (have been|was|has been) blocked"
    r"|web application firewall",
    "timeout": r"timed out|time.?out|took too long|deadline exceeded",
    "instruction": r"(system|developer) (role|prompt|message|instruction)s?\b.{0,50}(not|n't|un)\W?(be )?"
    r"(support|allow|enable|accept)|(not|n't|un)\W?support\w*( the)? (system|developer)\b"
    r"|(role|roles).{0,20}['\"`](system|developer)['\"`].{0,40}(not|invalid|unsupported)",
    "unloaded": rf"no {MODEL}.{{0,20}} loaded|{MODEL}.{{0,80}}(not|n't) (yet )?(been )?loaded"
    rf"|loading {MODEL}|{MODEL}.{{0,60}}\b(is|still|currently|being) (\w+ )?(loading|loaded|starting)|warming up"
    rf"|load (a|the) {MODEL}",
    "missing": rf"pinned to|(unknown|no such|invalid) {MODEL}|not a valid {MODEL}|{MODEL}.{{0,80}}((does|do) ?n.t|does "
    rf"not|do not|not) exist|{MODEL}.{{0,80}}(not|n't|never) (be )?(found|available|known|served|deployed)"
    rf"|no {MODEL} (named|called|with)|{MODEL} not exist|no (available )?(channel|provider|endpoint)s? (found )?for"
    r"|(unexpected|unknown|no such) (endpoint|url|route|path|deployment)|invalid url|resource not found"
    rf"|{MODEL}.{{0,80}}(decommission|discontinu|deprecated|retired|(no longer|not) (be )?(supported|offered|served)\b)"
    r"|page not found|^not found\.?$|deployment.{0,60}not exist",
    "method": r"method.{0,20}not (be )?(allowed|supported)|post.{0,20}not (be )?(allowed|supported)",
    "filtered": r"content.{0,3}(filter|policy|management|moderation)|flagged|safety system"
    r"|violat\w+ .{0,40}(policy|policies|guidelines)",
    "key": r"\bapi.?key|\bincorrect.{0,10}key|authenticat|authoriz|authoris|invalid token|access token|credential"
    r"|permission|forbidden",
}  # fmt: skip
# A status that says enough by itself, but for these.
FAULTS_WITHIN = {
    404: ("unloaded", "missing"), 429: ("credit", "rate"), 401: ("credit", "key"), 402: ("credit",),
    403: ("blocked", "credit", "rate", "instruction", "unloaded", "missing", "filtered", "context", "key"),
}  # fmt: skip
SERVER_FAULTS = ("credit", "rate", "timeout", "unloaded", "context")  # what a status of 5xx may mean


def fault_of_message(status: int, message: ServerMessage) -> str:
    """The fault that a server means, by name. `status` 0 where it spoke within a stream."""
    usual = FAULT_BY_STATUS.get(status or message.status)
    if 300 <= status < 400 or status in (408, 413):
        return usual or "moved"
    if message.is_page and status:
        return "blocked" if status == 403 else usual or ("server" if status >= 500 else "request")
    meant = next((fault for fault in meant_faults(message) if fits_status(fault, status)), "")
    if not meant and (status >= 500 or not status):
        return usual if usual not in (None, "request") else "server"
    return meant or usual or "request"


def meant_faults(message: ServerMessage) -> list[str]:
    """The faults that codes and words speak of, the surest first."""
    codes = ["".join(filter(str.isalpha, code)) for code in message.codes]
    coded = [fault for fault, parts in FAULT_CODES.items() if any(part in code for part in parts for code in codes)]
    text = message.words.lower()
    said = [fault for fault, phrase in FAULT_PHRASES.items() if re.search(phrase, text)]
    if any(phrase in text for phrase in CONTEXT_PHRASES) and "took too long" not in text:
        said.insert(sum(fault in ("credit", "rate") for fault in said), "context")
    return [*coded, *said]


def fits_status(fault: str, status: int) -> bool:
    """Whether a server can mean this fault by an answer with this status."""
    if status >= 500:
        return fault in SERVER_FAULTS
    return fault in FAULTS_WITHIN.get(status, (fault,)) and (fault != "blocked" or status == 403)
