/** Facts about the rows: chips, further choices, and the knobs beside them. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Row } from "../protocol"
import { Rows } from "../controls/rows"

const option = (value: string) => ({ value, label: value })
const knob = (value: number, after = "to the first word") => ({
  name: "delay",
  label: "Wait",
  steps: [0.2, 1, 4, 20],
  unit: "s",
  value,
  after,
})
const row = (value: string, more: Partial<Row> = {}): Row => ({
  name: "weather",
  label: "Weather",
  options: [option("calm"), option("storm")],
  value,
  ...more,
})
const further = { label: "More ways", groups: [{ label: "Words", options: [option("loop"), option("refusal")] }] }
const rested = () => new Promise((done) => setTimeout(done, 200))

function shown(first: Row): { rows: Rows; told: string[][]; find: <E extends Element>(what: string) => E } {
  const told: string[][] = []
  const rows = new Rows((name, value) => told.push([name, value]))
  dom.window.document.body.replaceChildren(rows.root)
  rows.show([first])
  return { rows, told, find: <E extends Element>(what: string) => rows.root.querySelector(what) as unknown as E }
}

const slide = (track: HTMLInputElement, to: number): void => {
  track.value = String(to)
  track.dispatchEvent(new dom.window.Event("input"))
}

test("a slider says every step at once and tells the page only where it rests", async () => {
  const { told, find } = shown(row("calm", { knob: knob(0.2) }))
  const track = find<HTMLInputElement>("input")
  for (const step of [1, 2, 3]) slide(track, step)
  assert.equal(find(".value").textContent, "20\u00a0s")
  assert.equal(track.getAttribute("aria-valuetext"), "20 s to the first word")
  assert.deepEqual(told, [])
  await rested()
  assert.deepEqual(told, [["delay", "20"]])
})

test("what the page says late does not pull a slider back, and what it says afterwards moves it", async () => {
  const { rows, find } = shown(row("calm", { knob: knob(0.2) }))
  const track = find<HTMLInputElement>("input")
  slide(track, 3)
  rows.show([row("storm", { knob: knob(1) })])
  assert.equal(track, find("input"))
  assert.equal(track.value, "3")
  rows.show([row("storm", { knob: knob(20) })])
  rows.show([row("calm", { knob: knob(0.13) })])
  assert.equal(track.value, "0")
  assert.equal(find(".value").textContent, "0.13\u00a0s")
  await rested()
})

test("a choice of the list is one of the row: no chip is on beside it", () => {
  const { rows, told, find } = shown(row("calm", { more: further }))
  const list = find<HTMLSelectElement>("select")
  assert.equal(list.value, "")
  list.value = "loop"
  list.dispatchEvent(new dom.window.Event("change"))
  assert.deepEqual(told, [["weather", "loop"]])
  assert.equal(find("[aria-checked=true]"), null)
  assert.equal(find("[tabindex='0']").textContent, "calm")
  find<HTMLElement>("[data-value=storm]").click()
  assert.equal(list.value, "")
  rows.show([row("refusal", { more: further })])
  assert.equal(list.value, "refusal")
  assert.deepEqual(told, [
    ["weather", "loop"],
    ["weather", "storm"],
  ])
})

test("a note stands below the chips while there is one", () => {
  const { rows, find } = shown(row("calm", { note: "Measured." }))
  assert.equal(find(".note").textContent, "Measured.")
  rows.show([row("storm")])
  assert.equal(find<HTMLElement>(".note").hidden, true)
})

test("words are told when they are left, and stay while the page says nothing new", () => {
  const words = (value: string) => ({ name: "words", label: "It says", value, longest: 500 })
  const { rows, told, find } = shown(row("calm", { words: words("It is 42.") }))
  const field = find<HTMLInputElement>(".typed")
  assert.equal(field.value, "It is 42.")
  field.value = "It is 43."
  rows.show([row("calm", { words: words("It is 42.") })])
  assert.equal(field.value, "It is 43.")
  field.dispatchEvent(new dom.window.Event("change"))
  assert.deepEqual(told, [["words", "It is 43."]])
})
