/** Facts about the outbox: whatever fails, in whatever order, each answer is committed once and none is lost. */
import "./dom"
import assert from "node:assert/strict"
import { test } from "node:test"
import { readRetryAfter, retryDelay } from "../outbox/backoff"
import { Outbox, type Sent } from "../outbox/outbox"
import { sendLeftover } from "../outbox/leftover"
import { PlainShelf, type Entry, type Shelf } from "../outbox/shelf"

type Fault = "none" | "down" | "lost" | "busy" | "portal"
const FAULTS: readonly Fault[] = ["none", "none", "down", "lost", "busy", "portal"]

/** Numbers from 0 to 1 that a seed decides. */
function chanceFrom(seed: number): () => number {
  let state = seed + 1
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

const entry = (n: number): Entry => ({
  id: `id-${n}`,
  kind: "answer",
  ticket: "t",
  step: `s${n}`,
  body: `b${n}`,
  at: n,
})
const now = { sleep: () => new Promise<void>((done) => setImmediate(done)), chance: () => 0.5 }

/** A server that takes each id once, and whose answers go missing. */
class Server {
  readonly committed: string[] = []
  constructor(private readonly fault: () => Fault) {}

  post = async ({ id, body }: Entry): Promise<Sent> => {
    await now.sleep()
    const fault = this.fault()
    if (fault === "busy" || fault === "portal") return { kind: "retry", after: null }
    if (fault === "down") throw new Error("no net")
    if (!this.committed.includes(`${id} ${body}`)) this.committed.push(`${id} ${body}`)
    if (fault === "lost") throw new Error("cut")
    return { kind: "committed" }
  }
}

test("no order of faults, reloads and new answers loses one or commits one twice", async () => {
  for (let seed = 0; seed < 150; seed++) {
    const chance = chanceFrom(seed)
    const server = new Server(() => FAULTS[Math.floor(chance() * FAULTS.length)]!)
    const shelf = new PlainShelf(null)
    const settled: string[] = []
    const open = (): Outbox => new Outbox(shelf, server.post, { settled: ({ id }) => void settled.push(id) }, now)
    let outbox = open()
    for (let n = 0; n < 12; n++) {
      await outbox.put(entry(n))
      if (chance() < 0.3) outbox.flush()
      if (chance() < 0.25) {
        outbox.stop() // the page is loaded again: only the shelf is left
        outbox = open()
        await outbox.load()
      }
      if (chance() < 0.3) outbox.kick()
    }
    await outbox.drained()
    const expected = Array.from({ length: 12 }, (_, n) => `id-${n} b${n}`)
    assert.deepEqual([...server.committed].sort(), [...expected].sort(), `seed ${seed}`)
    assert.deepEqual(await shelf.all(), [], `seed ${seed}`)
  }
})

test("an answer is on the shelf before it counts as kept, and stays there until it is committed", async () => {
  const shelf = new PlainShelf(null)
  let commit = (): void => {}
  const post = (): Promise<Sent> => new Promise((done) => (commit = () => done({ kind: "committed" })))
  const outbox = new Outbox(shelf, post, { settled: () => {} }, now)
  await outbox.put(entry(1))
  assert.equal((await shelf.all()).length, 1)
  commit()
  await outbox.drained()
  assert.equal((await shelf.all()).length, 0)
})

test("one that always fails holds up no other", async () => {
  const committed: string[] = []
  const post = ({ id }: Entry): Promise<Sent> => {
    if (id === "id-0") return Promise.resolve({ kind: "retry", after: null })
    committed.push(id)
    return Promise.resolve({ kind: "committed" })
  }
  const outbox = new Outbox(new PlainShelf(null), post, { settled: () => {} }, now)
  for (let n = 0; n < 4; n++) await outbox.put(entry(n))
  for (let n = 0; n < 20; n++) await now.sleep()
  assert.deepEqual(committed.sort(), ["id-1", "id-2", "id-3"])
  assert.deepEqual(
    outbox.entries.map(({ id }) => id),
    ["id-0"],
  )
  outbox.stop()
})

test("two studies in one browser share a shelf, and the trouble of one neither stops nor slows the other", async () => {
  const slept: number[] = []
  const waits = {
    chance: () => 0.5,
    sleep: async (ms: number) => {
      slept.push(ms)
      await now.sleep()
    },
  }
  const sent: string[] = []
  const post = ({ id, ticket }: Entry): Promise<Sent> => {
    sent.push(id)
    return Promise.resolve(
      ticket === "old" ? { kind: "retry", after: null, barred: true } : { kind: "committed", end: undefined },
    )
  }
  const shelf = new PlainShelf(null)
  const at = Date.now()
  for (const n of [1, 2]) await shelf.put({ ...entry(n), ticket: "old", at })
  const settled: string[] = []
  const outbox = new Outbox(shelf, post, { settled: ({ id }) => void settled.push(id) }, waits)
  await outbox.load()
  for (let n = 0; n < 30; n++) await now.sleep()
  assert.ok(Math.max(...slept) > 8000, "the old one rests longer and longer")
  for (let n = 3; n < 9; n++) {
    const waited = slept.length
    await outbox.put({ ...entry(n), ticket: "new", at })
    while (!settled.includes(`id-${n}`)) await now.sleep()
    assert.ok(slept.length - waited <= 1, "it was sent without a wait of the other's")
    assert.deepEqual([outbox.trouble("new"), outbox.trouble("old")], ["", "barred"])
  }
  assert.deepEqual((await shelf.all()).map(({ id }) => id).sort(), ["id-1", "id-2"])
  outbox.stop()
})

test("what no server takes any more does not lie there for ever, and what could not be sent does", async () => {
  const old = Date.now() - 61 * 24 * 3_600_000
  const shelf = new PlainShelf(null)
  await shelf.put({ ...entry(1), ticket: "barred", at: old })
  await shelf.put({ ...entry(2), ticket: "offline", at: old })
  await shelf.put({ ...entry(3), ticket: "barred lately", at: Date.now() })
  await shelf.put({ ...entry(4), ticket: "gone", at: Date.now() })
  const replies: Record<string, Sent> = {
    barred: { kind: "retry", after: null, barred: true },
    offline: { kind: "retry", after: null },
    "barred lately": { kind: "retry", after: null, barred: true },
    gone: { kind: "gone", code: "gone" },
  }
  const outbox = await sendLeftover({ send: ({ ticket }) => Promise.resolve(replies[ticket]!) }, shelf, now)
  for (let n = 0; n < 30; n++) await now.sleep()
  assert.deepEqual((await shelf.all()).map(({ id }) => id).sort(), ["id-2", "id-3"])
  outbox.stop()
})

test("a shelf that refuses to keep an answer is told to who gave it", async () => {
  const shelf: Shelf = {
    put: () => Promise.reject(new Error("full")),
    all: () => Promise.resolve([]),
    remove: async () => {},
  }
  const outbox = new Outbox(shelf, () => Promise.resolve({ kind: "committed" }), { settled: () => {} }, now)
  await assert.rejects(outbox.put(entry(1)))
})

test("what is discarded is not sent any more, not even what is on its way", async () => {
  let sent = 0
  let answer: (sent: Sent) => void = () => {}
  const post = (): Promise<Sent> => {
    sent++
    return new Promise((done) => (answer = done))
  }
  const told: string[] = []
  const outbox = new Outbox(new PlainShelf(null), post, { settled: ({ id }) => void told.push(id) }, now)
  await outbox.put(entry(1))
  await outbox.put(entry(2))
  await outbox.discard(() => true)
  answer({ kind: "retry", after: null })
  await outbox.drained()
  assert.deepEqual([sent, told], [1, []])
})

test("a page that goes hands everything that fits to the browser", async () => {
  const alive: string[] = []
  const post = ({ id }: Entry, keepalive: boolean): Promise<Sent> => {
    if (keepalive) alive.push(id)
    return new Promise(() => {})
  }
  const outbox = new Outbox(new PlainShelf(null), post, { settled: () => {} }, now)
  for (let n = 0; n < 3; n++) await outbox.put({ ...entry(n), body: "x".repeat(25_000) })
  outbox.flush()
  assert.deepEqual(alive, ["id-0", "id-1"])
})

test("waits grow, never beyond half a minute, and the server's own word goes first", () => {
  for (const chance of [0, 0.5, 1]) {
    const waits = Array.from({ length: 40 }, (_, tries) => retryDelay(tries, null, chance))
    assert.ok(waits.every((wait, i) => wait > 0 && wait <= 30_000 && wait >= (waits[i - 1] ?? 0)))
    assert.ok(retryDelay(0, 7000, chance) >= 7000 && retryDelay(0, 7000, chance) < 9000)
    assert.ok(retryDelay(0, 1e12, chance) <= 150_000)
  }
})

test("Retry-After is read as seconds or as a date", () => {
  const at = Date.parse("2026-01-01T00:00:00Z")
  assert.equal(readRetryAfter("3", at), 3000)
  assert.equal(readRetryAfter("Thu, 01 Jan 2026 00:00:05 GMT", at), 5000)
  assert.equal(readRetryAfter("Thu, 01 Jan 2025 00:00:05 GMT", at), 0)
  for (const none of [null, "", "soon"]) assert.equal(readRetryAfter(none, at), null)
})
