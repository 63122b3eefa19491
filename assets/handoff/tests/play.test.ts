/** Facts about how steps are played, and about the streams they are made of. */

import assert from "node:assert/strict"
import { test } from "node:test"
import { hold, release } from "../parallax_delivery.ts"
import { Event, eventFrom, Prompt } from "../parallax_events.ts"
import type { Answer } from "../parallax_events.ts"
import { retry } from "../parallax_failure.ts"
import { hearAll } from "../parallax_hearing.ts"
import { prototypeFrom } from "../parallax_runtime.ts"
import { collect, streamOf } from "./streams.ts"

const ASK = new Prompt({ messages: [{ role: "user", text: "Is it so?" }] })
const CLIENT = { connect: 1, first: 1, between: 1, total: 1, logprobs: false, status: {}, too_long: [] }
const PLAIN = { format: 1, name: "P", about: "", inner: [], outer: [], left_out: [], client: CLIENT }

/** An answer of these words, one every tenth of a second. */
function saying(...words: string[]): Answer {
  const tokens = words.map((word, n) => new Event(n / 10, "token", word))
  return () => streamOf([...tokens, new Event(words.length / 10, "end")])
}

for (const [unit, before, following, ends] of [
  ["word", "It", " is", true],
  ["word", "I", "t", false],
  ["word", "你", "好", true],
  ["word", "so", "🙂", true],
  ["word", "カ", "ー", true],
  ["sentence", "so. ", "Or", true],
  ["sentence", "3.", "5", false],
  ["sentence", "好。", "好", true],
] as const) {
  test(`a ${unit} ${ends ? "ends" : "does not end"} between “${before}” and “${following}”`, async () => {
    const shown = await collect(release({ step: "release", unit, cursor: false }, ASK, saying(before, following)))
    const texts = shown.filter((event) => event.kind === "text").map((event) => event.text)
    assert.deepEqual(texts, ends ? [before, following] : [before + following])
  })
}

test("a prototype for another version is not played", () => {
  assert.throws(() => prototypeFrom({ ...PLAIN, format: 2 }), /this program plays format 1/)
  assert.throws(() => prototypeFrom({ ...PLAIN, inner: [{ step: "dance" }] }), /dance/)
  assert.throws(() => prototypeFrom({ ...PLAIN, outer: [{ step: "constructor" }] }), /constructor/)
})

test("words that no step releases are shown as they come, with their tokens", async () => {
  const [first] = await collect(prototypeFrom(PLAIN).around(saying("So", " it is."))(ASK))
  assert.deepEqual(first, new Event(0, "text", "So", { tokens: [{ text: "So" }] }))
})

test("what is held when an answer takes too long goes with the error, and the model is let go of", async () => {
  let over = false
  const slow: Answer = async function* () {
    try {
      yield* streamOf([new Event(0, "token", "So"), new Event(9, "silence"), new Event(10, "token", "late")])
    } finally {
      over = true
    }
  }
  const giveUp = { at: 5, words: "timed out" }
  const shown = await collect(hold({ step: "hold", sign: null, give_up: giveUp, leave: null, draft: null }, ASK, slow))
  assert.deepEqual(
    shown.map((event) => eventFrom(event)),
    [new Event(5, "error", "timed out", { fault: "timeout", partial: "So", tokens: [{ text: "So" }] })],
  )
  assert.ok(over)
})

test("each further attempt is asked for after a wait twice as long", async () => {
  const asked: Prompt[] = []
  const breaks: Answer = (prompt) => {
    asked.push(prompt)
    return streamOf([new Event(1, "error", "no", { fault: "rate" })])
  }
  await collect(retry({ step: "retry", says: ["again", "and again"], back_off: 0.5, excepted: [] }, ASK, breaks))
  assert.deepEqual(
    asked.map(({ attempt, wait }) => [attempt, wait]),
    [
      [0, 0],
      [1, 0.5],
      [2, 1],
    ],
  )
})

test("answers that nobody waits for any more are let go of", async () => {
  const over: number[] = []
  const talking = [0, 1].map(async function* (n) {
    try {
      for (let at = 0; ; at += 1) yield* streamOf([new Event(at, "silence")])
    } finally {
      over.push(n)
    }
  })
  const hearing = hearAll(talking, 0)
  assert.equal((await hearing.next()).done, false)
  await hearing.return([])
  assert.deepEqual(over, [0, 1])
})

test("the model hears what was picked under its answer", () => {
  const prompt = ASK.chose("And now?", "Go on", "It is so.").chose("Sure?", "Yes")
  const heard = prompt.conversation.map((message) => message.text)
  assert.deepEqual(heard, ["Is it so?", "It is so.\n\nAnd now?", "Go on", "Sure?", "Yes"])
  assert.deepEqual(prompt.without("Sure?").chosen("And now?"), "Go on")
})
