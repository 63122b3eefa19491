/** Facts about the one clock. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Clock, type Beat } from "../stage/clock"
import type { Event } from "../events"
import { PaneRun } from "../stage/panerun"

class Hand implements Beat {
  time = 1000
  away = false
  private step: (() => void) | null = null
  now = () => this.time
  hidden = () => this.away
  next = (step: () => void) => {
    this.step = step
    return () => void (this.step = null)
  }
  to(seconds: number): void {
    this.time = 1000 + seconds * 1000
    const step = this.step
    this.step = null
    step?.()
  }
}

const words = (...at: number[]): Event[] => [
  ...at.map((t): Event => ({ at: t, kind: "text", text: `${t} ` })),
  { at: at.at(-1)!, kind: "end" },
]
const pane = (events: Event[], shown: Event[], live = false) =>
  new PaneRun("A", "p", events, live, (batch) => shown.push(...batch))
const nothing = () => {}

test("a frame paints all that is due and nothing that is not", () => {
  const [hand, shown]: [Hand, Event[]] = [new Hand(), []]
  new Clock(hand).start([pane(words(0.1, 0.2, 0.9), shown)], 1000, nothing, nothing)
  hand.to(0.05)
  assert.equal(shown.length, 0)
  hand.to(0.25)
  assert.deepEqual(
    shown.map((e) => e.at),
    [0.1, 0.2],
  )
})

test("panes that start together share one zero and one painted moment", () => {
  const hand = new Hand()
  const runs = [pane(words(0.5), []), pane(words(0.5), [])]
  new Clock(hand).start(runs, 1000, nothing, nothing)
  hand.to(0.51)
  assert.deepEqual(
    runs.map((run) => run.painted[0]!.at),
    [0.51, 0.51],
  )
})

test("done is told once, after the last pane", () => {
  const hand = new Hand()
  const said: string[] = []
  const clock = new Clock(hand)
  clock.start(
    [pane(words(0.1), []), pane(words(0.4), [])],
    1000,
    () => said.push("closed"),
    () => said.push("done"),
  )
  hand.to(0.2)
  hand.to(0.5)
  hand.to(0.6)
  assert.deepEqual(said, ["closed", "closed", "done"])
  assert.equal(clock.running, false)
})

test("a stopped pane keeps what it has and is told as stopped", () => {
  const [hand, shown]: [Hand, Event[]] = [new Hand(), []]
  const run = pane(words(0.1, 0.9), shown)
  const clock = new Clock(hand)
  let closed = 0
  clock.start([run], 1000, () => closed++, nothing)
  hand.to(0.2)
  clock.stop([run])
  hand.to(2)
  assert.equal(shown.length, 1)
  assert.ok(run.stopped && closed === 1)
})

test("a tab that goes out of sight paints what is due and is flagged", () => {
  const [hand, shown]: [Hand, Event[]] = [new Hand(), []]
  const run = pane(words(0.1, 0.9), shown)
  const clock = new Clock(hand)
  clock.start([run], 1000, nothing, nothing)
  hand.time = 1150
  hand.away = true
  clock.visibility()
  assert.equal(shown.length, 1)
  assert.ok(run.hidden)
})

test("a live pane paints events as they come and closes after its last one", () => {
  const [hand, shown]: [Hand, Event[]] = [new Hand(), []]
  const run = pane([], shown, true)
  let done = false
  new Clock(hand).start([run], 1000, nothing, () => void (done = true))
  hand.to(0.5)
  assert.equal(run.closed, false)
  run.queue.push({ at: 0.6, kind: "text", text: "hi" })
  hand.to(0.55)
  assert.equal(shown.length, 1)
  run.queue.push({ at: 0.7, kind: "end" })
  hand.to(0.71)
  assert.ok(run.closed && done)
})
