/** Facts about markdown: the letters are the grammar's own, however the words come, and nothing shown is taken back. */
import { dom } from "./dom"
import { tests as examples } from "commonmark-spec"
import assert from "node:assert/strict"
import { test } from "node:test"
import MarkdownIt from "markdown-it"
import { Markdown } from "../markdown/markdown"
import { ANSWERS, TAKEN_BACK } from "./answers"

const SIZES = [1, 3, 7]
const WORDS = ["word ", "the sea", "a", " ", "\n", ", ", "5", "long words that go on for a while and on "]
const SIGNS = (
  "* ** _ __ ~~ ` `` [ ] ( ) ]( ![ < > & &amp; \\ | - 1. # === : . ! http://e.org www.e.org a@e.org 前文 测试。 [g] a*b " +
  "snake_case [x](https://e.org/a) **bold** `code`"
)
  .split(" ")
  .concat("\n\n", "- ", "> ", "# ", "1. ", "| a | b |\n|---|---|\n", "| c ", "\n[g]: /u\n", "    ", "\n```\n", "[ ] ")
const grammar = new MarkdownIt({ breaks: true, linkify: true })
grammar.linkify.set({ fuzzyLink: false })

const begun = (): Markdown => new Markdown(dom.window.document.createElement("div"))
const bare = (words: string): string => words.replace(/\s+/g, "")

function drawn(words: string, size = words.length || 1): HTMLElement {
  const markdown = begun()
  for (let i = 0; i < words.length; i += size) markdown.add(words.slice(i, i + size))
  markdown.end()
  return markdown.root
}

/** The letters that the grammar's own renderer puts on a page, with a picture's words in its place. */
function lettersByGrammar(words: string): string {
  const page = new dom.window.DOMParser().parseFromString(grammar.render(words), "text/html")
  for (const picture of page.querySelectorAll("img")) picture.replaceWith(picture.alt)
  return bare(page.body.textContent)
}

/** Each letter on the page with the elements around it. */
function lettersOn(root: Node, around = ""): string[] {
  return [...root.childNodes].flatMap((node) =>
    node.nodeType === 3
      ? [...node.textContent!].map((letter) => around + letter)
      : lettersOn(node, `${around}${node.nodeName} `),
  )
}

/** What of the words was shown and is not there, or elsewhere, at the end; each moment with what was written then. */
function takenBack(words: string): string[] {
  const end = lettersOn(drawn(words))
  const markdown = begun()
  return [...words].flatMap((letter, i) => {
    markdown.add(letter)
    const wrong = lettersOn(markdown.root).findIndex((shown, at) => shown !== end[at])
    return wrong < 0 ? [] : [words.slice(0, i + 1)]
  })
}

test("the letters of every example of CommonMark are those of its grammar", () => {
  assert.ok(examples.length > 640)
  for (const { number, markdown } of examples)
    assert.equal(bare(drawn(markdown).textContent), lettersByGrammar(markdown), `example ${number}`)
})

test("an example of CommonMark is drawn the same letter by letter as in one go", () => {
  for (const { number, markdown } of examples)
    if (number % 8 === 0 && markdown.length < 60)
      assert.equal(drawn(markdown, 1).innerHTML, drawn(markdown).innerHTML, `example ${number}`)
})

/** Lines of lists in lists, with what may stand between them. */
const LINES = [
  "\n- a",
  "\n- b",
  "\n  - c **d**",
  "\n  - [e][x]",
  "\n    - f",
  "\n  1. g",
  "\n  2. h",
  "\n\n",
  "\n  i",
  "\nj",
]
  .concat([
    "\n\n  k",
    "\n      - l",
    "\n[x]: /u\n",
    "\n  [x]: /u\n",
    "\n  ```\n",
    "\n  > m",
    "\n  * n",
    "\n  ---",
    " word",
    "- ",
  ])
  .concat(["\n  - c", "\n  - c", "\n  - o", "\n    - p", "\n    - q"])

