/** Facts about the marks of answers that the server has not confirmed. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { test, type TestContext } from "node:test"
import { Answers, type AnswersData } from "../page/answers"

type Sent = Record<string, { value: string; blind: boolean }>

/** A page with one number asked, the marks that watch it, and what was sent. */
function watched(t: TestContext, saved: string | number | null = null) {
  const body = dom.window.document.body
  body.innerHTML =
    `<div class="st-key-felt"><input type="number"></div>` + `<div data-test-connection-state="CONNECTED"></div>`
  const box = body.querySelector(".st-key-felt")!
  const field = box.querySelector("input")!
  const line = body.querySelector("[data-test-connection-state]")!
  const sent: [number, Sent][] = []
  const data = (value: string | number | null, blind = true): AnswersData => ({ saved: { felt: value }, blind })
  const answers = new Answers(body, data(saved), { unsaved: ({ answers: late, nth }) => sent.push([nth, late]) })
  t.after(() => answers.destroy())
  const type = (value: string) => {
    field.dispatchEvent(new dom.window.Event("pointerdown", { bubbles: true }))
    field.value = value
  }
  const words = () => answers.host.shadowRoot!.querySelector("p")!.textContent
  return { answers, box, field, line, sent, data, type, words, marked: () => box.hasAttribute("data-unsaved") }
}

test("an answer is marked and sent when it is not confirmed in time, until it is", (t) => {
  const { answers, sent, data, type, words, marked } = watched(t)
  type("3")
  answers.check(10_000)
  answers.check(12_000)
  assert.deepEqual([marked(), sent], [false, []])
  answers.check(12_001)
  assert.deepEqual([marked(), sent], [true, [[1, { felt: { value: "3", blind: true } }]]])
  assert.match(words(), /^One answer is not saved yet\. /)
  answers.update(data(3))
  assert.deepEqual([marked(), words()], [false, ""])
})

test("it is sent again after longer and longer waits, each time with its number", (t) => {
  const { answers, sent, type } = watched(t)
  type("3")
  answers.check(0)
  const moments: number[] = []
  for (let now = 0; now <= 100_000; now += 100) {
    const before = sent.length
    answers.check(now)
    if (sent.length > before) moments.push(now)
  }
  assert.deepEqual(moments, [2100, 4100, 8100, 16_100, 32_100, 52_100, 72_100, 92_100])
  assert.deepEqual(
    sent.map(([nth]) => nth),
    [1, 2, 3, 4, 5, 6, 7, 8],
  )
})

test("without a connection it is marked at once and nothing is sent; with one it is sent", (t) => {
  const { answers, line, sent, type, words, marked } = watched(t)
  line.setAttribute("data-test-connection-state", "DISCONNECTED")
  type("3")
  answers.check(0)
  assert.deepEqual([marked(), sent], [true, []])
  assert.match(words(), /: there is no connection\. /)
  line.setAttribute("data-test-connection-state", "CONNECTED")
  answers.check(2001)
  assert.equal(sent.length, 1)
})

test("what a person did not touch is not marked, whatever the page shows", (t) => {
  const { answers, field, sent, marked } = watched(t, 5)
  field.value = "3"
  answers.check(0)
  answers.check(60_000)
  assert.deepEqual([marked(), sent], [false, []])
})

for (const [back, saved] of [
  ["", 5],
  ["5", 5],
  ["0.1", 0.1000000001],
] as const)
  test(`an answer that is taken back to ${back || "nothing"} is not marked`, (t) => {
    const { answers, sent, type, marked } = watched(t, saved)
    type("3")
    answers.check(0)
    type(back)
    answers.check(100)
    answers.check(60_000)
    assert.deepEqual([marked(), sent], [false, []])
  })

test("an answer counts as blind as it was when it was given", (t) => {
  const { answers, sent, data, type } = watched(t)
  type("3")
  answers.update(data(null, false))
  answers.check(performance.now() + 60_000)
  assert.deepEqual(sent, [[1, { felt: { value: "3", blind: true } }]])
})
