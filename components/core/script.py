"""Script: what is known about a prompt beside its words, for patterns that show more than an answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """What a pattern may show with a prompt where the model is not asked for it; nothing is known of most prompts.

    Where the prompt lacks something, `missing` says what, and `question` with its `options` asks for it. `sources`
    ("title | what it says", and the words of the recorded answer that it bears out, if any, after another |), `why`,
    `thinking`, `pro` and `contra`, `steps` and the `plan` of what is done, the `restated` request, what an answer
    `assumes` ("as it is taken | where it is not so"), and what may be asked `next`.
    """

    missing: tuple[str, ...] = ()
    question: str = ""
    options: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    thinking: tuple[str, ...] = ()
    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    restated: str = ""
    assumes: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