/** Words and signs in an order that depends on the seed alone. */
function randomPieces(seed: number, from = SIGNS, others = WORDS): string[] {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 48271) >>> 0) % 2147483647
    return state % limit
  }
  const few = Array.from({ length: 6 }, () => from[below(from.length)]!)
  return Array.from({ length: 30 }, () => (below(2) ? few[below(few.length)]! : others[below(others.length)]!))
}

/** Makes a drawing read its last run and its table from their beginning. */
function forgetStart(markdown: Markdown): void {
  const { reader } = markdown as unknown as { reader: Record<"run" | "fold", { forget(): void }> }
  reader.run.forget()
  reader.fold.forget()
}

/** Draws what comes in pieces, and beside it the same with everything read from its beginning. */
function assertGrowsAlike(pieces: string[]): void {
  const growing = begun()
  const anew = begun()
  for (const way of ["grow", "isShown"]) Reflect.set(anew, way, () => false)
  for (const piece of pieces) {
    growing.add(piece)
    forgetStart(anew)
    anew.add(piece)
    assert.equal(growing.root.innerHTML, anew.root.innerHTML, JSON.stringify(growing.source))
  }
}

test("words that only grew are drawn as when all is read anew", () => {
  for (let seed = 1; seed <= 25; seed++) assertGrowsAlike(randomPieces(seed))
})

test("lists in lists of which complete items are left out are drawn as when all is read anew", () => {
  for (let seed = 1; seed <= 40; seed++) assertGrowsAlike(["- a\n  - b", ...randomPieces(seed, LINES, LINES)])
})

const QUOTED = [
  "> a",
  "\n",
  "\n> ",
  ">",
  " b",
  "c **d",
  "**",
  "\n\n",
  "\n> > e",
  "\n>> f",
  "\ng",
  "\n> - h",
  "\n>",
  "> i\n> j",
]
const CODED = [
  "```",
  "\n",
  "  ",
  "    ",
  "x = 1",
  "`",
  "- k",
  "\n  ```py",
  "\n\n",
  "> ",
  "l",
  "[m]:",
  "|",
  "~~~",
  "\n  n",
  "2",
]
const CHINESE = [
  "前文",
  "测试",
  "**",
  "。",
  "，",
  "https://例.org/",
  "a",
  " ",
  "`",
  "1",
  "www.",
  "后文",
  "*",
  "@",
  "\n",
  "word",
]

test("quotes, code and scripts without spaces are drawn as when all is read anew", () => {
  for (const pieces of [QUOTED, CODED, CHINESE])
    for (let seed = 1; seed <= 15; seed++) assertGrowsAlike([pieces[0]!, ...randomPieces(seed, pieces, pieces)])
})

for (const [fact, words] of Object.entries(ANSWERS)) {
  test(`${fact}: the letters are those of the grammar`, () => {
    assert.equal(bare(drawn(words).textContent), lettersByGrammar(words))
  })
  test(`${fact}: pieces of any size are drawn alike`, () => {
    for (const size of SIZES) assert.equal(drawn(words, size).innerHTML, drawn(words).innerHTML, `pieces of ${size}`)
  })
  test(`${fact}: nothing that was shown is taken back`, () => {
    assert.deepEqual(takenBack(words), [])
  })
}

for (const [words, since, until] of TAKEN_BACK)
  test(`only what is open is drawn anew in ${JSON.stringify(words)}`, () => {
    const moments = takenBack(words)
    assert.ok(moments.length > 0)
    for (const moment of moments) assert.ok(moment.length > since && moment.length <= until, JSON.stringify(moment))
  })

test("words wait for a bracket that may make a link of them, but not for long", () => {
  const markdown = begun()
  for (const letter of "So [this is what") markdown.add(letter)
  assert.equal(markdown.root.textContent, "So")
  for (const letter of " nobody has ever said before") markdown.add(letter)
  assert.equal(markdown.root.textContent, "So [this is what nobody has ever said before")
})

