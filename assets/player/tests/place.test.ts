/** Facts about a preview that stays where one is. */
import "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { PaneRun } from "../stage/panerun"
import { catchUp, playedSeconds } from "../stage/play"

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
