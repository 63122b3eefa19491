"""Outcome: in which state an answer leaves the person, by stated rules."""

from collections.abc import Mapping

from components.core.timeline import Timeline

NOT_CHECKED = "not checked"  # the outcome that is neither useful nor poor
SURE_PERCENT = 75  # per cent: a number from here on claims as much as "high"
OUTCOMES: Mapping[str, str] = {
    "answered": "Words came to their end, and they are known to be right.",
    "asked": "It asked back before it answered, and the person can choose.",
    "failed gracefully": "It broke or declined, and said in plain words what happened or what to do.",
    "wrong, and said to be unsure": "The answer is known to be wrong, and low confidence or a hedge warned of it.",
    "guessed": "It answered although the request lacks what an answer needs, and did not ask for it.",
    "wrong, without a word of doubt": "The answer is known to be wrong, and nothing on the screen says so.",
    "wrong with high confidence": "The answer is known to be wrong, and the screen called it sure.",
    "failed raw": "It broke, and the person sees the exception, or nothing at all.",
    NOT_CHECKED: "Words came to their end, and nobody and no rule has said whether they are right.",
}
USEFUL_OUTCOMES = ("answered", "asked", "failed gracefully", "wrong, and said to be unsure")


def classify_outcome(timeline: Timeline, right: bool | None = None, lacking: bool = False) -> str:
    """One of OUTCOMES. `right`: whether the recorded answer is right; None where nobody knows.

    What a fault made up is wrong. `lacking`: whether the request lacks something that an answer would need.
    """
    last = timeline.events[-1]
    answered = any(event.carries_words and event.text.strip() for event in timeline.events)
    if last.kind == "question" and not answered:
        return "asked"
    if last.kind in ("failure", "error"):
        return "failed raw" if last.kind == "error" or last.data.get("raw") else "failed gracefully"
    if not answered:
        return "failed raw"
    if any(event.data.get("instead") for event in timeline.events):
        return "failed gracefully"
    if right is not False and not any(event.made_up for event in timeline.events):
        return "answered" if right else "guessed" if lacking else NOT_CHECKED
    if claims_confidence(timeline, "high", SURE_PERCENT, 100):
        return "wrong with high confidence"
    doubted = claims_confidence(timeline, "low", 0, 100 - SURE_PERCENT) or any(
        event.data.get("hedge") for event in timeline.events
    )
    return "wrong, and said to be unsure" if doubted else "wrong, without a word of doubt"


def claims_confidence(timeline: Timeline, level: str, least: float, most: float) -> bool:
    """Whether a badge says this level, or a percentage from `least` to `most`."""
    badges = [event.data for event in timeline.events if event.kind == "badge"]
    return any(
        badge.get("level") == level or ("percent" in badge and least <= float(badge["percent"]) <= most)
        for badge in badges
    )
