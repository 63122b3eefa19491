"""Write the vocabulary of events where else it is read: the player's types and the table in ARCHITECTURE.md.

Run it after a change of components/core/vocabulary.py: make vocabulary
"""

from collections.abc import Iterable
from pathlib import Path

from components.core.prompt import MAX_PROMPT_CHARS
from components.core.vocabulary import (
    ANSWERING,
    BREAKING,
    FREEZE_S,
    LAST,
    NO_SIGN,
    ON_SCREEN,
    VOCABULARY,
    DataKey,
    KindSpec,
)

ROOT = Path(__file__).parents[2]
TYPES, TABLE = ROOT / "assets/player/events.ts", ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- events:begin -->", "<!-- events:end -->"
TYPESCRIPT = {
    "text": "string", "fault": "string", "number": "number", "flag": "boolean", "texts": "readonly string[]",
    "texts by name": "Readonly<Record<string, string>>", "columns": "readonly Column[]",
}  # fmt: skip
IN_WORDS = {
    "tokens": "list of tokens",
    "chances": "list of pairs",
    "thoughts": "list of pairs",
    "columns": "list of lists",
    "texts": "list of texts",
}
SPEAKERS = {"model": "the model", "screen": "a pattern", "both": "the model or a pattern"}
HEAD = f"""/** Events: what can happen on the screen, and what else both languages share.
 *
 * Made from components/core/vocabulary.py by `make vocabulary`: change it there.
 */

export const FREEZE_S = {FREEZE_S:g} // seconds without new words that break a person's flow of thought
export const MAX_PROMPT_CHARS = {MAX_PROMPT_CHARS}

/** Lists that stand side by side. */
export interface Column {{
  readonly title: string
  readonly items: readonly string[]
}}
"""
TAIL = """
export type EventKind = keyof EventData

/** One thing that happens at one moment of an answer, `at` in seconds since Send. */
export type Event<K extends EventKind = EventKind> = {
  [P in K]: { readonly at: number; readonly kind: P; readonly text?: string; readonly data?: EventData[P] }
}[K]

/** The three moments of a pane, in seconds since Send; null where one never came. */
export interface Marks {
  readonly sign: number | null // the first sign of life
  readonly first: number | null // the first words of the answer
  readonly complete: number | null // nothing more happens
}
"""


def typescript() -> str:
    """The player's module of events, as it stands in assets/player/events.ts."""
    sets = {
        "LAST": (LAST, "After one of these a stream says nothing more."),
        "NO_SIGN": (NO_SIGN, "Nothing to see by themselves."),
        "ANSWERING": (ANSWERING, "Their text is words of the answer."),
        "BREAKING": (BREAKING, "The answer ended in a failure."),
    }
    kinds = [
        set_of(name, [kind for kind in kinds if kind in ON_SCREEN], about) for name, (kinds, about) in sets.items()
    ]
    specs = "\n".join(line for kind in ON_SCREEN for line in interface(kind, VOCABULARY[kind]))
    data = f"/** What each kind of event carries besides its text. */\nexport interface EventData {{\n{specs}\n}}"
    return "\n".join([HEAD, data, TAIL, *kinds, ""])


def interface(kind: str, spec: KindSpec) -> Iterable[str]:
    """The lines of one kind in the interface of all data: what it means, and its keys with their types."""
    yield f"  /** {spec.meaning}{f' Its text: {spec.text}.' if spec.text else ''} */"
    keys = {name: key for name, key in spec.data.items() if not key.hidden}
    if not keys:
        yield f"  readonly {kind}: Readonly<Record<string, never>>"
        return
    yield f"  readonly {kind}: {{"
    for name, key in keys.items():
        unit = f", in {key.unit}" if key.unit else ""
        yield f"    /** {key.meaning[:1].upper()}{key.meaning[1:]}{unit}. */"
        yield f"    readonly {name}?: {type_of(key)}"
    yield "  }"


def type_of(key: DataKey) -> str:
    """A value's type in TypeScript."""
    if isinstance(key.type, str):
        return TYPESCRIPT[key.type]
    return " | ".join(f'"{word}"' for word in key.type)


def set_of(name: str, kinds: Iterable[str], about: str) -> str:
    """A set of kinds in TypeScript."""
    listed = ", ".join(f'"{kind}"' for kind in kinds)
    return f"/** {about} */\nexport const {name}: ReadonlySet<string> = new Set<EventKind>([{listed}])"


def table() -> str:
    """The vocabulary as a table in Markdown."""
    rows = ["| kind | said by | what it means | its data |", "| --- | --- | --- | --- |"]
    for kind, spec in VOCABULARY.items():
        text = f" Its text: {spec.text}." if spec.text else ""
        last = " Nothing comes after it." if spec.last else ""
        keys = "<br>".join(f"`{name}` ({in_words(key)}): {key.meaning}" for name, key in spec.data.items())
        rows.append(f"| `{kind}` | {SPEAKERS[spec.speaker]} | {spec.meaning}{text}{last} | {keys} |")
    return "\n".join(rows)


def in_words(key: DataKey) -> str:
    """A key's type and unit in words."""
    kind = IN_WORDS.get(key.type, key.type) if isinstance(key.type, str) else " / ".join(key.type)
    return ", ".join(part for part in (kind, key.unit, "between layers only" if key.hidden else "") if part)


def with_table(page: str) -> str:
    """A page with the table between its two marks. ValueError where it lacks them."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Write both files anew: the types and the table."""
    TYPES.write_text(typescript(), "utf-8")
    TABLE.write_text(with_table(TABLE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
