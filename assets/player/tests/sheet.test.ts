/** Facts about the contact sheet. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
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
