/** Facts about text that means harm: only elements of an answer and safe addresses come of it. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { safeAddress } from "../markdown/links"
import { Markdown } from "../markdown/markdown"
import { ANSWER_ATTRIBUTES, ANSWER_TAGS } from "../markdown/shapes"

const ROUNDS = 200
const MAX_CPU_S = 5 // far more than any of them takes, far less than what grows without bound

/** Parts of attacks; each seed puts some of them together. */
const SCHEMES = ["javascript", "JaVaScRiPt", "java\tscript", "java&#x0A;script", "&#106;avascript", "data", "vbscript"]
  .concat(["\u0001javascript", "view-source:javascript", "blob:https", "file", "intent", "ws", "about", "\u00a0data"])
  .concat(["https", "mailto", "ftp", "feed:https", "JAVASCRIPT&colon;", "&Tab;javascript", "tel", "http"])
const GOALS = [
  "alert(1)",
  "//evil.test/%0aalert(1)",
  "text/html,<script>alert(1)</script>",
  "//a@evil.test",
  "\\\\evil.test",
].concat(["//[bad", "/etc/passwd", "a@b.test?body=<script>", '//evil.test/"onmouseover=alert(1)', "//e.test/'><img>"])
const FRAMES: readonly ((address: string, words: string) => string)[] = [
  (address, words) => `[${words}](${address})`,
  (address, words) => `[${words}](<${address}>)`,
  (address, words) => `![${words}](${address} "x\\" onerror=\\"alert(1)")`,
  (address, words) => `[![${words}](${address})](${address})`,
  (address) => `<${address}>`,
  (address) => `see ${address} there`,
  (address, words) => `[${words}][constructor]\n\n[constructor]: ${address} '${words}'\n`,
  (address, words) => `[__proto__]\n\n[__proto__]: <${address}>\n\n| [${words}](${address}) |\n|:-:|\n| x |\n`,
  (address, words) => `\`\`\`${words} class="x" onclick=${address}\n${address}\n\`\`\`\n`,
  (address, words) => `<a href="${address}" id=${words}>${words}</a><img src=${address} onerror=alert(1)>`,
  (address, words) => `999999999. <form name=${words}><input formaction="${address}">\n> <base href="${address}">`,
  (address, words) => `# <svg><a xlink:href="${address}" id="x">${words}</a></svg> {#id .class onclick=x}`,
]
const WORDS = [
  "x",
  "body",
  "<b onclick=1>",
  "\u202eevil",
  "&lt;script&gt;",
  "attributes",
  "](",
  "`",
  '"><script>',
  "**",
]

/** Numbers below a limit, in an order that depends on the seed alone. */
function chance(seed: number): (limit: number) => number {
  let state = seed * 7919 + 1
  return (limit) => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) % limit
}

function assertHarmless(root: Element, words: string): void {
  for (const element of root.querySelectorAll("*")) {
    assert.ok(ANSWER_TAGS.has(element.localName), `${element.localName} from ${JSON.stringify(words)}`)
    assert.equal(element.namespaceURI, "http://www.w3.org/1999/xhtml")
    for (const { name, value } of element.attributes) {
      assert.ok(ANSWER_ATTRIBUTES.has(name), `${name} from ${JSON.stringify(words)}`)
      if (name === "href") assert.match(value, /^(?:https?:\/\/|mailto:)/, JSON.stringify(words))
      if (name === "class") assert.match(value, /^(?:right|center|picture)$/, JSON.stringify(words))
      if (name === "start") assert.match(value, /^\d{1,9}$/, JSON.stringify(words))
      if (name === "rel") assert.equal(value, "noopener noreferrer")
    }
  }
}

test("no hostile text becomes an element, an attribute or an address outside of the lists, at any moment", () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const below = chance(seed)
    const pick = <Part>(parts: readonly Part[]): Part => parts[below(parts.length)]!
    const text = Array.from({ length: 3 }, () => pick(FRAMES)(`${pick(SCHEMES)}:${pick(GOALS)}`, pick(WORDS))).join(
      pick(["\n\n", " ", "\n- ", "\n> ", ""]),
    )
    const markdown = new Markdown(dom.window.document.createElement("div"))
    for (let at = 0; at < text.length;) {
      const size = 1 + below(24)
      markdown.add(text.slice(at, (at += size)))
      assertHarmless(markdown.root, text.slice(0, at))
    }
    markdown.end()
    assertHarmless(markdown.root, text)
  }
})

test("an address is safe only with a scheme of the web or of mail, however it is written", () => {
  for (const scheme of SCHEMES)
    for (const goal of GOALS) {
      const address = safeAddress(`${scheme}:${goal}`)
      if (address !== null) assert.match(address, /^(?:https?:\/\/[^/\\]|mailto:)/, address)
    }
  for (const relative of ["//evil.test", "/\\evil.test", "\\\\evil.test", "evil.test", "?x", "#x", "https:", "http://"])
    assert.equal(safeAddress(relative), null, relative)
})

test("a link whose words are made to look like another host's shows its own", () => {
  const goal = (words: string): string | null => {
    const markdown = new Markdown(dom.window.document.createElement("div"))
    markdown.add(`[${words}](https://evil.test/a)`)
    markdown.end()
    return markdown.root.querySelector("a")!.getAttribute("data-goal")
  }
  const false_ = ["bank.example", "bank\u200b.example", "bank\u00ad.example", "bank\uff0eexample", "bank\u3002example"]
  false_.push(
    "\u202eelpmaxe.knab",
    "evil.test or bank.example",
    "\ud835\udc1bank.example",
    "10.0.0.1",
    "**bank**.example",
  )
  for (const words of false_) assert.equal(goal(words), "evil.test", words)
  for (const words of ["evil.test", "the bank", "version v1.2.3", "main.js", "https://evil.test/a", "www.evil.test"])
    assert.equal(goal(words), null, words)
})

test("where mail goes is told without letters that turn it round", () => {
  const markdown = new Markdown(dom.window.document.createElement("div"))
  markdown.add("[a@bank.example](mailto:%E2%80%AEelpmaxe.knab@b)")
  markdown.end()
  assert.equal(markdown.root.querySelector("a")!.getAttribute("data-goal"), "elpmaxe.knab@b")
})

test("signs without end keep no page busy", () => {
  const floods = ["[x](" + "(a".repeat(40) + " x", "https://e.org/" + "!".repeat(4000) + "a!", "[".repeat(3000)]
    .concat(["- ".repeat(3000), "> ".repeat(600) + "a", "`a``b".repeat(400), "*a_b~~".repeat(400), "<a".repeat(2000)])
    .concat(["![".repeat(1500), "www.".repeat(1500), "&#x".repeat(1500), `[${"a.".repeat(3000)}](https://e.org)`])
  for (const flood of floods) {
    const markdown = new Markdown(dom.window.document.createElement("div"))
    const began = process.cpuUsage()
    for (let at = 0; at < flood.length; at += 300) markdown.add(flood.slice(at, at + 300))
    markdown.end()
    const worked = process.cpuUsage(began).user / 1e6
    assert.ok(worked < MAX_CPU_S, `${flood.slice(0, 20)} took ${worked} s`)
  }
})
