/** Facts about the loader, which is called anew with each change and ended where a newer call took over. */
import "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import load from "../page/loader.js"

const shared = globalThis as { shown?: string[] }

/** A component whose module comes after so many milliseconds, as text that the browser imports. */
function component(name: string, after: number) {
  const part = `(c) => { globalThis.shown.push(c.data.name); return () => globalThis.shown.push("no " + c.data.name) }`
  const wait = `await new Promise((resolve) => setTimeout(resolve, ${after}))`
  const module = `data:text/javascript,${encodeURIComponent(`${wait}; export const part = ${part} // ${name}`)}`
  return { data: { module, part: "part", name } }
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test("a call that a newer one took over while its module came mounts nothing", async () => {
  shared.shown = []
  const older = load(component("older", 40)).then((end) => {
    end() // as Streamlit does where the data changed meanwhile
  })
  const newer = await load(component("newer", 1))
  await older
  await rest(10)
  assert.deepEqual(shared.shown, ["newer"])
  newer()
  assert.deepEqual(shared.shown, ["newer", "no newer"])
})

test("a part that leaves before its module came is never mounted", async () => {
  shared.shown = []
  const end = await load(component("gone", 1))
  end()
  await rest(10)
  assert.deepEqual(shared.shown, [])
})
