"""Raw: what a developer would read for each fault that is an error, as Python's usual clients word it."""

from collections.abc import Mapping

RAW: Mapping[str, str] = {
    "timeout": "ReadTimeout: timed out after {patience:.1f} s",
    "refused": "ConnectError: [Errno 111] Connection refused",
    "rate": "RateLimitError: Error code: 429 - {{'error': {{'message': 'Rate limit reached for requests', "
    "'type': 'requests', 'param': None, 'code': 'rate_limit_exceeded'}}}}",
    "server": "InternalServerError: Error code: 500 - {{'error': {{'message': 'The server had an error while "
    "processing your request', 'type': 'server_error', 'param': None, 'code': None}}}}",
    "cut": "RemoteProtocolError: peer closed connection without sending complete message body "
    "(incomplete chunked read)",
    "malformed": "JSONDecodeError: Unterminated string starting at: line 1 column 78 (char 77)",
}
AT_ONCE: Mapping[str, float] = {"refused": 0.05, "rate": 0.3}  # seconds; nothing was generated, so no pace is known
