"""Room problems: why the server does not do what a stage or a phone asks, in words for who holds it."""

from collections.abc import Mapping

from starlette.responses import Response

from components.core.explained import Explained
from components.server.participate.take_problems import TAKE_PROBLEMS, json_answer

KEPT = "What you answered before is kept."


class RoomRejected(Exception):
    """A request that is not answered, by the code of one of ROOM_PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


ROOM_PROBLEMS: Mapping[str, tuple[int, Explained]] = {
    "link": (404, Explained(
        "This link leads to no deck.", do="Open the stage from the page Decks, with the button there.",
    )),
    "code": (404, Explained(
        "No open room has this code.", do="Check its five letters on the screen. The room may have been closed.",
    )),
    "room": (404, Explained("This room is not known here.", do="Open a room on the stage: press R.")),
    "ticket": (403, Explained("This room does not know this phone any more.", KEPT, "Type the code once more.")),
    "origin": (403, Explained("This did not come from the room's own page.", do="Open the address on the screen.")),
    "type": (415, Explained("This did not come from the room's own page.", do="Open the address on the screen.")),
    "garbled": (422, Explained("This did not arrive in one piece.", KEPT, "Load the page again.")),
    "long": (413, Explained("This is too long to be kept.", KEPT)),
    "answered": (409, Explained("You have answered this already.", "Your first answer is kept.")),
    "early": (409, Explained("This is not asked yet.", KEPT, "Wait for the screen.")),
    "closed": (409, Explained("This was closed before your answer came.", KEPT, "Go on with the next one.")),
    "ended": (410, Explained("This room is closed.", KEPT, "Thank you. You can close this page.")),
    "unknown": (410, Explained("This room does not know this phone any more.", KEPT, "Type the code once more.")),
    "busy": (503, Explained("The server is busy.", "Your answers are kept on this phone.", "Leave the page open.")),
    "unkept": (503, Explained(
        "The server cannot keep this now.", "Your answers are kept on this phone.",
        "Leave the page open: they are sent again by themselves.",
    )),
    "unbuilt": TAKE_PROBLEMS["unbuilt"],
}  # fmt: skip


def room_rejection(code: str) -> Response:
    """A problem as the pages read it."""
    status, problem = ROOM_PROBLEMS[code]
    return json_answer({"what": problem.what, "kept": problem.kept, "do": problem.do, "code": code}, status)
