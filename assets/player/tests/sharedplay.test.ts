/** Facts about a play for everybody: when it begins, once, and never as a surprise to who comes late. */
import "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { serverAheadMs, SharedPlay } from "../page/sharedplay"

const CLOCK = "/clock"
const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** The server's clock, so many milliseconds ahead of this one. */
function clockAhead(ms: number): void {
  globalThis.fetch = () => Promise.resolve(Response.json({ now: Date.now() + ms }))
}

test("the server's clock is read as it is, and this one where it does not answer", async () => {
  clockAhead(5000)
  assert.ok(Math.abs((await serverAheadMs(CLOCK)) - 5000) < 50)
  globalThis.fetch = () => Promise.reject(new TypeError("no net"))
  assert.equal(await serverAheadMs(CLOCK), 0)
})

test("it plays once, at the moment of the server's clock", async () => {
  clockAhead(60_000)
  const begun: number[] = []
  const shared = new SharedPlay(null)
  const moment = { id: "n1", at: Date.now() + 60_000 + 120, clock: CLOCK }
  const asked = performance.now()
  for (let n = 0; n < 3; n++) shared.follow(moment, () => begun.push(performance.now() - asked))
  await later(250)
  const [first = 0, ...more] = begun
  assert.equal(more.length, 0)
  assert.ok(first >= 80 && first < 240, String(first))
})

test("one that was over before, that is too late, or that was left behind does not play", async () => {
  clockAhead(0)
  let plays = 0
  const count = (): void => void plays++
  const past = { id: "n1", at: Date.now() - 60_000, clock: CLOCK }
  new SharedPlay(past).follow(past, count)
  new SharedPlay(null).follow(past, count)
  const left = new SharedPlay(null)
  left.follow({ ...past, id: "n2", at: Date.now() + 60 }, count)
  left.end()
  await later(150)
  assert.equal(plays, 0)
})
