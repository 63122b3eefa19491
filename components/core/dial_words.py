"""Dial words: what dials and their choices are called on a page, where their own names say too little.

The names of fields and the values of choices stand in saved prototypes and stay as they are.
"""

DIAL_TITLES = {
    "above": "Asks from these stakes on", "after": "What comes after", "agreeing": "Say it too where all agree",
    "anyway": "Show the answer on request", "attempts": "Attempts after the first", "automatic": "Try again by itself",
    "back_off": "Wait before the next attempt", "balance": "Room for each side", "breaks": "Attempts that go wrong",
    "buffer": "Head start", "can": "What it can do", "cannot": "What it cannot do", "comment": "Ask for a comment",
    "count": "How many", "cursor": "Show a cursor", "curve": "How it fills", "declined": "What is said after a no",
    "delay": "Wait after the decision", "depth": "Steps at the most", "disclosed": "Say that it is another answer",
    "dwell": "How long each step shows", "first": "First word after", "folded": "Folded until asked for",
    "form": "How it is shown", "granularity": "Where sources are named", "high": "High from", "jitter": "Unevenness",
    "keep": "Keep what had come", "kind": "Which kind", "label": "Words on it", "late": "Words once it takes longer",
    "leave": "Words before people leave", "length": "Reasons at the most", "lines": "Lines of text",
    "look": "Tokens that are looked at", "maximum": "Questions at the most", "measured": "The number was measured",
    "medium": "Medium from", "most": "Answers at the most", "no": "How it says no", "note": "What is said",
    "off": "How wrong the estimate is", "offered": "Words when asked for a person", "options": "Answers to pick from",
    "order": "Which comes first", "origin": "Where its words come from", "other": "Let people use their own words",
    "own": "Your own words", "palette": "How it is marked", "parts": "What is rated", "path": "What would work instead",
    "patience": "How long it waits", "place": "Where it stands", "placement": "Where it stands",
    "precision": "How exact the number is", "preview": "Show a source when pointed at", "prompts": "The questions",
    "question": "What is asked", "rate": "Pace after that", "ready": "Words when it is there", "reason": "Why not",
    "redirect": "Where to turn instead", "resume": "Offer to go on", "retry": "Offer to try again",
    "right": "Right answers of 100", "risk": "Asks from these stakes on", "says": "Say that nothing changed",
    "scale": "How it is rated", "scope": "What is corrected at a time", "seconds": "How long it is held back",
    "share": "Where it breaks", "short": "Words that count as short", "show": "How much is shown",
    "sign": "Sign of waiting", "source": "Where it comes from", "stall": "Pause in the middle",
    "stall_at": "Where the pause comes", "strength": "How strong the doubt sounds", "summary": "Thoughts in a summary",
    "swap": "Draft stays at least", "tags": "Remarks to pick from", "template": "Your prepared answer",
    "threshold": "From where on", "title": "Heading", "tone": "Tone of voice", "trigger": "When it steps in",
    "undo": "Offer to undo", "unit": "How much at a time", "usual": "Usual time", "voice": "Who doubts",
    "when": "When it asks", "words": "What is said",
}  # fmt: skip
CHOICE_TITLES = {
    "both": "on a failure and when asked for", "plain": "as plain words", "claim": "behind each claim",
    "answer": "for the whole answer", "token": "pieces as the model gives them",
    "mean probability": "all its words together", "lowest span": "its least sure phrase",
    "self-consistency": "how alike several answers are", "own estimate": "what it says of itself",
    "class probability": "the class it chose", "the prompt's script": "what was written for the question",
    "specific": "about this very request", "generic": "the same for every request", "linear": "evenly",
    "accelerating": "faster and faster", "decelerating": "slower and slower", "rote": "by rote",
    "explanatory": "with the cause", "empathic": "with feeling",
}  # fmt: skip


def dial_title(name: str) -> str:
    """A dial's name on a page: its field's title, else the field's name as words."""
    return DIAL_TITLES.get(name) or name.replace("_", " ").capitalize()


def choice_title(value: str) -> str:
    """A choice's name on a page, else the value itself."""
    return CHOICE_TITLES.get(value, value)
