/** Facts about tabs: one has the participation, the others know. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { storageLine, Tabs, type TabLine } from "../tabs"

/** Lines on which everybody hears all others. */
function talking(count: number): TabLine[] {
  const heard: ((word: never) => void)[][] = Array.from({ length: count }, () => [])
  return heard.map((own, i) => ({
    say: (word) => heard.forEach((others, j) => j !== i && others.forEach((hear) => hear(word as never))),
    hear: (hear) => void own.push(hear),
    lately: () => false,
    close: () => {},
  }))
}

test("a second tab hears of the first, and takes over from it", async () => {
  const [first, second] = talking(2)
  let lost = 0
  const one = new Tabs("1", first!, () => void lost++)
  assert.equal(await one.taken(), false)
  one.take()
  const two = new Tabs("2", second!, () => assert.fail("the second one lost it"))
  assert.equal(await two.taken(), true)
  two.take()
  assert.equal(lost, 1)
  assert.equal(await one.taken(), true)
})

test("where tabs cannot talk, signs of life in the storage tell", () => {
  const storage = dom.window.localStorage
  const [one, two] = [storageLine("x", storage), storageLine("x", storage)]
  assert.equal(two.lately("2"), false)
  one.say({ tab: "1", says: "mine" })
  assert.deepEqual([two.lately("2"), one.lately("1")], [true, false])
  one.close()
  assert.equal(two.lately("2"), false)
})
