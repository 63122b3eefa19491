"""Hidden turn: what a pattern asks the model for itself, and of which nobody sees the answer."""

from dataclasses import replace

from components.core.prompt import Prompt

HIDDEN_TURN_ENDING = "Reply with that and nothing else."  # of what is asked; by these words such a turn is known


def hidden_turn(prompt: Prompt, after_answer: str, ask: str) -> Prompt:
    """The turn in which the model, after the words of `after_answer`, is asked for more than its answer."""
    return replace(prompt, attempt=0, partial="").with_choice(after_answer, f"{ask} {HIDDEN_TURN_ENDING}")


def is_hidden_turn(prompt: Prompt) -> bool:
    """Whether a pattern asks this for itself, not the person."""
    return bool(prompt.choices) and prompt.choices[-1].option.endswith(HIDDEN_TURN_ENDING)
