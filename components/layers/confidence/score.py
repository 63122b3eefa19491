"""Score: how likely the model itself held the words it chose, from its token probabilities."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from components.core.event import Event

NO_SCORE = "This model gives no probabilities, so how sure it is cannot be shown."
UNCHECKED = "The model's own token probability. Not checked against right answers."


def mean_probability(tokens: Iterable[Mapping[str, Any]]) -> float | None:
    """The geometric mean of the tokens' probabilities, 0 to 1: exp of the mean logprob. None where none has one."""
    logprobs = [token.get("logprob") for token in tokens]
    known = [float(one) for one in logprobs if isinstance(one, int | float) and math.isfinite(one)]
    return math.exp(min(0.0, math.fsum(known) / len(known))) if known else None


def no_score(at: float) -> Event:
    """The plain sentence in place of a score."""
    return Event(at, "notice", NO_SCORE, {"tone": "info"})
