"""Stakes: how much harm a misunderstood request could do, by a rule that anybody can check by hand.

The stakes are high where the request names health, the law, money or what cannot be undone, medium where it wants
something written, planned or changed, and low otherwise. Only English words are known; others count as low.
"""

import re

LOW, MEDIUM, HIGH = LEVELS = ("low", "medium", "high")
STAKES_WORDS = {
    HIGH: """
        accident allergic allergy ambulance ate baby bleeding cancer chest doctor dose fever headache hospital ill
        medicine mole pain pill pills poison poisonous pregnant sick suicide symptoms vet
        accuse contract court deposit divorce illegal landlord law lawyer legal licence notice passport police
        resign resignation sue tax taxes visa
        account bank card debt euros fine fraud insurance invest loan money mortgage pasword password pay payment refund
        rent salary savings scam transfer
        cancel cancelled canceled delete erase format overwrite
    """,
    MEDIUM: """
        agenda address book booking buy change deadline draft email exam flight interview job letter mail meeting
        message move order parcel plan post reply schedule send subscription translate trip write
    """,
}
LEVEL_BY_WORD = {word: level for level, listed in reversed(STAKES_WORDS.items()) for word in listed.split()}


def stakes_level(text: str) -> str:
    """How much is at stake: one of LEVELS."""
    levels = {LEVEL_BY_WORD.get(word, LOW) for word in re.findall(r"[a-z]+", text.casefold())}
    return max(levels, key=LEVELS.index, default=LOW)


def words_from(level: str) -> list[str] | None:
    """The words of which a request names one where its stakes reach this level, in order; None where all do."""
    if level == LOW:
        return None
    return sorted(word for word, at in LEVEL_BY_WORD.items() if LEVELS.index(at) >= LEVELS.index(level))
