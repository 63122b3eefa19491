/** Facts about notices with a look of their own, what stands there before the question, and the pager of answers. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Event } from "../events"
import { welcomeCards } from "../pieces/forms"
import { Turn } from "../pieces/turn"
import { scheduledMoments } from "../stage/report"
import { Tries } from "../stage/tries"

const card = (text: string, data: object): Event => ({ at: 0, kind: "notice", text, data })
const WELCOME = [
  card("What to expect", {
    form: "abilities",
    before: true,
    columns: [
      { title: "Can", items: ["Look up an order"] },
      { title: "Cannot", items: ["Pay"] },
    ],
  }),
  card("Try asking", { form: "starters", before: true, items: ["Is it so?", "<b>Why</b>?"] }),
  card("About 44 of 100 are right.", { form: "accuracy", before: true, percent: 44 }),
]
const texts = (root: ParentNode, css: string): string[] =>
  [...root.querySelectorAll(css)].map((found) => (found.textContent ?? "").trim())

function painted(...events: Event[]): Turn {
  const turn = new Turn({ choose() {}, act() {} })
  dom.window.document.body.append(turn.root)
  turn.paint(events)
  return turn
}

test("what stands there before the question is drawn once above it, and not again in the answer", () => {
  const cards = welcomeCards([...WELCOME, card("AI answer", { tone: "label" })], () => {})
  assert.equal(cards.length, 3)
  assert.deepEqual(texts(cards[0]!, "li"), ["Look up an order", "Pay"])
  assert.equal(painted(...WELCOME).root.childElementCount, 0)
})

test("a starter is a button that fills the box, and its words are never markup", () => {
  const filled: string[] = []
  const [, starters] = welcomeCards(WELCOME, (question) => filled.push(question))
  const buttons = [...starters!.querySelectorAll("button")]
  for (const button of buttons) button.click()
  assert.deepEqual(filled, ["Is it so?", "<b>Why</b>?"])
  assert.equal(starters!.querySelector("b"), null)
})

test("a remark to the designer greets nobody", () => {
  assert.deepEqual(
    welcomeCards([card("Starters need content.", { before: true, remark: true })], () => {}),
    [],
  )
})

test("what stands there before the question is no first sign of life", () => {
  const word: Event = { at: 2, kind: "text", text: "Yes." }
  assert.equal(scheduledMoments([...WELCOME, word]).sign, 2)
})

test("a decision is kept above the answer, and what the answer says is set beside it at the end", () => {
  const turn = painted(card("You said: Wait", { form: "decision" }), {
    at: 1,
    kind: "text",
    text: "**Go now:** it is late. Or so.\n\nReally.",
  })
  assert.deepEqual(texts(turn.root, ".says"), [])
  turn.finish()
  turn.finish()
  assert.deepEqual(texts(turn.root, ".decision p"), ["You said: Wait", "The answer says: Go now: it is late."])
})

test("a decision beside an answer that never came is compared with nothing", () => {
  const turn = painted(card("You said: Wait", { form: "decision" }))
  turn.finish()
  assert.deepEqual(texts(turn.root, ".says"), [])
})

function answers(...words: string[]): { tries: Tries; turns: HTMLElement[] } {
  const turns = words.map((text) => painted({ at: 0, kind: "text", text }).root)
  const tries = new Tries(turns[0]!)
  for (const turn of turns.slice(1)) tries.add(turn)
  return { tries, turns }
}

test("the arrow keys turn the pages of several answers, and stop at both ends", () => {
  const { tries, turns } = answers("One.", "Two.", "Three.")
  const key = (name: string): boolean =>
    tries.root.dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }))
  const seen = (): string[] => turns.filter((turn) => !turn.hidden).map((turn) => turn.textContent ?? "")
  assert.deepEqual(seen(), ["Three."])
  for (const name of ["ArrowLeft", "ArrowLeft", "ArrowLeft"]) key(name)
  assert.deepEqual([seen(), texts(tries.root, "[role=status]")], [["One."], ["1 of 3"]])
  assert.equal(key("Home"), true)
  key("ArrowRight")
  assert.deepEqual(seen(), ["Two."])
})

test("an answer that says the same again is told to be the same, and another one is not", () => {
  const same = answers("It **is** so.", "No.", "It is so.")
  same.tries.compare()
  same.tries.compare()
  assert.deepEqual(texts(same.turns[2]!, ".same"), ["The same words as answer 1."])
  const other = answers("It is so.", "It is not so.")
  other.tries.compare()
  assert.deepEqual(texts(other.turns[1]!, ".same"), [])
})

test("a cause, an apology and a cut are told apart by their looks, and the alert by an icon as well", () => {
  const looks = (["plain", "personal", undefined] as const).map((tone) => {
    const turn = painted({ at: 0, kind: "failure", text: "It broke.", data: tone ? { tone } : {} })
    const fail = turn.root.querySelector(".fail")!
    return [fail.className.trim(), fail.querySelector("svg") !== null]
  })
  assert.deepEqual(looks, [
    ["fail plain", true],
    ["fail personal", false],
    ["fail", false],
  ])
})

test("reasons stand on a thread, and both sides of an answer beside each other with their signs", () => {
  const why = painted(card("Why", { tone: "card", items: ["It is <b>so</b>", "It helps"] })).root
  assert.deepEqual(texts(why, ".reasons li"), ["It is <b>so</b>", "It helps"])
  const columns = [
    { title: "Against", items: ["It takes long"] },
    { title: "For", items: ["It is cheap"] },
  ]
  const both = painted(card("Both sides", { tone: "card", columns })).root
  assert.deepEqual(texts(both, ".sides .against li"), ["It takes long"])
  assert.deepEqual(texts(both, ".sides .for li"), ["It is cheap"])
  const folded = painted(card("Why", { tone: "card", items: ["It helps"], fold: "closed" })).root
  assert.equal(folded.querySelector("details")?.open, false)
})

test("what was taken for granted is corrected where it stands", () => {
  const picked: string[] = []
  const turn = new Turn({ choose: (_, pick) => picked.push(pick.option), act() {} })
  const data = { items: ["For yourself", "In short"], options: ["For a friend", "In full"], other: true }
  turn.paint([{ at: 0, kind: "question", text: "I took this for granted.", data }])
  assert.deepEqual(texts(turn.root, ".assumed > p"), data.items)
  turn.root.querySelectorAll<HTMLButtonElement>(".assumed > .chip")[1]!.click()
  assert.deepEqual(picked, ["In full"])
})

test("a reason beside options is no list of what was taken for granted", () => {
  const data = { items: ["It is outside"], options: ["Say who could help"], instead: true }
  assert.equal(painted({ at: 0, kind: "question", text: "No.", data }).root.querySelector(".assumed"), null)
})

test("other answers are told without the signs of their Markdown", () => {
  const items = ["**You** are a *leaf*. - **In:** `water` - <b>out</b>: 2 * 3"]
  const { root } = painted(card("Or so", { tone: "card", form: "others", items }))
  assert.deepEqual(texts(root, "li"), ["You are a leaf. · In: water · <b>out</b>: 2 * 3"])
})

test("what broke is told above what can be done about it", () => {
  const { root } = painted(
    { at: 0, kind: "action", text: "Talk to a person", data: { name: "person" } },
    { at: 0, kind: "failure", text: "It broke.", data: {} },
  )
  assert.deepEqual(
    [...root.children].map((part) => part.classList[0]),
    ["fail", "acts"],
  )
})
