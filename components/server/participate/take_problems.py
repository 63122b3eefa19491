"""Take problems: why the server does not do what a participant's page asks, in words for the participant."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from components.core.explained import Explained

RETRY_AFTER_S = 3  # seconds after which a page asks again
SAFE = "What you sent before is kept."


class TakeRejected(Exception):
    """A request that is not answered: by the code of one of TAKE_PROBLEMS, and what else its page is to know."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more


TAKE_PROBLEMS: Mapping[str, tuple[int, Explained]] = {
    "link": (404, Explained(
        "This link leads to no study.", do="Check that all of it was copied, or ask the person who sent it to you.",
    )),
    "revoked": (404, Explained("This link is no longer in use.", do="Ask the person who sent it to you.")),
    "ticket": (403, Explained(
        "This page does not know any more who you are.", SAFE, "Open the link that you got once more.",
    )),
    "origin": (403, Explained("This did not come from the study's own page.", do="Open the link that you got.")),
    "garbled": (422, Explained("This did not arrive in one piece.", SAFE, "Reload the page.")),
    "long": (413, Explained("This is too long to be kept.", SAFE, "Shorten what you wrote.")),
    "type": (415, Explained("This did not come from the study's own page.", do="Open the link that you got.")),
    "differs": (409, Explained("Another answer was kept under this name before.", SAFE, "Reload the page.")),
    "answered": (409, Explained("You have answered this already.", "Your first answer is kept.", "Go on.")),
    "used": (409, Explained(
        "This link was used already.", do="Go on where you began. If that was not you, ask whoever sent you the link.",
    )),
    "full": (409, Explained("Enough people take part already.", do="Thank you for coming. You can close this page.")),
    "paused": (409, Explained("This study takes a break.", do="Please come back later.")),
    "closed": (409, Explained("This study has ended.", do="Thank you for coming. You can close this page.")),
    "expired": (409, Explained(
        "You began too long ago to go on.", SAFE, "Thank you for what you did. You can close this page.",
    )),
    "ended": (410, Explained("Your part in this study has ended.", do="You can close this page.")),
    "gone": (410, Explained("Your answers were deleted, as you asked.", do="You can close this page.")),
    "busy": (503, Explained("The server is busy.", "Your answers are kept in this browser.", "Leave the page open.")),
    "unkept": (503, Explained(
        "The server cannot keep this now.", "Your answers are kept in this browser.",
        "Leave the page open: they are sent again by themselves.",
    )),
    "unbuilt": (503, Explained("This page is not ready yet.", do="Please come back later.")),
}  # fmt: skip


def rejection_response(rejected: TakeRejected) -> Response:
    """A problem as the participant's page reads it."""
    status, problem = TAKE_PROBLEMS[rejected.code]
    said = {"what": problem.what, "kept": problem.kept, "do": problem.do, "code": rejected.code}
    return json_answer({**said, **rejected.more}, status)


def json_answer(values: Mapping[str, Any], status: int = 200) -> Response:
    """JSON that no cache keeps; one that says 503 also says when to ask again."""
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(RETRY_AFTER_S)} if status == 503 else {})
    return Response(json.dumps(values, separators=(",", ":")), status, headers, "application/json")
