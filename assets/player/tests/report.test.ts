/** Facts about what is told of a pane, and about the race. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Event } from "../events"
import { roundAxis, runLane, largestLagMs } from "../stage/race"
import { wordGaps, lagSummary, scheduledMoments, paneReport } from "../stage/report"
import { PaneRun } from "../stage/panerun"

const EVENTS: Event[] = [
  { at: 0.02, kind: "status", data: { shape: "spinner" } },
  { at: 0.5, kind: "revise", text: "" },
  { at: 1, kind: "text", text: "a" },
  { at: 3.5, kind: "text", text: "b" },
  { at: 4, kind: "failure", text: "cut" },
]

function painted(events: Event[], late = 0.01): PaneRun {
  const run = new PaneRun("A", "p", events, false, () => {})
  for (const event of events) run.step(event.at + late)
  return run
}

test("the marks are the first sign, the first words and the last event", () => {
  assert.deepEqual(scheduledMoments(EVENTS), { sign: 0.02, first: 1, complete: 4 })
})

test("an end without words is no sign of life", () => {
  assert.deepEqual(scheduledMoments([{ at: 2, kind: "end" }]), { sign: null, first: null, complete: 2 })
})

test("a pane tells painted beside scheduled, the longest gap and whether it broke", () => {
  const told = paneReport(painted(EVENTS))
  assert.deepEqual(told.painted, { sign: 0.03, first: 1.01, complete: 4.01 })
  assert.equal(told.freeze, 2.5)
  assert.ok(told.broke && !told.stopped && !told.hidden)
  assert.deepEqual(told.lag, { n: 5, p50: 10, p95: 10, max: 10 })
})

test("lags give the middle, the 95th hundredth and the largest", () => {
  assert.deepEqual(lagSummary(Array.from({ length: 100 }, (_, i) => i + 1)), { n: 100, p50: 50, p95: 95, max: 100 })
  assert.deepEqual(lagSummary([]), { n: 0, p50: 0, p95: 0, max: 0 })
})

test("gaps count words and the end, and nothing else", () => {
  assert.deepEqual(
    wordGaps(
      EVENTS.map((event) => ({ event, at: event.at })),
      1,
    ),
    [[1, 3.5]],
  )
})

test("an axis is round and holds its seconds", () => {
  assert.deepEqual(roundAxis(3.61), { longest: 4, ticks: [0, 1, 2, 3, 4] })
  assert.deepEqual(roundAxis(6).ticks, [0, 2, 4, 6])
  for (const seconds of [0.5, 0.93, 5, 5.01, 19, 61, 900, 5000]) {
    const { longest, ticks } = roundAxis(seconds)
    assert.ok(longest >= seconds && ticks.length >= 3 && ticks.length <= 6, String(seconds))
  }
})

test("a lane has a sign of life, words, a freeze and a break where they were painted", () => {
  const run = painted(EVENTS)
  const drawn = runLane(run, roundAxis(5))
  assert.deepEqual(
    drawn.bars.map((bar) => bar.kind),
    ["sign", "words", "freeze", "break"],
  )
  assert.ok(Math.abs(drawn.bars[1]!.from - 1.01 / 5) < 1e-9)
  assert.deepEqual(drawn.ticks, [0.02 / 5, 0.2, 0.8])
  assert.equal(drawn.says, "words 1.01 · broke 4.01")
  assert.equal(largestLagMs([run]), 10)
})

test("a pane without words says so", () => {
  const run = painted([
    { at: 0, kind: "status" },
    { at: 3.6, kind: "error", text: "x" },
  ])
  assert.equal(runLane(run, roundAxis(4)).says, "no words · broke 3.61")
})
