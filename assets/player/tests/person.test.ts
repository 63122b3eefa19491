/** Facts about the way to somebody real: what is passed on, the wait, and who joins. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { EventData } from "../events"
import { splitItem } from "../pieces/person"
import { Turn } from "../pieces/turn"

const ITEMS = ["Your question: Is it so?", "You chose: The blue one", "No answer so far"]

function offered(data: Partial<EventData["action"]>): HTMLElement {
  const turn = new Turn({ choose() {}, act() {} })
  dom.window.document.body.append(turn.root)
  const whole = {
    name: "person" as const,
    items: ITEMS,
    person: ["Ines Okoro", "Repairs", "Hello <b>you</b>"],
    ...data,
  }
  turn.paint([{ at: 0, kind: "action", text: "Talk to a person", data: { wait: 10, after: "Passed on.", ...whole } }])
  return turn.root
}
const texts = (root: HTMLElement, css: string): string[] =>
  [...root.querySelectorAll(css)].map((found) => found.textContent ?? "")

function press(root: HTMLElement): void {
  const form = root.querySelector("form")!
  form.dispatchEvent(new dom.window.Event("submit", { bubbles: true, cancelable: true }))
}

test("a press shows what will be passed on, and nothing is passed on yet", () => {
  const root = offered({ review: true })
  root.querySelector<HTMLElement>(".person")!.click()
  assert.deepEqual(texts(root, ".passed .label"), ["Your question", "You chose"])
  assert.equal(root.querySelector("textarea")!.value, "Is it so?")
  assert.equal(root.querySelector(".passedon"), null)
})

test("what was changed is passed on as it was changed, what was emptied is not, and a note is added", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] })
  const root = offered({ review: true, open: true })
  const [question, chosen] = [...root.querySelectorAll("textarea")]
  question!.value = "Is it really so?"
  chosen!.value = " "
  root.querySelector("input")!.value = "Please hurry"
  press(root)
  const passed = ["Your question: Is it really so?", "No answer so far", "Your note: Please hurry"]
  assert.deepEqual(texts(root, ".passedon li"), passed)
  assert.deepEqual(texts(root, ".waits"), ["Passed on."])
})

test("the person joins after the wait, is named, and speaks a moment later, in plain words", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] })
  const root = offered({ review: false, open: true })
  context.mock.timers.tick(9_900)
  assert.deepEqual(texts(root, ".whois"), [])
  context.mock.timers.tick(200)
  assert.deepEqual(texts(root, ".face"), ["IO"])
  assert.deepEqual(texts(root, ".waits"), ["Ines Okoro joined"])
  assert.deepEqual(texts(root, ".bubble"), [])
  context.mock.timers.tick(2_000)
  assert.deepEqual(texts(root, ".bubble"), ["Hello <b>you</b>"])
  assert.equal(root.querySelector("b"), null)
})

test("somebody without a name is a colleague, and still says something", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] })
  const root = offered({ review: false, open: true, person: ["", "", ""], wait: 0 })
  context.mock.timers.tick(100)
  context.mock.timers.tick(5_000)
  assert.deepEqual(texts(root, ".waits"), ["A colleague joined"])
  assert.match(texts(root, ".bubble")[0]!, /\w/)
})

test("only the first colon parts a name from its words", () => {
  assert.deepEqual(splitItem("Your question: At 10: what?"), ["Your question", "At 10: what?"])
  assert.deepEqual(splitItem("No answer so far"), ["No answer so far", ""])
})
