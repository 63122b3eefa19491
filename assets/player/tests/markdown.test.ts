/** Facts about words that could be dangerous: they are shown, and do nothing. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { safeAddress } from "../markdown/links"
import { Markdown } from "../markdown/markdown"
import { makeShape, mend, nodeOf, type Shape } from "../markdown/shapes"

function drawn(words: string, size = words.length): HTMLElement {
  const markdown = new Markdown(dom.window.document.createElement("div"))
  for (let i = 0; i < words.length; i += size) markdown.add(words.slice(i, i + size))
  markdown.end()
  return markdown.root
}

const EVIL = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "<svg/onload=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](data:text/html,<script>1</script>)",
  "![a](http://evil.test/p.png)",
  '![a](x" onerror="alert(1))',
  "<a href='javascript:1'>x</a>",
  "`<img src=x>`",
  "```html\n<iframe src=//evil></iframe>\n```",
  "| <img src=x> | b |\n|-|-|\n| <script> | 2 |",
  "[x](http://[bad)",
  "[x](//evil.test)",
  "https://ok.test/<script>",
  "# <b onclick=x>h</b>",
  "- <style>*{}</style>",
  "[x](vbscript:1)",
  "$$<img src=x>$$",
]
const TAGS = new Set(
  "DIV P BR HR H3 H4 H5 H6 EM STRONG S CODE PRE A SPAN UL OL LI BLOCKQUOTE TABLE TR TH TD".split(" "),
)
const ATTRIBUTES = new Set(["href", "target", "rel", "class", "start", "dir", "data-goal"])

function assertHarmless(root: Element, words: string): void {
  for (const element of root.querySelectorAll("*")) {
    assert.ok(TAGS.has(element.tagName), `${element.tagName} from ${words}`)
    for (const { name } of element.attributes) assert.ok(ATTRIBUTES.has(name), `${name} from ${words}`)
    const href = element.getAttribute("href")
    if (href !== null) assert.match(href, /^(https?|mailto):/, words)
  }
}

test("nothing that a model writes becomes active, wherever its tokens are cut", () => {
  for (const words of EVIL)
    for (let size = 1; size <= words.length; size++) assertHarmless(drawn(words, size), `${words} in pieces of ${size}`)
})

test("pieces of dangerous words in any order become nothing active, at any moment", () => {
  const pieces = EVIL.flatMap((words) => words.match(/[\w:/.]+|[^\w]/g) ?? [])
  for (let seed = 1; seed <= 200; seed++) {
    const markdown = new Markdown(dom.window.document.createElement("div"))
    for (let i = 1; i <= 20; i++) markdown.add(pieces[(seed * i * i * 7919 + i * 104729) % pieces.length]!)
    assertHarmless(markdown.root, markdown.source)
    markdown.end()
    assertHarmless(markdown.root, markdown.source)
  }
})

test("tags are shown as the words they are", () => {
  assert.equal(drawn("<script>alert(1)</script>").textContent, "<script>alert(1)</script>")
})

test("an image becomes its description and asks no server for anything", () => {
  const root = drawn("see ![a cat](http://evil.test/p.png) here")
  assert.equal(root.querySelectorAll("img,[src]").length, 0)
  assert.equal(root.textContent, "see a cat here")
})

test("a good link opens elsewhere and tells nobody where from", () => {
  const link = drawn("[x](https://example.org/a)").querySelector("a")!
  assert.equal(link.getAttribute("href"), "https://example.org/a")
  assert.equal(link.getAttribute("rel"), "noopener noreferrer")
  assert.equal(link.getAttribute("target"), "_blank")
})

test("only web and mail addresses are safe", () => {
  for (const bad of ["javascript:1", " javascript:1", "data:,x", "//x.test", "/x", "", "http://[", "file:///etc"])
    assert.equal(safeAddress(bad), null, bad)
  for (const good of ["http://a.test/", "https://a.test/x?y#z", "mailto:a@b.test"])
    assert.equal(safeAddress(good), good)
})

test("whatever shape is to be drawn, only an answer's own elements, attributes and addresses come to be", () => {
  const hostile = [
    makeShape("script", ["alert(1)"]),
    makeShape("img", [], { src: "x", onerror: "alert(1)", style: "x" }),
    makeShape("a", ["here"], { href: "javascript:alert(1)", onclick: "alert(1)", class: "c" }),
    makeShape("iframe", [makeShape("object", ["deep"])], { srcdoc: "<b>" }),
  ]
  const root = dom.window.document.createElement("div")
  root.append(...hostile.map(nodeOf))
  const harmless = '<span>alert(1)</span><span></span><a class="c">here</a><span><span>deep</span></span>'
  assert.equal(root.innerHTML, harmless)
  const before = root.appendChild(nodeOf(makeShape("a", ["x"], { href: "https://e.org/" }))) as Element
  const after: Shape = makeShape("a", ["x"], { href: "data:text/html,x", onfocus: "alert(1)" })
  mend(root, [makeShape("a", ["x"], { href: "https://e.org/" })], [after])
  assert.equal(before.outerHTML, "<a>x</a>")
})

test("revised words replace, grown words append, and reopened words go on", () => {
  const markdown = new Markdown(dom.window.document.createElement("div"))
  markdown.add("one **two")
  const first = markdown.root.firstElementChild
  markdown.revise("one **two** three")
  assert.equal(markdown.root.firstElementChild, first)
  markdown.revise("other")
  assert.equal(markdown.root.textContent, "other")
  markdown.end()
  markdown.reopen()
  markdown.add(" words")
  markdown.end()
  assert.equal(markdown.root.textContent, "other words")
  assert.equal(markdown.source, "other words")
})

test("words that were cut off keep the look that they had while they came", () => {
  for (const [words, shown] of [
    ["**1. Freeze", "<p><strong>1. Freeze</strong></p>"],
    ["It is *very **good", "<p>It is <em>very <strong>good</strong></em></p>"],
    ["- one\n- **two ", "<ul><li><p>one</p></li><li><p><strong>two</strong></p></li></ul>"],
    ["Type `make r", '<p>Type <code dir="ltr">make r</code></p>'],
    ["See [the pa", "<p>See [the pa</p>"],
    ["All of **it**", "<p>All of <strong>it</strong></p>"],
    ["And **", "<p>And</p>"],
    ["2 * 3", "<p>2 * 3</p>"],
  ] as const) {
    const markdown = new Markdown(dom.window.document.createElement("div"))
    for (const letter of words) markdown.add(letter)
    markdown.end(true)
    assert.equal(markdown.root.innerHTML, shown, words)
    markdown.reopen()
    markdown.end()
    assert.equal(markdown.root.innerHTML, drawn(words).innerHTML, words) // where it goes on, nothing was added
  }
})

test("markdown is drawn the same token by token as in one go", () => {
  const words =
    "## Title\n\nA **bold** and *soft* `code` line.\n\n- one\n- two\n\n1. first\n2. second\n\n> said\n\n" +
    "```py\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
  const whole = drawn(words).innerHTML
  for (const size of [1, 2, 3, 7]) assert.equal(drawn(words, size).innerHTML, whole, `pieces of ${size}`)
})

test("every letter is shown as soon as it has come", () => {
  const markdown = new Markdown(dom.window.document.createElement("div"))
  const words = "You have three options, at 10 or the rest (wait)."
  for (let i = 0; i < words.length; i++) {
    markdown.add(words[i]!)
    assert.equal(markdown.root.textContent, words.slice(0, i + 1).trimEnd())
  }
})
