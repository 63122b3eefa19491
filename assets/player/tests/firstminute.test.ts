/** Facts about the first minute: the line that says what is set, remarks below the panes, and what is read aloud. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { Settings } from "../controls/settings"
import { Announcer, sentencesIn } from "../page/announcer"
import type { Row } from "../protocol"
import { PaneRun } from "../stage/panerun"
import { Remarks } from "../stage/remarks"

const option = (value: string, opens?: "panel") => ({ value, label: value, ...(opens && { opens }) })
const weather: Row = { name: "weather", label: "Weather", says: "calm", value: "calm", options: [option("calm")] }

function settings(row: Row): { told: string[][]; view: Settings; find: (css: string) => HTMLElement } {
  const told: string[][] = []
  const view = new Settings((...choice) => told.push(choice), new dom.window.AbortController().signal)
  dom.window.document.body.replaceChildren(view.root)
  view.show([row], "a model")
  return { told, view, find: (css) => view.root.querySelector<HTMLElement>(css)! }
}

const press = (button: HTMLElement): boolean =>
  button.dispatchEvent(new dom.window.MouseEvent("click", { detail: 1, bubbles: true }))

test("one line says what is set, and its rows are there when it is pressed", () => {
  const { find } = settings(weather)
  assert.equal(find(".says").textContent, "calm · a model")
  assert.equal(find(".panel").hidden, true)
  press(find(".set"))
  assert.equal(find(".panel").hidden, false)
  assert.equal(find(".set").getAttribute("aria-expanded"), "true")
})

test("a choice closes the rows, unless it opens what goes on being turned", () => {
  for (const [opens, stays] of [
    [undefined, false],
    ["panel", true],
  ] as const) {
    const { find } = settings({ ...weather, options: [option("calm"), option("storm", opens)] })
    press(find(".set"))
    press(find("[data-value=storm]"))
    assert.equal(find(".panel").hidden, !stays)
  }
})

test("a choice of the list closes the rows, unless keys are on their way through it", () => {
  const more = { label: "More", groups: [{ label: "Words", options: [option("loop"), option("wrong")] }] }
  for (const [event, stays] of [
    ["pointerdown", false],
    ["keydown", true],
  ] as const) {
    const { find } = settings({ ...weather, more })
    press(find(".set"))
    const list = find("select") as HTMLSelectElement
    list.dispatchEvent(new dom.window.Event(event))
    list.value = "wrong"
    list.dispatchEvent(new dom.window.Event("change"))
    assert.equal(find(".panel").hidden, !stays)
  }
})

test("a slider leaves the rows open, and Enter in a line of words closes them", () => {
  const knob = { name: "share", label: "After", steps: [10, 50], value: 10, unit: "%", after: "" }
  const { find } = settings({ ...weather, knob, words: { name: "words", label: "It says", value: "", longest: 9 } })
  press(find(".set"))
  find("[type=range]").dispatchEvent(new dom.window.Event("input"))
  assert.equal(find(".panel").hidden, false)
  find(".typed").dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: "Enter", cancelable: true }))
  assert.equal(find(".panel").hidden, true)
})

test("what opens at the side can be pressed again when it is chosen already", () => {
  const { told, find } = settings({ ...weather, value: "own", options: [option("calm"), option("own", "panel")] })
  press(find("[data-value=own]"))
  press(find("[data-value=own]"))
  assert.deepEqual(told, [
    ["weather", "own"],
    ["weather", "own"],
  ])
})

test("a remark has its line from the start and shows when its pane comes to it", () => {
  const remarks = new Remarks()
  const event = { at: 1, kind: "notice" as const, text: "No score.", data: { remark: true } }
  const timeline = { events: [event] }
  remarks.prepare([{ key: "C", name: "C", summary: "", prototype: "c", timeline }])
  const line = remarks.root.querySelector("li")!
  assert.equal(line.hasAttribute("data-later"), true)
  remarks.show("C", [event])
  assert.equal(line.hasAttribute("data-later"), false)
  assert.equal(line.textContent, "CParallax: No score.")
  assert.equal(remarks.root.children.length, 1)
})

test("a sentence is read once for all panes, and then what differs", () => {
  const heard = new Announcer()
  heard.begin()
  heard.follow(() => [{ title: "A", spoken: "One is 3.5. Two" }], 10_000)
  heard.follow(() => [{ title: "B", spoken: "One is 3.5. Two. Three" }], 20_000)
  heard.close({ title: "A", spoken: "One is 3.5. Two." })
  heard.close({ title: "B", spoken: "One is 3.5. Two. Sure." })
  assert.deepEqual(
    [...heard.root.children].map((line) => line.textContent),
    ["One is 3.5.", "Two.", "A: complete, in the words that were read already.", "B: Sure."],
  )
})

test("every letter of a text is in one of its sentences", () => {
  for (const text of ["One. Two", "3.14 is pi! Yes", "no end", "«Ja.» Nein?\nUnd.", "a.b.c d"])
    assert.equal(sentencesIn(text).join("").replace(/\s/g, ""), text.replace(/\s/g, ""))
})

test("a pane that was out of sight at its first words or at its end is told as hidden", () => {
  const events = [
    { at: 0, kind: "text" as const, text: "Words" },
    { at: 1, kind: "text" as const, text: " more" },
    { at: 2, kind: "end" as const },
  ]
  for (const [away, hidden] of [
    [0, true],
    [1, false],
    [2, true],
  ] as const) {
    let now = 0
    const run = new PaneRun("A", "p", events, false, () => {}, () => now !== away) // prettier-ignore
    for (; now <= 2; now++) run.step(now)
    assert.equal(run.hidden, hidden)
  }
})
