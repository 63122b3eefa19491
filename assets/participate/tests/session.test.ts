/** Facts about a session: what comes next is what neither the server nor the outbox has. */
import "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Entry } from "../outbox/shelf"
import type { AnswerData, End, Step } from "../protocol"
import { Session } from "../session"

const END: End = { kind: "complete", title: "", text: "", code: "C", url: "" }
const STEPS: Step[] = ["a", "b", "c"].map((id) => ({ id, kind: "text", title: id, text: "" }))
const CONSENT = { id: "consent", kind: "consent", text: "" } as const
const DATA = { items: {} } as AnswerData

function started(done: string[] = [], left: Entry[] = []): { session: Session; entries: Entry[] } {
  const entries = [...left]
  const outbox = {
    entries,
    put: (entry: Entry) => Promise.resolve(void entries.push(entry)),
    discard: (fits: (entry: Entry) => boolean) =>
      Promise.resolve(void entries.splice(0, entries.length, ...entries.filter((entry) => !fits(entry)))),
  }
  const session = new Session(outbox, CONSENT)
  session.join({ ticket: "t", steps: STEPS, done })
  return { session, entries }
}

const left = (step: string, ticket = "t"): Entry => ({ id: step, kind: "answer", ticket, step, body: "", at: 1 })

test("consent comes first, and the steps in their order after it", async () => {
  const session = new Session({ entries: [], put: async () => {}, discard: async () => {} }, CONSENT)
  assert.equal(session.current, CONSENT)
  session.join({ ticket: "t", steps: STEPS, done: [] })
  assert.equal(session.current.id, "a")
  await session.answer("a", DATA)
  assert.deepEqual([session.current.id, session.following!.id, session.behind], ["b", "c", 1])
})

test("what still lies in the outbox is not asked again, unless it is somebody else's", () => {
  assert.equal(started(["a"], [left("b")]).session.current!.id, "c")
  assert.equal(started(["a"], [left("b", "other")]).session.current!.id, "b")
})

test("a step that was answered elsewhere is passed over, and the server's word counts", () => {
  const { session } = started()
  session.settle(left("a"), { kind: "answered", done: ["a", "b"] })
  assert.equal(session.current!.id, "c")
})

test("an answer that can never be kept is asked for once more", async () => {
  const { session } = started()
  await session.answer("a", DATA)
  await session.answer("b", DATA)
  session.settle(left("a"), { kind: "refused", code: "garbled" })
  assert.deepEqual([session.current!.id, session.refused], ["a", "a"])
  await session.answer("a", DATA)
  assert.deepEqual([session.current!.id, session.refused], ["c", ""])
})

test("an end that comes with any answer ends it, and the first end counts", async () => {
  const { session } = started()
  session.settle(left("a"), { kind: "committed", end: END })
  session.finish({ ...END, code: "later" })
  await session.ended()
  assert.equal(session.end!.code, "C")
})

test("what the server says about another person's answer changes nothing", () => {
  const { session } = started()
  session.settle(left("a", "other"), { kind: "committed", end: END })
  session.settle(left("a", "other"), { kind: "gone", code: "gone" })
  assert.equal(session.over, false)
})

test("who withdraws leaves only the wish behind", async () => {
  const { session, entries } = started([], [left("x", "other")])
  await session.answer("a", DATA)
  await session.leave()
  assert.deepEqual(
    entries.map(({ kind, ticket }) => `${kind} ${ticket}`),
    ["answer other", "leave t"],
  )
  session.settle(entries[1]!, { kind: "gone", code: "gone" }) // it had been deleted before
  assert.equal(session.end!.kind, "withdrew")
})

test("an id of an answer is never used twice, and entries keep their order", async () => {
  const { session, entries } = started()
  for (const { id } of STEPS) await session.answer(id, DATA)
  assert.equal(new Set(entries.map(({ id }) => id)).size, 3)
  assert.ok(entries.every(({ at }, i) => i === 0 || at > entries[i - 1]!.at))
})

test("a preview sends nothing and can begin anywhere", async () => {
  const entries: Entry[] = []
  const outbox = { entries, put: (entry: Entry) => Promise.resolve(void entries.push(entry)), discard: async () => {} }
  const session = new Session(outbox, CONSENT, false)
  session.join({ ticket: "", steps: STEPS, done: [] })
  session.skipTo("b")
  assert.equal(session.current!.id, "b")
  await session.answer("b", DATA)
  assert.deepEqual([session.current!.id, entries.length], ["c", 0])
})
