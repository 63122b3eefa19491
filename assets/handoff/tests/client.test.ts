/** Facts about how a model is asked, and what a terminal shows of its answer. */

import assert from "node:assert/strict"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { test } from "node:test"
import { Model } from "../parallax_client.ts"
import { Event, Prompt } from "../parallax_events.ts"
import { prototypeFrom } from "../parallax_runtime.ts"
import { converse, Screen } from "../parallax_terminal.ts"
import { collect, streamOf } from "./streams.ts"

const ASK = new Prompt({ messages: [{ role: "user", text: "Is it so?" }] })
const CLIENT = { connect: 9, first: 9, between: 9, total: 9, logprobs: false, status: {}, too_long: [] }
const PLAIN = { format: 1, name: "P", about: "", inner: [], outer: [], left_out: [], client: CLIENT }

/** A server that says a word every few milliseconds until the other side is gone. */
async function withServer(use: (model: Model, asked: string[]) => Promise<void>): Promise<void> {
  const asked: string[] = []
  const server = createServer((request, reply) => {
    const words = (word: string) => `data: ${JSON.stringify({ choices: [{ delta: { content: word } }] })}\n\n`
    reply.writeHead(200, { "Content-Type": "text/event-stream" })
    request.on("data", (bytes) => asked.push(String(bytes)))
    const talking = setInterval(() => reply.write(words("so ")), 5)
    reply.on("close", () => {
      asked.push("gone")
      clearInterval(talking)
    })
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as AddressInfo
  try {
    await use(new Model(`http://127.0.0.1:${port}/v1/`, "m", "KEY", CLIENT), asked)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** A screen that keeps what it shows. */
class KeptScreen extends Screen {
  kept = ""

  override write(words: string): void {
    this.kept += words
  }

  override readLine(): Promise<string> {
    return Promise.resolve("")
  }
}

test("a model is asked after its wait, and let go of once it is stopped; what came stays", async () => {
  await withServer(async (model, asked) => {
    const began = performance.now()
    const events: Event[] = []
    for await (const event of model.answer(new Prompt({ ...ASK, wait: 0.2 }))) {
      if (!events.length) assert.deepEqual([event.kind, asked.length], ["silence", 0])
      events.push(event)
      if (events.filter(({ kind }) => kind === "token").length === 3) model.stopping = true
    }
    assert.ok(performance.now() - began > 200)
    assert.deepEqual(events.at(-1)?.data, { reason: "stopped" })
    assert.ok(events.every((event, n) => n === 0 || event.at >= events[n - 1]!.at))
    await new Promise((done) => setTimeout(done, 100))
    assert.equal(asked.at(-1), "gone")
    assert.deepEqual(JSON.parse(asked[0]!), {
      model: "m",
      messages: [{ role: "user", content: "Is it so?" }],
      stream: true,
    })
  })
})

test("an answer that nobody hears to its end is let go of", async () => {
  await withServer(async (model, asked) => {
    for await (const event of model.answer(ASK)) if (event.kind === "token") break
    await new Promise((done) => setTimeout(done, 100))
    assert.equal(asked.at(-1), "gone")
  })
})

test("the same answer is not asked for twice", async () => {
  const nowhere = new Model("http://127.0.0.1:9/v1", "m", "", CLIENT)
  const first = await collect(nowhere.answer(ASK))
  const again = await collect(nowhere.answer(ASK))
  assert.deepEqual(again, [first.at(-1)])
  assert.equal(again[0]?.data.fault, "refused")
})

test("a model cannot steer the terminal, and what is taken back begins anew", async () => {
  const screen = new KeptScreen()
  const said = [
    new Event(0, "text", "It\u001b[2J is\tso."),
    new Event(0, "revise", "It was."),
    new Event(0, "notice", "\u009b31mWhy", { items: ["One"], columns: [{ title: "For", items: ["Two"] }] }),
    new Event(0, "mark", "It", { title: "3 % likely" }),
    new Event(0, "source", "Book", { n: 1, claim: "so", detail: "Says so." }),
    new Event(0, "end"),
  ]
  const answer = prototypeFrom(PLAIN).around(() => streamOf(said))
  await converse(answer, new Model("", "m", "", CLIENT), ASK, () => screen)
  const expected = "It[2J is\tso.\nIt was.\n31mWhy\n- One\nFor:\n- Two\n“It”: 3 % likely\n1. Book (“so”)\nSays so.\n"
  assert.equal(screen.kept, expected)
})

test("what is said of a cut answer before its end does not show the signs that only open something", () => {
  for (const [reason, shown] of [
    ["length", "Do this. \nHigh\n"],
    ["stop", "Do this. **\nHigh\n"],
  ] as const) {
    const screen = new KeptScreen()
    screen.paint(new Event(0, "text", "Do this. **"))
    screen.paint(new Event(1, "badge", "High"))
    screen.paint(new Event(1, "end", "", { reason }))
    screen.say()
    assert.equal(screen.kept, shown)
  }
})

test("a cut answer ends in a terminal without signs that only open something", () => {
  for (const [words, reason, shown] of [
    ["Do this. **", "length", "Do this. \n"],
    ["Do **this**", "length", "Do **this**\n"],
    ["A price*", "stop", "A price*\n"],
  ] as const) {
    const screen = new KeptScreen()
    for (const letter of words) screen.paint(new Event(0, "text", letter))
    screen.paint(new Event(1, "end", "", { reason }))
    screen.say()
    assert.equal(screen.kept, shown)
  }
})
