/** Facts about a preview that stays where one is, and panes that are brought into sight. */
import "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { PaneRun } from "../stage/panerun"
import { catchUp, playedSeconds } from "../stage/play"
import { Stage } from "../stage/stage"

const events = [1, 2, 3].map((at) => ({ at, kind: at === 3 ? "end" : "text", text: `${at}`, data: {} }) as const)
const made = (): PaneRun => new PaneRun("A", "p", events, false, () => {})

test("nothing was played, some of it, or all of it", () => {
  const run = made()
  assert.equal(playedSeconds([]), 0)
  assert.equal(playedSeconds([run]), 0)
  run.step(1)
  run.step(2)
  assert.equal(playedSeconds([run]), 2)
  run.step(3)
  assert.equal(playedSeconds([run]), Infinity)
})

test("what was seen before is there at once, each event at its own time", () => {
  const run = made()
  const zero = catchUp([run], 2, 0)
  assert.deepEqual(
    run.painted.map(({ at }) => at),
    [1, 2],
  )
  assert.ok(!run.closed && Math.abs(performance.now() - zero - 2000) < 200)
})

test("an answer that was at its end is at its end again", () => {
  const run = made()
  catchUp([run], Infinity, 0)
  assert.ok(run.closed)
})

test("from the beginning, nothing is skipped", () => {
  const run = made()
  assert.equal(catchUp([run], 0, 7), 7)
  assert.equal(run.painted.length, 0)
})

test("panes that reach below the screen are brought to its top when they play; those that fit stay", () => {
  Object.assign(globalThis, { innerHeight: 900 })
  const calls = { dials: () => {}, choose: () => {}, act: () => {}, fill: () => {} }
  const stage = new Stage(calls, () => false)
  document.body.append(stage.root)
  for (const [top, bottom, brought, count = ""] of [
    [359, 1150, 1],
    [359, 890, 0],
    [70, 1150, 0],
    [-20, 700, 1],
    [70, 1150, 1, "37px"], // below the page's head, and still under a countdown
    [95, 1150, 0, "37px"],
  ] as const) {
    let times = 0
    stage.root.style.setProperty("--count", count)
    stage.root.getBoundingClientRect = () => ({ top, bottom, height: bottom - top }) as DOMRect
    stage.root.scrollIntoView = () => times++
    stage.start("Why?")
    assert.equal(times, brought)
  }
})
