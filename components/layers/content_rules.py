"""Content rules: what a line of text has to be like before a pattern shows it in a slot, one rule a slot.

A model that is asked for a question, a plan or a source often says something else; that never lands in a button, a
list or a card. A rule is data, so that a program without Parallax holds its model to the same one.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from components.core.script import split_parts

Lines = tuple[str, ...]

MARKUP = r"\*\*|\*$|__|`|\]\(|https?://|</?[a-z]|^[#>|]|\n"  # signs of markdown or HTML
OF_ITSELF = (  # how an assistant begins when it talks about itself and not about the matter
    r"^(i['’]m|i am|i['’]ll|i will|i can|i would|i['’]d|i hope|sorry|sure|certainly|of course|absolutely|great|okay|ok|"
    r"yes|no|well|here is|here are|here['’]s|as an?|thanks|thank you|just|please|remember|let me know|note that|"
    r"my name|hello|hi|dear|(the|this) (answer|response|reply|request|prompt))([ ,.:;!]|$)"
)
TO_THE_PERSON = r"^(you['’]re|you can|feel free|if you)[ ,]"
TWO_SENTENCES = r"[^\s.!?]{3}[.!?…]+[\"”’)]? +\S|[。！？]."
SENTENCE = r"[.!?…。！？؟][\"”’)]?( |$)"
NO_TITLE = r"[.!?:。！？؟]$|[\[\]]"
ENDS_OPEN = r"[?？؟:,–-]$"
SAYS_I = r"(^|[ ,])i(['’]m|['’]ll|['’]d| am| will| would)[ ,]"
OF_THE_PERSON = r"(^|[ ,])(your|yours|are you|do you (want|need|have|prefer|like)|would you|have you|did you)([ ,?]|$)"
NO_VERB = (  # first words that no step begins with
    r"^(the|a|an|this|that|these|those|it|its|he|she|they|we|you|i|my|our|his|her|their|there|here|what|who|when|where|"
    r"why|how|which|and|or|but|so|because|if|as|in|on|at|of|to|for|from|with|by|is|are|was|were|be|not|then)[ ,'’]"
)


@dataclass(frozen=True)
class LineRule:
    """What a line for one slot is like; only its first part counts, up to a |.

    It has from 1 to `max_chars` characters. In small letters it matches the regular expression `needs` ("": none is
    needed), and `lacks` nowhere. Fewer than `min_lines` such lines are as good as none.
    """

    max_chars: int
    needs: str = ""
    lacks: str = MARKUP
    min_lines: int = 1

    def fits(self, line: str) -> bool:
        """Whether the line may be shown in this slot."""
        text = split_parts(line, 2)[0]
        small = text.casefold()
        return (
            0 < len(text) <= self.max_chars
            and re.search(self.needs, small) is not None
            and re.search(self.lacks, small) is None
        )

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the four fields."""
        return asdict(self)


def joined_pattern(*patterns: str) -> str:
    """A regular expression that matches where one of these does."""
    return "|".join(f"({pattern})" for pattern in patterns)


ENDS_IN_QUESTION = r"[?？؟]$"
A_WORD_FIRST = r"^[\"“„«]?[^\s!-/:-@\[-`{-~•–—…]"
A_LETTER_FIRST = r"^[^\s!-@\[-`{-~•–—…]"

FOLLOW_UP_RULE = LineRule(  # one question that a person asks the assistant
    60, ENDS_IN_QUESTION, joined_pattern(MARKUP, OF_ITSELF, OF_THE_PERSON, r"[.!?…:] .")
)
QUESTION_RULE = LineRule(  # one question that the assistant asks the person
    140, ENDS_IN_QUESTION, joined_pattern(MARKUP, OF_ITSELF, r"[.!?…:] .")
)
OPTION_RULE = LineRule(  # a few words that can be picked, no sentence and no question
    40, A_WORD_FIRST, joined_pattern(MARKUP, SENTENCE, r":$", r"^(sure|sorry|here (is|are))([ ,.:!]|$)")
)
PLAN_STEP_RULE = LineRule(  # something that can be done; it begins with what is done
    90,
    A_LETTER_FIRST,
    joined_pattern(MARKUP, OF_ITSELF, TO_THE_PERSON, NO_VERB, TWO_SENTENCES, ENDS_OPEN, SAYS_I),
    min_lines=2,
)
STEP_DONE_RULE = LineRule(90, A_WORD_FIRST, joined_pattern(MARKUP, OF_ITSELF, TWO_SENTENCES, ENDS_OPEN))
SOURCE_RULE = LineRule(  # the title of something that can be looked up
    100, A_WORD_FIRST, joined_pattern(MARKUP, OF_ITSELF, TO_THE_PERSON, NO_TITLE, TWO_SENTENCES)
)
RESTATED_RULE = LineRule(  # one sentence about what the person wants
    200,
    r"^you (want|need|would like|ask|are asking|are looking|wish)[ ,]",
    joined_pattern(MARKUP, TWO_SENTENCES, ENDS_OPEN, SAYS_I),
)
BRIEF_PART_RULE = LineRule(40, A_WORD_FIRST, joined_pattern(MARKUP, SENTENCE))
REASON_RULE = LineRule(160, A_WORD_FIRST, joined_pattern(MARKUP, OF_ITSELF, TO_THE_PERSON, TWO_SENTENCES, ENDS_OPEN))
ASSUMPTION_RULE = LineRule(100, A_WORD_FIRST, joined_pattern(MARKUP, OF_ITSELF, TWO_SENTENCES, ENDS_OPEN))


def fitting_lines(lines: Iterable[str], rule: LineRule) -> Lines:
    """The lines that keep to the rule, none twice, in order; () where they are too few."""
    fitting = tuple(dict.fromkeys(line for line in lines if rule.fits(line)))
    return fitting if len(fitting) >= rule.min_lines else ()


def strip_quotes(line: str) -> str:
    """A line without the quotation marks or the bold signs that stand around the whole of it."""
    for opening, closing in (("**", "**"), ('"', '"'), ("“", "”"), ("*", "*")):
        inner = line[len(opening) : -len(closing)]
        if line.startswith(opening) and line.endswith(closing) and inner and closing not in inner:
            return inner.strip()
    return line


STOCK_WORDS = (  # own words that came with earlier versions and that nobody wrote: they say nothing of any question
    "Your handbook, chapter 2 | What it says about this",
    "Explain it more simply\nGive me an example",
    "Look into what you asked\nWrite an answer for you to check",
    "Could you tell me a little more about what you need?",
    "What is being asked\nWhat is known about it\nWhat would help most",
    "Read your request\nLooked for what matters\nWrote the answer",
    "You ask: “{prompt}”",
    "It is what most people mean by this question",
    "For: It is the usual advice\nAgainst: Your case may be special",
    "You are asking for yourself | I am asking for somebody else\nYou want a general answer | I want the details",
)


def written_words(own: str) -> str:
    """The designer's own words; "" where they are only those that a pattern came with."""
    return "" if own.strip() in STOCK_WORDS else own
