"""Participation: a participant of a study, what they can ask the store to keep, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from components.core.explained import Explained
from components.study.block_restarts import BlockRestart

ArmAt = Callable[[int], str]  # the key of the arm that the person in a slot gets
COMPLETE, SCREENED, FAILED, WITHDREW = "complete", "screened", "failed", "withdrew"  # how a participation ended


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part. Moments are ISO, UTC; `ended` and `end` are "" for who has not come to an end."""

    id: str
    study: str
    slot: int
    link: str
    person: str
    joined: str
    seen: str
    ended: str
    end: str
    tab: str
    simulated: bool
    entry: Mapping[str, Any]
    browser: Mapping[str, Any]
    restarts: tuple[BlockRestart, ...] = ()


class Presence(NamedTuple):
    """Whose slots are counted: a study, real or simulated people, and after how many seconds unseen one is given up."""

    study: str
    simulated: bool
    stale_s: float


@dataclass(frozen=True)
class JoinRequest:
    """Somebody agreed to take part. `once`: the link is for one person; `returns`: that person comes back by it.

    `arm_at` names the arm of a slot where each person gets one arm, so that those that are closed are given to nobody.
    """

    id: str
    study: str
    link: str
    person: str = ""
    entry: Mapping[str, Any] = field(default_factory=dict)
    browser: Mapping[str, Any] = field(default_factory=dict)
    once: bool = False
    returns: bool = False
    simulated: bool = False
    stale_s: float = 3600.0
    arm_at: ArmAt | None = field(default=None, compare=False)


@dataclass(frozen=True)
class JoinResult:
    """The participant, new or in already, or why there is none: "full", "closed", "paused", "used"."""

    participant: Participant | None
    code: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class PostedAnswer:
    """What a participant sent for one of their `steps`, as JSON; `digest` is the same for the same content.

    `steps` are ids of the study, `step` may be another attempt at one of them. `end` is how it ends the participation
    by itself; where all steps are answered, `judge` says how from the contents of all answers that count, by step.
    """

    id: str
    participant: str
    study: str
    step: str
    digest: str
    content: str
    steps: frozenset[str]
    tab: str = ""
    end: str = ""
    judge: Callable[[Mapping[str, Any]], str] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class AnswerResult:
    """`code` is "" where the answer is kept, else "differs", "answered", "ended", "garbled" where there is no such
    attempt, or "unknown"; `end` is how the participation ended.
    """

    code: str = ""
    end: str = ""
    done: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawal:
    """A participant wants what they sent to be deleted."""

    participant: str


@dataclass(frozen=True)
class WithdrawalResult:
    """The participant as they were before, with what they came with; None where there is none."""

    participant: Participant | None


@dataclass(frozen=True)
class RestartRequest:
    """A block that a participant broke off shall be begun anew, if it is still broken off and this is still the restart
    after `before` others. `steps` are the block's, by the ids of the study.
    """

    participant: str
    block: int
    steps: tuple[str, ...]
    before: int


@dataclass(frozen=True)
class RestartResult:
    """Whether the block was begun anew."""

    is_restarted: bool


BatchEntry = JoinRequest | PostedAnswer | RestartRequest | Withdrawal
BatchResult = JoinResult | AnswerResult | RestartResult | WithdrawalResult | Explained
