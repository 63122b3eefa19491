/** Facts about items: nothing is preset, what is missing is named, and a value is what the server takes. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { Form } from "../items/form"
import { readSeconds } from "../items/typed"
import type { Item } from "../protocol"
import { Words } from "../words"

const words = new Words("en")
const OPTIONS = [
  { value: "accept", label: "Yes" },
  { value: "change", label: "No" },
]
const ALL: readonly Item[] = [
  { name: "trust", kind: "slider", text: "Trust?", low: "none", high: "all", least: 0, most: 100, step: 1 },
  { name: "speed", kind: "scale", text: "Speed?", low: "bad", high: "good", points: 7, least: -3 },
  { name: "one", kind: "choice", text: "One?", options: OPTIONS },
  { name: "some", kind: "choice", text: "Some?", options: OPTIONS, several: true },
  { name: "why", kind: "text", text: "Why?", lines: 3, longest: 10 },
  { name: "felt", kind: "seconds", text: "Seconds?", longest: 600, step: 0.5 },
  { name: "take", kind: "accept", text: "Take it?", options: OPTIONS },
]

function shown(items: readonly Item[]): { form: Form; find: <T extends HTMLElement>(css: string) => T } {
  const form = new Form(items, words)
  dom.window.document.body.replaceChildren(form.root)
  return { form, find: (css) => form.root.querySelector(css)! }
}

const turn = (box: HTMLInputElement, value: string, kind = "input"): void => {
  box.value = value
  box.dispatchEvent(new dom.window.Event(kind, { bubbles: true }))
}

test("nothing is preset, and all that is required is named", () => {
  const { form } = shown(ALL)
  assert.deepEqual(form.values, {})
  assert.match(form.check(), /^7 questions are still open: “Trust\?”, “Speed\?”/)
  assert.equal(form.root.querySelectorAll(".wrong:not([hidden])").length, 7)
})

test("what is optional is never missing, and an empty answer is none", () => {
  const { form, find } = shown(ALL.map((item) => ({ ...item, required: false })))
  turn(find("textarea"), "   ")
  assert.equal(form.check(), "")
  assert.deepEqual(form.values, {})
})

test("what does not fit is cut off, never within a sign, and it is said", () => {
  const { form, find } = shown(ALL)
  const box = find<HTMLInputElement>("textarea")
  const note = (): string => box.parentElement!.querySelector(".help")!.textContent
  turn(box, "1234567890")
  assert.equal(note(), "")
  turn(box, "123456789😀 and more")
  assert.equal(box.value, "123456789")
  assert.match(note(), /10 characters/)
  assert.equal(form.values["why"], "123456789")
  turn(box, "12345")
  assert.equal(note(), "")
})

test("each kind gives the value that the server takes", () => {
  const { form, find } = shown(ALL)
  turn(find("[type=range]"), "0")
  find<HTMLInputElement>(".points input").click()
  find<HTMLInputElement>(".choice [type=radio]").click()
  for (const box of form.root.querySelectorAll<HTMLInputElement>("[type=checkbox]")) box.click()
  turn(find(".text textarea"), " because ")
  turn(find(".seconds input"), "2,5")
  find<HTMLInputElement>(".accept input[value=change]").click()
  turn(find(".own textarea"), "Less: more")
  assert.equal(form.check(), "")
  assert.deepEqual(form.values, {
    trust: 0,
    speed: -3,
    one: "accept",
    some: ["accept", "change"],
    why: "because",
    felt: 2.5,
    take: "change:Less: more",
  })
})

test("own words count only for an answer that is changed", () => {
  const { form, find } = shown([ALL[6]!])
  find<HTMLInputElement>("input[value=change]").click()
  turn(find(".own textarea"), "Other")
  find<HTMLInputElement>("input[value=accept]").click()
  assert.deepEqual(form.values, { take: "accept" })
  assert.equal(find(".own").hidden, true)
})

test("a slider is answered by the key that leaves it where it is", () => {
  const { form, find } = shown([ALL[0]!])
  const line = find<HTMLInputElement>("[type=range]")
  assert.equal(line.getAttribute("aria-valuetext"), "not answered yet")
  line.dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: " ", bubbles: true }))
  assert.deepEqual(form.values, { trust: 50 })
  assert.equal(line.getAttribute("aria-valuetext"), "50")
})

test("seconds are read as people write them", () => {
  const cases: [string, number | null][] = [
    ["", null],
    ["  ", null],
    ["3", 3],
    ["2.5", 2.5],
    ["2,5", 2.5],
    [".5", 0.5],
    ["٢٫٥", 2.5],
    ["3.", 3],
  ]
  for (const [text, value] of cases) assert.equal(readSeconds(text), value, text)
  for (const text of ["three", "-1", "1e3", "1.2.3", "Infinity", "0x10"])
    assert.ok(Number.isNaN(readSeconds(text)), text)
})

test("seconds out of their bounds are told, also where none are required", () => {
  const { form, find } = shown([{ ...ALL[5]!, required: false }])
  turn(find(".seconds input"), "601")
  assert.notEqual(form.check(), "")
  assert.equal(find(".wrong").textContent, "Please give a number from 0 to 600.")
  turn(find(".seconds input"), "600")
  assert.equal(form.check(), "")
})

test("seconds are counted in their steps and stay within their bounds", () => {
  const { form, find } = shown([ALL[5]!])
  const [less, more] = [...form.root.querySelectorAll<HTMLButtonElement>(".stepper")]
  more!.click()
  more!.click()
  assert.deepEqual(form.values, { felt: 1 })
  for (let n = 0; n < 4; n++) less!.click()
  assert.deepEqual(form.values, { felt: 0 })
  turn(find(".seconds input"), "600")
  more!.click()
  assert.deepEqual(form.values, { felt: 600 })
})

test("a label of a study is text and never markup", () => {
  const { form } = shown([{ name: "x", kind: "text", text: "<img src=x> **<b>loud</b>**\nnext" }])
  assert.equal(form.root.querySelector("img, b"), null)
  assert.equal(form.root.querySelector("strong")!.textContent, "<b>loud</b>")
})
