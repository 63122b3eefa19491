/** Facts about the addresses of a page that is come to: where Back leads from it. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import watch from "../page/arrival.js"

const { window } = dom
const { history } = window

const push = (to: string): number => {
  history.pushState({}, "", to)
  return history.length
}

test("a step is an address of its own, and what an address that was come to is made of takes its place", async () => {
  window.document.body.innerHTML = `<main data-test-script-state="notRunning"></main>`
  const draw = async (state: string) => {
    window.document.querySelector("main")!.setAttribute("data-test-script-state", state)
    await Promise.resolve()
  }
  const before = push("/compare")
  watch()
  assert.equal(push("/compare?work=1&step=2"), before + 1)
  await draw("running")
  assert.equal(push("/results"), before + 2)
  watch() // as often as the frame is drawn anew
  assert.equal(push("/results?comparison=1"), before + 2)
  assert.match(window.location.href, /results\?comparison=1$/)
  await draw("notRunning")
  assert.equal(push("/results?comparison=2"), before + 3)
})
