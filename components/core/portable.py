"""Portable: what a pattern does, told in a few kinds of steps that a program without Parallax can play.

A prototype is handed off as data: the steps of its patterns from the model outwards, every dial already resolved into
words and numbers. Two small runtimes (assets/handoff, one in Python and one in TypeScript) play them, event by event as
the layers do. STEP_KINDS is the whole vocabulary. All fields of a step are always there; a field that may be `null`
has a type that ends in "?". Every text in a step is what a person reads; no step names a pattern. A step of a prototype
has one field more, the flag `hidden`: it also plays the turns that nobody sees, which all others pass on.

Types: `text`, `texts` (a list), `number` (times in seconds), `whole`, `flag`, and

- `event`: an event as JSON, `{"at", "kind", "text"?, "data"?}`; `at` counts from Send, and is 0 where the step itself
  says when.
- `content`: lines that are found before they are shown: `{"ask": text?, "said": text?, "own": text, "read", "quotes":
  whole, "rule": {"max_chars": whole, "needs": text, "lacks": text, "min_lines": whole}?, "origins": {"ask": text,
  "own": text}}`. With `ask` the model is asked, after it `said` that (null: after the
  words of its answer), in a turn that nobody sees. `read` is how lines are taken from its reply: "lines", "question"
  (the first that asks, and at most three after it) or "sides" (those that begin with For: or Against:, none unless
  both are there). Of those only lines are kept that, up to a |, have no more than `max_chars` characters and in
  small letters match the regular expression `needs` and not `lacks`; none where they are fewer than `min_lines`. Where
  none are found, the lines of `own`, in which "{prompt}" stands for the first `quotes`
  characters of the request if that is not 0. `origins` are the words for where lines came from.
- `score`: how sure the model is, from 0 to 1: `{"source", "look": whole, "points": [[score, probability]], "line":
  {"slope", "shift"}?, "unknown": text, "unheard": text, "numberless": text, "ask": text}`. `source` is "mean" (the
  geometric mean of the tokens' probabilities), "lowest" (the lowest such mean of five in a row), "product",
  "agreement" (of five more answers) or "estimate" (the model is asked, with the words of `ask`); `look` is how many
  tokens it looks at, 0 for all. `points` or else `line` make it a probability; with neither it is one itself. The
  texts say why there is no score.
- `show`: how found lines are shown, by `as`: "list" `{title, most: whole?, fold: text?}`, "columns" `{title, most,
  even: flag, sides: texts}`, "sources" `{most, claims: flag, preview: flag}`, "steps" `{title, most, dwell, keep:
  flag}`; and how further answers are, "alternatives" `{title, order}` (order "as they came", "most alike" or "most
  different") or "agreement" `{asked: texts, apart: text, same: text?, items: flag}`.
- `rows`: for each kind of fault the words and, where there is a second text, what to do.
- `cuts`: `[{"from": number, "event": event?}]`, highest first: what is said from which probability on.
- `object`: as the field's words say.

What has no counterpart in a product is left out: the script of a prompt pack (the designer's own words take its place),
words made up by a fault, an answer that stands in for one that was not recorded, and how long an answer will take,
which is known of a recording alone (the usual time takes its place). Nothing in a step is left to chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT_VERSION = 1


@dataclass(frozen=True)
class StepKind:
    """One kind of step: what it does, and its fields with their types."""

    about: str
    fields: Mapping[str, str]


STEP_KINDS: Mapping[str, StepKind] = {
    "release": StepKind(
        "Shows words a `unit` at a time (token, word, sentence); the first has a cursor behind it if `cursor`.",
        {"unit": "text", "cursor": "flag"},
    ),
    "pace": StepKind(
        "Shows words at `rate` a second at the most, the first after `buffer` seconds.",
        {"rate": "number", "buffer": "number"},
    ),
    "hold": StepKind(
        "Shows all words at the end. `sign` is shown at once; `give_up` {at, words} is an error of fault timeout; "
        "`leave` {at, words, ready} lets the person go after a while; `draft` {swap} shows the first sentence first, "
        "and the rest not before `swap`.",
        {"sign": "event?", "give_up": "object?", "leave": "object?", "draft": "object?"},
    ),
    "delay": StepKind("Everything but silences comes `seconds` later.", {"seconds": "number"}),
    "signs": StepKind("Signs until the first words, each at its time, in place of all others.", {"signs": "events"}),
    "before": StepKind(
        "Events at once; if `once`, only at the beginning of a conversation.", {"events": "events", "once": "flag"}
    ),
    "after": StepKind(
        "Events before the last one where that is among the kinds `on` and words came. `whole`: only below the "
        "model's own answer, not stopped and not replaced. `attempts`: only while another attempt is below that.",
        {"events": "events", "on": "texts", "whole": "flag", "attempts": "whole?"},
    ),
    "more": StepKind(
        "Found lines, shown at `place`: before (the answer), after (a whole answer) or waiting (as signs until the "
        "first words). `sign` is shown while the model is asked beforehand.",
        {"place": "text", "content": "content", "show": "show", "sign": "event?"},
    ),
    "offer": StepKind(
        "A question in place of the end of a whole answer. The options are found lines; if `assumed`, each line is "
        "an assumption, with what to pick where it is not so after a |, and one correction is enough.",
        {"question": "text", "content": "content", "most": "whole", "assumed": "flag"},
    ),
    "clarify": StepKind(
        "A question before the answer, at most `maximum` of them. `when`: always, short (a request of at most "
        "`short` words) or differ (answers that nobody sees agree less than `threshold`; `sign` meanwhile). It is "
        "`question` with `options` and own words if `other`, or with `content` the first line found, the others its "
        "options.",
        {
            "when": "text", "short": "whole", "threshold": "number", "maximum": "whole", "sign": "event",
            "question": "text", "options": "texts", "other": "flag", "content": "content?",
        },
    ),
    "agree": StepKind(
        "A question before the answer, where the request names one of the words of `stakes` (null: always), under "
        "found lines if there is `content` (`most` of them; null: all). Once it is answered: an option in `instead` "
        "asks another question, one in `stops` ends with these words, and the model does not hear of those in `quiet` "
        "(null: of none). With `decided` the person's decision is said before the answer, which comes not before "
        "`delay`.",
        {
            "question": "text", "options": "texts", "other": "flag", "content": "content?", "most": "whole?",
            "sign": "event?", "stakes": "texts?", "quiet": "texts?", "instead": "object", "stops": "object",
            "decided": "text?", "delay": "number",
        },
    ),
    "verdict": StepKind(
        "What is said of the words once they are all there: by `cuts` (in whole percent, rounded down, if `floored`), "
        "or `percent` {digits, words, legend: text?, near, counts: [[percent, answers, right]], none, some, basis}. "
        "Where the question has more words than `measured` says, the answer more tokens, or no question mark ends it "
        "though it `asks`, the remark stands before the legend, or after the text where there is none.",
        {"score": "score", "cuts": "cuts", "floored": "flag", "percent": "object?", "measured": "object?"},
    ),
    "hedge": StepKind(
        "`words` before the answer where the probability is below `threshold`.",
        {"score": "score", "threshold": "number", "words": "text"},
    ),
    "abstain": StepKind(
        "`words` in place of an answer whose probability is below `threshold`; `anyway` is a button that shows it.",
        {"score": "score", "threshold": "number", "words": "text", "anyway": "text?"},
    ),
    "highlight": StepKind(
        "Marks a `unit` (word, phrase) that the model found less probable than `threshold`; `unknown` where it gives "
        "no probabilities.",
        {"unit": "text", "threshold": "number", "palette": "text", "unknown": "text"},
    ),
    "ask_again": StepKind(
        "`count` further answers, shown below a whole answer; `unknown` where there are none.",
        {"count": "whole", "show": "show", "unknown": "text"},
    ),
    "told": StepKind(
        "A break as a failure: by `faults` {kind of fault: row}, else `other`, a row being [words] or [words, what to "
        "do]; `raw` says the exception's own words. `kept` goes before what to do where words are on the screen. "
        "`keep` shows words held back; `empty`: also an end without words; `needs_words`: only where words came; "
        "`excepted` faults pass; `labels` are the labels of the button retry, one an attempt, and none passes (null: "
        "always the same); `technical` adds the exception's words; `data` is added as it is.",
        {
            "faults": "rows", "other": "texts", "raw": "flag", "kept": "text", "keep": "flag", "empty": "flag",
            "needs_words": "flag", "excepted": "texts", "labels": "texts?", "technical": "flag", "data": "object",
        },
    ),
    "retry": StepKind(
        "Tries again by itself where an answer breaks, as often as it `says` so, first after `back_off` seconds, each "
        "time twice as long; `excepted` faults pass.",
        {"says": "texts", "back_off": "number", "excepted": "texts"},
    ),
    "fallback": StepKind(
        "Another answer where one breaks: another attempt if `earlier`, else `template`; `disclosed` {earlier, "
        "template} says so.",
        {"earlier": "flag", "template": "text", "disclosed": "object?"},
    ),
    "handoff": StepKind(
        "A button that calls a person: on failure, under an answer, under a doubtful one, and where a sentence of the "
        "request in small letters matches the regular expression `wanted` (null: never), with `offered` in place of "
        "the answer. `says` {question, answer, none, wrong} stands before what is passed on, of which texts have "
        "`longest` characters.",
        {
            "wanted": "text?", "offered": "text", "on_failure": "flag", "on_answer": "flag", "on_doubt": "flag",
            "label": "text", "after": "text", "says": "object", "longest": "whole",
        },
    ),
    "refusal": StepKind(
        "Where the first sentence (at most `longest` characters) in small letters matches the regular expression "
        "`refuses`: `no`, the `reason` and the `path`, to pick from if `options`, else to read under `would`.",
        {
            "refuses": "text", "longest": "whole", "no": "text", "reason": "text", "path": "texts", "options": "flag",
            "would": "text", "otherwise": "text",
        },
    ),
    "stable": StepKind(
        "The first attempt again in place of a later one, with `note` (\"\": none); a new one where it breaks.",
        {"note": "text"},
    ),
}  # fmt: skip


@dataclass(frozen=True)
class PortableStep:
    """One step of a prototype: its kind, and the values of the fields of this kind, JSON values only."""

    kind: str
    values: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the kind, as `step`, and the fields."""
        return {"step": self.kind, **self.values}


@dataclass(frozen=True)
class Portable:
    """What a pattern does, from the inside outwards; no steps where its dials have it do nothing."""

    steps: tuple[PortableStep, ...] = ()


@dataclass(frozen=True)
class NotPortable:
    """Why a program without Parallax does not do what a pattern does, as a sentence."""

    reason: str


def portable_step(kind: str, **values: Any) -> Portable:
    """What a pattern does where that is one step of this kind."""
    return Portable((PortableStep(kind, values),))
