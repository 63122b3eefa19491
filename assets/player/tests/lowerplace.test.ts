/** Facts about the place further down the page for what stands below the panes. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { LowerPlace } from "../page/lowerplace"
import { createPlayer } from "../page/player"

test("the race stands in the lower place while there is one, and in its player afterwards", () => {
  const { body } = dom.window.document
  const player = createPlayer(body, {
    play_set: "one",
    comparison: "c",
    prompt: "Why?",
    panes: [{ key: "A", name: "A", summary: "", prototype: "p", timeline: { events: [], branches: {} } }],
    recording: { id: "r", model: "m", scripted: true, made: "", ending: "" },
  })
  const page = player.host.shadowRoot!
  const order = (): string[] => [...page.querySelector(".player")!.children].map(({ className }) => className)
  const before = order()
  const place = new LowerPlace(body, () => player.lower)
  assert.equal(page.querySelector(".race"), null)
  assert.ok(body.lastElementChild!.shadowRoot!.querySelector(".pinbar ~ .race"))
  place.update()
  place.destroy()
  assert.ok(page.querySelector(".race"))
  assert.deepEqual(order(), before)
  player.destroy()
})
