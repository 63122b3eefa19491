/** Facts about the zero of the clock: it is when a person pressed, not when the page got round to it. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { createPlayer } from "../page/player"
import type { PlayReport } from "../protocol"
import { Press } from "../stage/press"

const LATE_MS = 300 // milliseconds between the press and its handler
const { window } = dom

/** An event that reached its handler late. */
function late(kind: "click" | "keydown", timeStamp = performance.now() - LATE_MS): Event {
  const event =
    kind === "click"
      ? new window.MouseEvent(kind, { bubbles: true, composed: true, detail: 1 })
      : new window.KeyboardEvent(kind, { key: "Enter", bubbles: true, composed: true, cancelable: true })
  Object.defineProperty(event, "timeStamp", { value: timeStamp })
  return event
}

function shadow(): ShadowRoot {
  return window.document.createElement("div").attachShadow({ mode: "open" })
}

/** What `Press` says while an event with this time is handled. */
function timeDuring(event: Event): number {
  const root = shadow()
  const press = new Press()
  const button = root.appendChild(window.document.createElement("button"))
  let time = NaN
  press.listen(root, new window.AbortController().signal)
  button.addEventListener(event.type, () => (time = press.time))
  button.dispatchEvent(event)
  return time
}

for (const kind of ["click", "keydown"] as const)
  test(`the time of a ${kind} is the event's own, for as long as it is handled`, () => {
    const event = late(kind)
    assert.equal(timeDuring(event), event.timeStamp)
  })

test("without a press the time is now, and an event of another clock is not believed", () => {
  const before = performance.now()
  assert.ok(new Press().time >= before)
  for (const other of [0, -1, Date.now(), NaN]) assert.ok(timeDuring(late("click", other)) >= before, String(other))
})

test("a press that was handled is over", () => {
  const root = shadow()
  const press = new Press()
  press.listen(root, new window.AbortController().signal)
  const button = root.appendChild(window.document.createElement("button"))
  button.dispatchEvent(late("click"))
  assert.ok(performance.now() - press.time < LATE_MS / 2)
})

for (const kind of ["click", "keydown"] as const)
  test(`what is painted after a late ${kind} counts from the press`, async () => {
    const told: PlayReport[] = []
    const events = [
      { at: 0.01, kind: "text", text: "Yes." },
      { at: 0.02, kind: "end", data: { reason: "stop" } },
    ] as const
    const pane = { key: "A", name: "One", summary: "", prototype: "p", timeline: { events } }
    const recording = { id: "f".repeat(64), model: "m", scripted: true, made: "", ending: "" }
    const data = { play_set: "one", comparison: "c", prompt: "Why?", panes: [pane], recording }
    const player = createPlayer(window.document.body, data, { seen: (seen) => told.push(seen) })
    const page = player.host.shadowRoot!
    page.querySelector(kind === "click" ? ".ask button" : ".ask textarea")!.dispatchEvent(late(kind))
    await new Promise((done) => setTimeout(done, 90))
    assert.ok(told[0]!.panes[0]!.painted.first! >= LATE_MS / 1000)
    player.destroy()
  })
