/** Answers in the shapes that models write, each with the fact that it stands for. */

/** Nothing of these is ever taken back. */
export const ANSWERS: Readonly<Record<string, string>> = {
  "names with underscores":
    "Give max_rows and min_score in my_settings.yaml, then run read_all_rows() again.\n\nIt costs 7_500 a year.",
  "sources in brackets at the ends of lines": "Granite is hard (1) and heavy.\n\nIt lasts: b] and c) stay.",
  "a table, with text before it":
    "Three towns:\n\n| Town | People |\n|---|--:|\n| Oslo | 700 |\n| Bern | 140 |\n\nDone.",
  "a table whose lines end in spaces": "| a | b |  \n| --- | --- |  \n| 1 | 2 |  \n| 3 | 4 |\n",
  "a line that begins with a bar": "Let us see.\n\n|x| is never below zero.\n\nSo |y| is not, too.",
  "a quote and a table in a list":
    "- First\n\n  > said so\n\n- Second\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n\n- Third",
  "nested lists": "1. One\n   - a\n   - b\n     - deep\n2. Two\n   1. x\n   2. y\n10. Ten",
  "a list with a second paragraph and code in it":
    "1. Do it:\n\n   ```sh\n   make run\n   ```\n\n   Then wait.\n\n2. Done",
  "flour, eggs and the sign of the next item":
    "You need:\n\n- 2 eggs\n- 10 g of salt\n- 1.5 l of milk\n\nThen 3 - 2 is 1.",
  "a fence in a fence": "````md\n```py\nx = 1\n```\n````\n\nAfter it.",
  "an unclosed fence": "Code:\n\n```py\nfor a in b:\n    print(a | 2, `b`)\n\n- no list\n",
  "names of variables": "Set $HOME and $PATH_TO_IT.\n\n# Next\n\n- $AAPL rose, $TSLA fell\n\nIt was $5, then $7.",
  "a heading of every kind": "# One\n\nText\n\n## Two ##\n\n### Three\nright under\n\n---\n\nEnd",
  "code in a quote": "> Look:\n>\n> ```\n> a < b\n> ```\n>\n> so.",
  "bold in bold places": "**Bold** and **bold: really**, then ***both***.\n\n1. **Step:** do\n2. **Step:** wait\n",
  "tags are words": "A List<int> and <details>x</details>, <!-- no --> and a < b.",
  "right to left": "شغّل الأمر ثم:\n\n- أولا\n- second\n\n```\nrun(a);\n```\n",
  "links, with a title and without":
    'Read [the book](https://example.org/b) or [the guide](https://example.org/g "The guide") now and then.',
  "brackets that are no links": "Dear [Name], see a[0], [1][2] and [sic] (or [[this]]): it is [x] and ![y]!",
  pictures: "Look: ![a barn](https://example.org/b.png) and [![badge](https://e.org/b.svg)](https://e.org) there!",
  "code beside signs": "**Use `<b>`**, `` `tick` `` and `a[0`, then **`*args`** or *`__init__`* and `` a`b ``. So `[`.",
  "bold in the middle of words": "un**believ**able and snake**bold**case and 10**6 it is.",
  "lines without blanks": "Roses are red,\nviolets are blue.\n1986 was long ago.\n10 or more.\n-5 degrees.",
}

/** Of these, something is drawn anew while it is open: the words, and the length from which and up to which. */
export const TAKEN_BACK: readonly (readonly [string, number, number])[] = [
  ["The function takes *args and never ends, so the sign is a sign. Really, all of it is.", 20, 83],
  ["Name | Sign\n--- | ---\nIron | Fe\n", 0, 21],
  ["A title\n=======\n\nand its text", 0, 15],
]
