/** Facts about asking live, against a real server on this computer. */
import assert from "node:assert/strict"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { test } from "node:test"
import { LiveAnswer, type LiveEvents } from "../live/live"

const ASK = { text: "Why?", panes: ["A", "B"], choices: [], attempt: 0, partial: "" }
const STREAM = { "content-type": "text/event-stream; charset=utf-8" }

async function asked(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  during: (live: LiveAnswer, said: string[]) => void = () => {},
): Promise<string[]> {
  const server = createServer(answer)
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up))
  const said: string[] = []
  const tell: LiveEvents = {
    loading: (share, words) => said.push(`loading ${share} ${words}`),
    queued: (place) => said.push(`queued ${place}`),
    start: (wall) => said.push(`start ${wall}`),
    event: (pane, event) => {
      said.push(`${pane} ${event.kind} ${event.text ?? ""}`)
      during(live, said)
    },
    rest: () => said.push("rest"),
    kept: (id) => said.push(`kept ${id}`),
    problem: ({ what }) => said.push(what),
    refused: () => said.push("refused"),
    over: (lost) => said.push(lost ? "lost" : "over"),
  }
  const live: LiveAnswer = new LiveAnswer(
    { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`, token: "t", model: "m" },
    tell,
  )
  await live.ask(ASK)
  server.closeAllConnections()
  server.close()
  return said
}

const line = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`

test("a live answer is handed on in order, bad lines left out", async () => {
  const said = await asked((request, response) => {
    assert.equal(request.headers["x-parallax-token"], "t")
    response.writeHead(200, STREAM)
    response.write(line({ kind: "loading", share: 0.5, text: "Loading" }) + line({ kind: "queued", place: 2 }))
    response.write(
      line({ kind: "start", wall: 7 }) + "data: {broken\n\n" + line({ pane: "A", at: 0.1, kind: "text", text: "Hi" }),
    )
    response.end(line({ kind: "kept", recording: "abc" }))
  })
  assert.deepEqual(said, ["loading 0.5 Loading", "queued 2", "start 7", "A text Hi", "kept abc", "over"])
})

test("a refused token is told as refused", async () => {
  assert.deepEqual(await asked((_, response) => void response.writeHead(403).end()), ["refused"])
})

test("a prompt that cannot be asked brings the server's own words", async () => {
  const said = await asked(
    (_, response) =>
      void response
        .writeHead(422, { "content-type": "application/json" })
        .end(JSON.stringify({ what: "Too long.", kept: "", do: "" })),
  )
  assert.deepEqual(said, ["Too long."])
})

test("a page instead of an answer is no answer", async () => {
  const said = await asked(
    (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>data: {}</html>"),
  )
  assert.deepEqual(said, ["The server answered with a page instead of an answer."])
})

test("a connection that breaks is told as lost", async () => {
  const said = await asked((_, response) => {
    response.writeHead(200, STREAM)
    response.write(line({ pane: "A", at: 0.1, kind: "text", text: "Hi" }))
    setTimeout(() => response.destroy(), 20)
  })
  assert.deepEqual(said, ["A text Hi", "lost"])
})

test("stop tells the server at once and ends the stream", async () => {
  let stopped = 0
  const began = Date.now()
  const said = await asked(
    (request, response) => {
      if (request.url === "/live/stop") {
        stopped = Date.now() - began
        return void response.end("{}")
      }
      response.writeHead(200, STREAM)
      response.write(line({ pane: "A", at: 0.1, kind: "text", text: "Hi" }))
    },
    (live) => live.stop(),
  )
  assert.ok(stopped > 0 && stopped < 500, `${stopped} ms`)
  assert.deepEqual(said, ["A text Hi", "over"])
})
