"""End reasons: how an answer ended, from the word that a server says it with."""

import re

END_WORDS = {
    "stop": ("stop", "end_turn", "stop_sequence", "eos", "eos_token", "stop_token", "end", "complete", "completed",
             "finish", "finished", "done", "success", "normal"),
    "length": ("length", "max_tokens", "max_output_tokens", "max_completion_tokens", "max_new_tokens", "max_length",
               "token_limit", "model_length", "context_length", "model_context_window_exceeded", "truncated",
               "incomplete", "limit"),
    "filter": ("content_filter", "content_filtered", "filter", "filtered", "safety", "recitation", "blocklist",
               "prohibited_content", "spii", "sensitive", "guardrail_intervened", "moderation", "refusal"),
    "tool": ("tool_calls", "tool_call", "tool_use", "function_call"),
    "error": ("error", "failed", "failure", "network_error", "server_error", "insufficient_system_resource",
              "overloaded", "abort", "aborted", "cancelled", "canceled", "timeout", "malformed_function_call"),
}  # fmt: skip
NO_END_WORDS = ("", "null", "none", "unspecified", "undefined", "nan", "false", "unfinished", "not_finished",
                "in_progress", "continue")  # fmt: skip
MAX_REASON_CHARS = 60  # characters of a server's own word that are kept
REASON_BY_WORD = {word: reason for reason, words in END_WORDS.items() for word in words}


def read_reason(value: object) -> tuple[str, str]:
    """(reason, word): why an answer ended, and the server's own word for it; ("", "") where it says of no end.

    The reason is one of END_WORDS, or "other" for a word that nobody knows.
    """
    if isinstance(value, dict):
        value = next((value[name] for name in ("type", "reason", "finish_reason") if value.get(name)), None)
    if value is True:
        value = "stop"
    if value is None or value is False or isinstance(value, list | dict):
        return "", ""
    word = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(value).strip()).lower()).strip("_")
    word = word.removeprefix("finish_reason_").removeprefix("finishreason_").removeprefix("stop_reason_")
    if word in NO_END_WORDS and (word or not str(value).strip()):
        return "", ""
    return REASON_BY_WORD.get(word, "other"), str(value).strip()[:MAX_REASON_CHARS]
