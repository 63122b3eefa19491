/** Facts about the contact sheet. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { Check } from "../page/check"
import { Sheet, type Cell } from "../page/sheet"

const cell = (recording: string, mess: string, outcome: string, useful: boolean): Cell => ({
  recording,
  prompt: "<b>Why?</b>",
  mess,
  outcome,
  useful,
  checked: outcome !== "not checked",
  events: [
    { at: 1, kind: "text", text: "Because **so**." },
    { at: 2, kind: "failure", text: "Cut." },
  ],
  marks: { sign: 0, first: 1, complete: 2 },
})

test("every prompt is a cell with its end state, and the filters count and hide", () => {
  const picked: string[] = []
  const cells = [
    cell("one", "", "answered", true),
    cell("two", "misspelt", "failed raw", false),
    cell("three", "emoji", "answered", true),
  ]
  const sheet = new Sheet(dom.window.document.body, { pane: "A", cells }, { pick: (id) => picked.push(id) })
  const page = sheet.host.shadowRoot!
  const shown = () => [...page.querySelectorAll<HTMLElement>(".cell")].filter((one) => !one.hidden).length
  const chips = [...page.querySelectorAll<HTMLElement>(".group .chip")]
  assert.deepEqual(
    chips.map((chip) => chip.textContent),
    ["All 3", "Clean 1", "Messy 2", "answered 2", "failed raw 1"],
  )
  assert.equal(shown(), 3)
  chips[2]!.click()
  assert.equal(shown(), 2)
  assert.equal(page.querySelector(".cell strong")!.textContent, "so")
  assert.equal(page.querySelector(".asked b"), null)
  page.querySelectorAll<HTMLElement>(".cell > .small")[1]!.click()
  assert.deepEqual(picked, ["two"])
  sheet.destroy()
})

test("an answer to check shows its question, its words and what is known as text, and says them to who listens", () => {
  const data = {
    recording: "one",
    place: "Answer 1 of 2",
    asked: "<b>Why?</b>",
    answer: "So.",
    cut: true,
    known: ["Right: so."],
  }
  const check = new Check(dom.window.document.body, data)
  const page = check.host.shadowRoot!
  const told = page.querySelector("[role=status]")!
  assert.equal(page.querySelector("h3")!.textContent, "<b>Why?</b>")
  assert.match(told.textContent, /Answer 1 of 2.*So.*cut off at its limit.*Right: so/)
  check.update({ ...data, place: "Answer 2 of 2", asked: "And?", answer: "", cut: false })
  assert.match(told.textContent, /Answer 2 of 2. And\?. No words/)
  assert.doesNotMatch(told.textContent, /cut off/)
})
