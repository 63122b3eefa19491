"""How long the player's script takes to draw 2,000 tokens, fed one by one, by the shape of the answer.

Run: python -m tests.bench.drawing [folder of another checkout, to compare with] ...
"""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from components.core.folders import PROJECT_ROOT
from tests.bench.server import chromium

TOKENS = 2000
WARM_UPS, ROUNDS = 2, 9
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
import { existsSync } from "node:fs"
import { build } from "esbuild"
import * as parts from "./build.mjs"
const places = ["player/markdown/markdown.ts", "player/pieces/markdown.ts"] // the second in checkouts of before
const { outputFiles } = await build({
  entryPoints: [places.find(existsSync)], bundle: true, minify: true, format: "iife", globalName: "player",
  charset: "utf8", plugins: parts.plugins ?? [parts.asText], write: false,
})
process.stdout.write(outputFiles[0].text)
"""
DRAW = """() => {
  const root = document.body.appendChild(document.createElement("div"))
  const markdown = new player.Markdown(root)
  for (const token of tokens) markdown.add(token)
  markdown.end()
  root.remove()
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


def opened_page(browser: Browser, script: str, tokens: list[str]) -> Page:
    """A page that has the script and the tokens."""
    page = browser.new_page()
    page.set_content("<body></body>")
    page.add_script_tag(content=script)
    page.evaluate("tokens => (window.tokens = tokens)", tokens)
    return page


def drawing_ms(page: Page) -> float:
    """Milliseconds for which the page's thread works to draw all tokens; what else the machine does is not counted."""
    line = page.context.new_cdp_session(page)
    line.send("Performance.enable")

    def worked_s() -> float:
        metrics = {row["name"]: row["value"] for row in line.send("Performance.getMetrics")["metrics"]}
        return float(metrics["ThreadTime"])

    before = worked_s()
    page.evaluate(DRAW)
    took = worked_s() - before
    line.detach()
    return 1000 * took


def main() -> None:
    """Print one line a shape: the median and the fastest of all rounds, in milliseconds, by checkout."""
    checkouts = [PROJECT_ROOT, *map(Path, sys.argv[1:])]
    real = recorded_tokens()
    shapes = {f"recorded {n + 1}": real[n * TOKENS : (n + 1) * TOKENS] for n in range(4)}
    shapes |= {name: shaped_tokens(words) for name, words in SHAPES.items()}
    with sync_playwright() as play:
        browser = chromium(play)
        scripts = [bundle(checkout) for checkout in checkouts]
        for name, tokens in shapes.items():
            pages = [opened_page(browser, script, tokens) for script in scripts]
            rounds = [[drawing_ms(page) for page in pages] for _ in range(WARM_UPS + ROUNDS)][WARM_UPS:]
            rows = zip(checkouts, zip(*rounds, strict=True), strict=True)
            times = {checkout.name: [round(median(row), 1), round(min(row), 1)] for checkout, row in rows}
            sys.stdout.write(json.dumps({"shape": name, "ms": times}) + "\n")
            sys.stdout.flush()
            for page in pages:
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
