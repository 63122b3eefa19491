/** Facts about the API: only the server's own word is a commit, and only its own no is a no. */
import "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Refused } from "../api"
import { Api, Unreached } from "../api"
import type { Entry } from "../outbox/shelf"

const ENTRY: Entry = { id: "i1", kind: "answer", ticket: "t", step: "s", body: "{}", at: 1 }
const END = { kind: "complete", title: "", text: "", code: "", url: "" }

type Given = readonly [number, unknown, Record<string, string>?]
const asked: [string, RequestInit | undefined][] = []

/** An API before a server that says this. */
const before = (...[status, body, headers = {}]: Given): Api =>
  new Api("http://localhost/take/api/", (address, init) => {
    asked.push([address as string, init])
    const text = typeof body === "string" ? body : JSON.stringify(body)
    return Promise.resolve(new Response(text, { status, headers }))
  })

test("a reply is read for what it means for an answer", async () => {
  const cases: [Given, object][] = [
    [[200, { committed: "i1" }], { kind: "committed", end: undefined }],
    [[200, { committed: "i1", end: END }], { kind: "committed", end: END }],
    [[200, { committed: "another" }], { kind: "retry", after: null }],
    [[200, "<h1>Welcome to our net</h1>"], { kind: "retry", after: null }],
    [[200, null], { kind: "retry", after: null }],
    [[204, ""], { kind: "retry", after: null }],
    [[409, { code: "answered", done: ["s"] }], { kind: "answered", done: ["s"], end: undefined }],
    [[409, { code: "differs" }], { kind: "refused", code: "differs" }],
    [[413, { code: "long" }], { kind: "refused", code: "long" }],
    [[422, { code: "garbled" }], { kind: "refused", code: "garbled" }],
    [[413, "<h1>Too large</h1>"], { kind: "retry", after: null }],
    [[403, { code: "ticket" }], { kind: "retry", after: null, barred: true }],
    [[410, { code: "gone", end: END }], { kind: "gone", code: "gone", end: END }],
    [[404, { code: "x" }], { kind: "retry", after: null }],
    [[500, { code: "x" }], { kind: "retry", after: null }],
    [[503, { code: "busy" }, { "retry-after": "2" }], { kind: "retry", after: 2000 }],
  ]
  for (const [given, expected] of cases) {
    const [status, body] = given
    const api = status === 204 ? before(200, "") : before(...given)
    assert.deepEqual(await api.send(ENTRY, false), expected, `${status} ${JSON.stringify(body)}`)
  }
})

test("a withdrawal is done once the server says how it ended", async () => {
  const leave: Entry = { ...ENTRY, kind: "leave" }
  assert.deepEqual(await before(200, { end: END }).send(leave, false), { kind: "committed", end: END })
  assert.deepEqual(await before(200, {}).send(leave, false), { kind: "retry", after: null })
  assert.match(asked.at(-1)![0], /leave$/)
})

test("a request carries its ticket, no cookies, and follows nobody elsewhere", async () => {
  await before(200, { committed: "i1" }).send(ENTRY, true)
  const [address, init] = asked.at(-1)!
  assert.equal(address, "http://localhost/take/api/answers")
  assert.equal((init!.headers as Record<string, string>)["x-parallax-ticket"], "t")
  assert.deepEqual([init!.credentials, init!.redirect, init!.keepalive], ["omit", "error", true])
})

test("a no of the server is one, and everything else is asked again", async () => {
  await assert.rejects(before(404, { code: "link", what: "No." }).begin({}), (error: Refused) => error.code === "link")
  await assert.rejects(before(409, { code: "full" }).join({}), (error: Refused) => error.status === 409)
  for (const given of [
    [200, "<p>"],
    [200, {}],
    [404, "gone"],
    [503, {}],
    [429, {}],
  ] as Given[])
    await assert.rejects(before(...given).begin({}), Unreached)
})

test("a timeline is fetched three times before it counts as lost", async () => {
  let tries = 0
  const api = new Api("http://localhost/", () => {
    if (++tries < 3) return Promise.reject(new Error("no net"))
    return Promise.resolve(new Response(JSON.stringify({ events: [], branches: {} })))
  })
  assert.deepEqual(await api.timeline("a"), { events: [], branches: {} })
  tries = -10
  await assert.rejects(api.timeline("a"))
  assert.equal(tries, -7)
})
