"""How long the player's script takes to draw 2,000 tokens, fed one by one, by the shape of the answer.

Run: python -m tests.bench.drawing [folder of another checkout, to compare with] ...
"""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from components.core.folders import PROJECT_ROOT
from tests.bench.server import chromium

TOKENS = 2000
ROUNDS = 3
PROSE = (
    "The **sea** is deep and wide, nobody `knows` how deep it is, and [some](https://example.org/a) say that it has "
    "no end at all. "
)
MIXED = (
    "## Plan\n\nThere are **three** things to do, and *one* to leave; see [the guide](https://example.org/g).\n\n"
    "- Read `my_rows.py` first\n- Then **run** it:\n\n```py\nfor a in b:\n    print(a | 2)\n```\n\n"
    "| Town | People |\n|---|--:|\n| Oslo | 700 |\n| **Bern** | 140 |\n\n> It is said.\n> And so it is.\n\n"
    "1. One step\n2. Two steps\n   - a small one\n   - another\n\n"
)
SHAPES = {
    "mixed": MIXED,
    "prose": PROSE * 3 + "\n\n",
    "one paragraph": PROSE,
    "one long line of plain words": "It is deep, and wide; nobody (so far) knows how deep - or how wide it is. ",
    "one emphasis in another": "Is **very *deep* and `wide`** and _so on_ it goes ~~for ever~~, a*b and snake_case ",
    "addresses": "See https://example.org/a_b?c=1&d and [this](https://example.org/x_(y)) or me@example.org. ",
    "list": "1. **Step:** take the next thing and put it where it was, then go on with it.\n",
    "list with blank lines": "- **Thing** that is `here`\n\n  and more of it\n\n",
    "nested list": "- one thing\n  - two of *it*\n    - three\n",
    "list in one item": "- all\n" + "  - **two** of it\n" * 400,
    "code": "```py\n" + "for i in range(3): print(i + 1, 'x')\n" * 400,
    "code by indent": "    for i in range(3): print(i + 1, 'x')\n",
    "code in a list": "- Do:\n\n  ```py\n" + "  for i in range(3): print(i + 1, 'x')\n" * 400,
    "quote": "> It is **said** that the sea is deep.\n",
    "lines": "Roses are *red*,\nviolets are blue,\n",
    "table": "| a | b |\n|---|---|\n" + "| some words | **more** words of it |\n" * 400,
    "wide table": "|" + " a |" * 12 + "\n|" + "---|" * 12 + "\n" + ("|" + " 1.5 |" * 12 + "\n") * 400,
    "Chinese": "前文**测试**后文，然后继续写下去。这是`代码`的例子。",
    "signs": "a * b _ c ` d [ e < f & g \\ h ~ i ! ",
}
BUNDLE = """
import { build } from "esbuild"
import * as parts from "./build.mjs"
const { outputFiles } = await build({
  entryPoints: ["player/markdown/markdown.ts"], bundle: true, minify: true, format: "iife", globalName: "player",
  charset: "utf8", plugins: parts.plugins ?? [parts.asText], write: false,
})
process.stdout.write(outputFiles[0].text)
"""
TIMED = """([tokens, rounds]) => {
  const draw = (root) => {
    const began = performance.now()
    const markdown = new player.Markdown(root)
    for (const token of tokens) markdown.add(token)
    markdown.end()
    return performance.now() - began
  }
  draw(document.createElement("div"))
  const times = Array.from({ length: rounds }, () => draw(document.body.appendChild(document.createElement("div"))))
  return Math.min(...times)
}"""


def bundle(checkout: Path) -> str:
    """The script that draws answers, as one checkout builds it."""
    command = ["node", "--input-type=module", "-e", BUNDLE]
    return subprocess.run(command, cwd=checkout / "assets", check=True, capture_output=True, text=True).stdout


def shaped_tokens(words: str) -> list[str]:
    """So many tokens of a shape, cut about as a model cuts."""
    tokens: list[str] = re.findall(r" ?\w{1,5}|\s+|[^\w\s]", words * (1 + 4 * TOKENS // len(words)))
    return (tokens * (1 + TOKENS // len(tokens)))[:TOKENS]


def recorded_tokens() -> list[str]:
    """The tokens of the bundled answers, one after the other."""
    with gzip.open(PROJECT_ROOT / "assets/recordings/packs.jsonl.gz", "rt") as lines:
        answers = [json.loads(line)["events"] for line in lines]
    return [word for events in answers for word in [*(event.get("text", "") for event in events), "\n\n"] if word]


def drawing_ms(browser: Browser, script: str, tokens: list[str]) -> float:
    """Milliseconds of script for all tokens together, warmed; the fastest of some rounds."""
    page = browser.new_page()
    page.set_content("<body></body>")
    page.add_script_tag(content=script)
    fastest: float = page.evaluate(TIMED, [tokens, ROUNDS])
    page.close()
    return round(fastest, 1)


def main() -> None:
    """Print one line a shape: milliseconds by checkout."""
    checkouts = [PROJECT_ROOT, *map(Path, sys.argv[1:])]
    real = recorded_tokens()
    shapes = {f"recorded {n + 1}": real[n * TOKENS : (n + 1) * TOKENS] for n in range(4)}
    shapes |= {name: shaped_tokens(words) for name, words in SHAPES.items()}
    with sync_playwright() as play:
        browser = chromium(play)
        scripts = {checkout.name: bundle(checkout) for checkout in checkouts}
        for name, tokens in shapes.items():
            times = {checkout: drawing_ms(browser, script, tokens) for checkout, script in scripts.items()}
            sys.stdout.write(json.dumps({"shape": name, "ms": times}) + "\n")
            sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    main()
