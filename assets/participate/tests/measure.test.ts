/** Facts about what is measured, and about what is shown of an end. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { fittingFirst } from "../measure/fitting"
import { middleGap } from "../measure/frames"
import { Signs } from "../measure/signs"
import { safeAddress } from "../view/ending"
import { prose } from "../view/prose"

test("the frame interval is the middle gap, and unknown with too few", () => {
  assert.equal(middleGap([0, 16, 33, 50, 66, 83, 183]), 17)
  assert.equal(middleGap([0, 16, 33]), null)
})

test("keys, pastes and events that no person made are counted, and the hidden field is read", () => {
  const signs = new Signs()
  const field = signs.trap("Leave this empty")
  const { document: page, KeyboardEvent, Event } = dom.window
  page.body.replaceChildren(field)
  page.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }))
  page.body.dispatchEvent(new Event("paste", { bubbles: true }))
  page.body.click()
  field.querySelector("input")!.value = "filled"
  assert.deepEqual(
    { ...signs.counts(), webdriver: false },
    { keys: 1, pastes: 1, untrusted: 2, webdriver: false, trap: "filled" },
  )
  signs.stop()
  page.body.click()
  assert.equal(signs.counts().untrusted, 2)
})

test("as much of a list is told as fits, counted in bytes", () => {
  const things = ["aaaa", "ññ", "b"] // 6, 6 and 3 bytes of JSON, and a comma each
  assert.deepEqual(fittingFirst(things, 18), things)
  assert.deepEqual(fittingFirst(things, 17), ["aaaa", "ññ"])
  assert.deepEqual(fittingFirst(things, 13), ["aaaa"])
  assert.deepEqual(fittingFirst(things, 2), [])
})

test("only addresses of the web lead back", () => {
  for (const good of ["https://example.com/a?b=c", "http://localhost:1/x"]) assert.equal(safeAddress(good), good)
  for (const bad of ["", "javascript:alert(1)", "data:text/html,x", "/here", "ftp://x", "https://"])
    assert.equal(safeAddress(bad), "", bad)
})

test("a study's text has paragraphs, breaks and bold, and nothing else", () => {
  const text = prose("One **two**\nthree\r\n\r\n\n<b>four</b> ** five **six")
  assert.deepEqual(
    [...text.children].map((part) => part.innerHTML),
    ["One <strong>two</strong><br>three", "&lt;b&gt;four&lt;/b&gt; <strong> five </strong>six"],
  )
})
