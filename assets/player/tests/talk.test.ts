/** Facts about what people see of each other while they look together: a countdown, and comments at their moment. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { PinBar, pinMoment } from "../page/pinbar"
import { clockText, TimerView } from "../page/timerview"
import type { NewPin } from "../protocol"
import { PaneRun } from "../stage/panerun"
import { RaceView } from "../stage/raceview"

const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
const PANES = ["A", "B"].map((key) => ({ key, name: key, summary: "", prototype: key, timeline: { events: [] } }))

function played(pane: string, seconds: number): PaneRun {
  const end = [
    { at: seconds, kind: "text", text: "Hi", data: {} },
    { at: seconds, kind: "end", text: "", data: {} },
  ] as const
  const run = new PaneRun(pane, pane, end, false, () => {})
  run.step(seconds)
  return run
}

test("a countdown goes by the server's clock, stands still, and says when it is over", async () => {
  globalThis.fetch = () => Promise.resolve(Response.json({ now: Date.now() + 60_000 }))
  const view = new TimerView()
  view.show({ id: "1", at: Date.now() + 60_000 + 90_500, left: 99, clock: "/clock" })
  await later(30)
  assert.match(view.root.textContent, /^1:31 /)
  view.show({ id: "2", at: null, left: 75, clock: "/clock" })
  assert.equal(view.root.textContent, "1:15  · paused")
  view.show({ id: "3", at: Date.now() + 60_000 + 40, left: 1, clock: "/clock" })
  await later(350)
  assert.equal(view.root.textContent, "0:00 Time is up.")
  view.show(null)
  assert.ok(view.root.hidden)
  view.end()
})

test("a clock shows minutes and seconds, and nothing below none", () => {
  assert.deepEqual([0, 0.2, 59.1, 60, 3601, -5].map(clockText), ["0:00", "0:01", "1:00", "1:00", "60:01", "0:00"])
})

test("a comment is pinned to the moment at which its pane is when it is begun", () => {
  const run = new PaneRun("A", "A", [{ at: 9, kind: "text", text: "Hi", data: {} }], false, () => {})
  assert.equal(pinMoment(undefined, 3), null)
  assert.equal(pinMoment(run, 3.14), 3.1)
  assert.equal(pinMoment(played("A", 7.25), 9), 7.3)
})

test("what is typed is said of its pane, and markup stays words", () => {
  const said: NewPin[] = []
  const bar = new PinBar(
    () => 4.5,
    (pin) => said.push(pin),
  )
  document.body.append(bar.root)
  bar.show(PANES, undefined)
  assert.ok(bar.root.hidden)
  bar.show(PANES, [])
  bar.root.querySelector<HTMLButtonElement>("[aria-label='Comment here on B']")!.click()
  const field = bar.root.querySelector("input")!
  field.value = "  Here I thought it had died <b> "
  bar.root.querySelector("form")!.dispatchEvent(new dom.window.Event("submit", { cancelable: true }))
  assert.deepEqual(said, [{ pane: "B", moment: 4.5, text: "Here I thought it had died <b>", pattern: "" }])
  assert.ok(bar.root.querySelector("form")!.hidden)
  assert.match(bar.root.querySelector("[role=status]")!.textContent, /stands in Talk/)
  assert.ok(document.activeElement?.matches("[role=status]"), "Enter pressed once more opens nothing")
  bar.root.remove()
})

test("a comment below the panes can be about a pattern of its pane, and who leaves it is where they were", () => {
  const said: NewPin[] = []
  const bar = new PinBar(
    () => null,
    (pin) => said.push(pin),
  )
  document.body.append(bar.root)
  bar.show(PANES, [], {
    B: [
      ["Blocking", "Blocking"],
      ["TypingDots", "Typing <dots>"],
    ],
  })
  const select = bar.root.querySelector("select")!
  const button = (pane: string): HTMLElement => bar.root.querySelector(`[aria-label='Comment here on ${pane}']`)!
  button("A").click()
  assert.ok(select.hidden)
  button("B").click()
  assert.deepEqual(
    [select.hidden, ...[...select.options].map((option) => option.text)],
    [false, "The whole of B", "Blocking", "Typing <dots>"],
  )
  select.value = "TypingDots"
  bar.root.querySelector("input")!.value = "Is that honest?"
  bar.root.querySelector("form")!.dispatchEvent(new dom.window.Event("submit", { cancelable: true }))
  assert.equal(said[0]!.pattern, "TypingDots")
  button("B").click()
  assert.equal(select.value, "")
  bar.root.querySelector<HTMLButtonElement>("form button:last-child")!.click()
  assert.equal(document.activeElement, button("B"))
  bar.root.remove()
})

test("patterns that are told while a comment is written can be chosen, and what was chosen stays", () => {
  const bar = new PinBar(
    () => null,
    () => {},
  )
  bar.show(PANES, [])
  bar.root.querySelector<HTMLButtonElement>("[aria-label='Comment here on B']")!.click()
  const select = bar.root.querySelector("select")!
  assert.ok(select.hidden)
  bar.show(PANES, [], { B: [["Blocking", "Blocking"]] })
  assert.ok(!select.hidden)
  select.value = "Blocking"
  bar.show(PANES, [], {
    B: [
      ["TypingDots", "Typing dots"],
      ["Blocking", "Blocking"],
    ],
  })
  assert.equal(select.value, "Blocking")
})

test("a pin stands in the race at its moment, and none before the race may be seen", () => {
  const race = new RaceView()
  const pins = [{ pane: "B", moment: 5, text: "Died <i>", who: "Ada" }]
  const runs = [played("A", 10), played("B", 10)]
  race.show(runs, PANES, null, false, false, {}, pins)
  assert.equal(race.root.querySelectorAll(".pin").length, 0)
  race.show(runs, PANES, null, true, false, {}, pins)
  const [pin, ...more] = race.root.querySelectorAll<HTMLElement>(".pin")
  assert.equal(more.length, 0)
  assert.equal(pin!.style.left, "50%")
  assert.equal(pin!.title, "Ada at 5 s: Died <i>")
})

test("who rates blind is told how to skip what the race waits for", () => {
  const race = new RaceView()
  const veil = race.root.querySelector(".veil")!
  for (const [runs, reveal, skips] of [
    [[], true, false],
    [[], false, true],
    [[played("A", 10)], false, true],
  ] as const) {
    race.show(runs, PANES, null, reveal, false)
    assert.equal(veil.textContent.includes("or switch Rate blind off"), skips)
  }
})
