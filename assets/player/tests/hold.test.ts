/** Facts about presses that wait until what was typed just before them has been read. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test, type TestContext } from "node:test"
import hold from "../page/hold.js"

/** A page with a field, a form, a link and a button, and what is done on it. */
function page(t: TestContext) {
  const { body } = dom.window.document
  body.innerHTML =
    `<main data-test-script-state="notRunning"><div data-testid="stTextInput"><input value="ab"></div>` +
    `<div data-testid="stForm"><div data-testid="stTextArea"><textarea></textarea></div></div>` +
    `<a href="#there" data-testid="stTopNavLink">There</a><a href="#free" id="free">Free</a>` +
    `<div class="st-key-go"><button data-testid="stBaseButton-primary">Go</button></div></main>`
  const [app, field, written] = [
    body.querySelector("main")!,
    body.querySelector("input")!,
    body.querySelector("textarea")!,
  ]
  const done: string[] = []
  body.querySelectorAll("a, button").forEach((one) =>
    one.addEventListener("click", (event) => {
      event.preventDefault()
      done.push(one.textContent)
    }),
  )
  t.after(hold())
  const press = (name: string) => body.querySelector<HTMLElement>(name)!.click()
  const run = async () => {
    for (const state of ["running", "notRunning"]) {
      app.setAttribute("data-test-script-state", state)
      await rest(1)
    }
  }
  const type = (into: HTMLInputElement | HTMLTextAreaElement, text: string) => {
    into.focus()
    into.value = text
  }
  return { body, field, written, done, press, run, type }
}

const rest = (ms: number) => new Promise((done) => setTimeout(done, ms))

test("a link that is pressed right after a letter waits until the letter was read", async (t) => {
  const { field, done, press, run, type } = page(t)
  type(field, "abc")
  press("a")
  assert.deepEqual([done, dom.window.document.activeElement === field], [[], false]) // the field sent what it holds
  await rest(60)
  assert.deepEqual(done, [])
  await run()
  await rest(60)
  assert.deepEqual(done, ["There"])
  press("a")
  assert.deepEqual(done, ["There", "There"])
})

test("a button that was drawn anew meanwhile is pressed where it is now", async (t) => {
  const { body, field, done, press, run, type } = page(t)
  type(field, "abc")
  field.blur()
  press("button")
  const old = body.querySelector("button")!
  const anew = old.cloneNode(true)
  anew.addEventListener("click", () => done.push("anew"))
  old.replaceWith(anew)
  await run()
  await rest(60)
  assert.deepEqual(done, ["anew"])
})

test("nothing waits where nothing was typed, in a form, or for a press that leads nowhere else", (t) => {
  const { field, written, done, press, type } = page(t)
  type(field, "ab")
  press("a")
  type(written, "words")
  press("button")
  type(field, "abc")
  press("#free")
  assert.deepEqual(done, ["There", "Go", "Free"])
})

test("what the server does not answer holds a press no longer than a moment", async (t) => {
  const { field, done, press, type } = page(t)
  type(field, "abc")
  press("a")
  await rest(1600)
  assert.deepEqual(done, ["There"])
})