test("a block that is complete is never touched again", () => {
  const markdown = begun()
  const touched: Node[] = []
  markdown.add("One **bold** line.\n\n- a\n- b\n- ")
  const kept = [markdown.root.querySelector("p")!, ...markdown.root.querySelectorAll("li")]
  const watch = new dom.window.MutationObserver((changes) => touched.push(...changes.map(({ target }) => target)))
  for (const node of kept)
    watch.observe(node, { subtree: true, childList: true, characterData: true, attributes: true })
  for (const letter of "c [x](https://example.org/)\n- d\n\nThe end, `at last`.") markdown.add(letter)
  assert.deepEqual(watch.takeRecords(), [])
  assert.deepEqual(touched, [])
  assert.equal(markdown.root.contains(kept[1]!), true)
  assert.equal(markdown.root.querySelectorAll("li").length, 4)
})

test("an address that is defined at the end reaches the words before", () => {
  const root = drawn("See [the guide][g].\n\n- more in [the guide][g]\n- and here\n\n[g]: https://example.org/g\n", 5)
  assert.deepEqual(
    [...root.querySelectorAll("a")].map((link) => link.href),
    ["https://example.org/g", "https://example.org/g"],
  )
})

test("a link goes where it says, and a link that says otherwise shows where it goes", () => {
  const goal = (words: string): string | null => drawn(words).querySelector("a")!.getAttribute("data-goal")
  assert.equal(goal("[our bank](https://bank.example/)"), null)
  assert.equal(goal("[bank.example](https://www.bank.example/login)"), null)
  assert.equal(goal("[main.js](https://code.example/main.js)"), null)
  assert.equal(goal("https://bank.example/x_(y)."), null)
  assert.equal(goal("[https://bank.example](https://evil.test/)"), "evil.test")
  assert.equal(goal("<https://bank.example@evil.test/>"), "evil.test")
  assert.equal(goal("[b\u0430nk.example](https://b\u0430nk.example/)"), "xn--bnk-6cd.example")
  assert.equal(goal("[me@bank.example](mailto:you@evil.test)"), "you@evil.test")
})

test("an address ends before the point of its sentence, and a bracket of its own stays in it", () => {
  const at = (words: string): string => drawn(words).querySelector("a")!.href
  assert.equal(at("Go to https://example.org/a_b_c!"), "https://example.org/a_b_c")
  assert.equal(at("(see https://example.org/faq)"), "https://example.org/faq")
  assert.equal(at("[M](https://example.org/M_(planet))"), "https://example.org/M_(planet)")
  assert.equal(at('[the guide](https://example.org/g "The guide")'), "https://example.org/g")
  assert.equal(at("www.example.org/x."), "http://www.example.org/x")
  assert.equal(at("mail ann@example.org."), "mailto:ann@example.org")
  assert.equal(drawn("main.py, README.md and example.org").querySelector("a"), null)
})

test("code is read from the left, also in an answer that is read from the right", () => {
  const root = drawn("شغّل `run.sh --all` ثم:\n\n```\nconst a = []\n```\n")
  assert.deepEqual(
    [...root.querySelectorAll("code, pre")].map((code) => code.getAttribute("dir")),
    ["ltr", "ltr"],
  )
})

test("a task shows its box", () => {
  assert.equal(drawn("- [x] buy\n- [ ] bake\n").textContent, "☑ buy☐ bake")
})

test("bold in scripts without spaces is bold, whatever sign it ends in", () => {
  assert.equal(drawn("前文**测试。**后文").querySelector("strong")!.textContent, "测试。")
})

test("line ends of any kind are one, also cut in two", () => {
  for (const size of [1, 2, 3, 100])
    assert.equal(drawn("a\r\n\r\n- b\r\n- c\rd", size).innerHTML, drawn("a\n\n- b\n- c\nd").innerHTML)
})
