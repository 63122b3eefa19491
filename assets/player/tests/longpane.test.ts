/** Facts about a pane that scrolls within itself: from where an answer that is longer than it is seen. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Event } from "../events"
import { Pane } from "../stage/pane"

const HEIGHT = 400
const { prototype } = dom.window.HTMLElement
const textHeight = function (this: HTMLElement): number {
  return (this.textContent ?? "").length
}
Object.defineProperty(prototype, "offsetHeight", { get: textHeight, configurable: true })
Object.defineProperty(prototype, "scrollHeight", { get: textHeight, configurable: true })
Object.defineProperty(prototype, "clientHeight", { get: () => HEIGHT, configurable: true })

/** Where a pane of 400 pixels stands once these texts came, one pixel for each letter. */
function scrolledAfter(texts: readonly string[]): number {
  const spec = { key: "A", name: "A", summary: "", prototype: "", timeline: { events: [] } }
  const pane = new Pane(spec, { dials: () => {}, choose: () => {}, act: () => {}, fill: () => {} })
  document.body.append(pane.root)
  const body = pane.root.querySelector<HTMLElement>(".body")!
  body.style.overflowY = "auto"
  pane.reset("So?", false)
  pane.reserve([])
  pane.begin("start")
  for (const [at, text] of texts.entries()) pane.paint([{ at, kind: "text", text, data: {} } as unknown as Event])
  const { scrollTop } = body
  pane.root.remove()
  return scrollTop
}

test("what comes at once is shown from its beginning, and what streams is followed to its end", () => {
  assert.equal(scrolledAfter(["word ".repeat(120)]), 0)
  assert.ok(scrolledAfter(Array.from({ length: 120 }, () => "word ")) > 400)
})
