/** Asking: a player whose live questions wait for the test to answer them. */
import { dom } from "./dom"
import assert from "node:assert/strict"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { createPlayer, type Player } from "../page/player"
import type { Ask, Callbacks, PlayerData, Timeline } from "../protocol"

export const STREAM = { "content-type": "text/event-stream" }
const DONE: Timeline = {
  events: [
    { at: 0, kind: "text", text: "Recorded." },
    { at: 0, kind: "end" },
  ],
  branches: {},
}
export const QUESTION = { at: 0, kind: "question", text: "Which?", data: { options: ["this", "that"] } }

export interface Asking {
  player: Player
  page: ShadowRoot
  data: PlayerData
  asked: Ask[]
  answers: ServerResponse[]
  find(css: string): HTMLElement
}

/** A player whose questions wait for the test to answer them. */
export async function stage(callbacks: Callbacks, run: (stage: Asking) => Promise<void>): Promise<void> {
  const asked: Ask[] = []
  const answers: ServerResponse[] = []
  const server = createServer((request, response) => {
    if (request.url?.endsWith("/stop")) return void response.end("{}")
    let body = ""
    request
      .on("data", (part) => (body += part))
      .on("end", () => {
        asked.push(JSON.parse(body) as Ask)
        answers.push(response)
      })
  })
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up))
  const live = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`, token: "t", model: "m" }
  const panes = ["A", "B"].map((key) => ({ key, name: key, summary: "", prototype: `p${key}`, timeline: DONE }))
  const data: PlayerData = {
    play_set: "one",
    comparison: "c",
    prompt: "Why?",
    panes,
    live,
    reveal: true,
    recording: { id: "r".repeat(64), model: "m", scripted: true, made: "", ending: "" },
  }
  const player = createPlayer(dom.window.document.body, data, callbacks)
  const page = player.host.shadowRoot!
  try {
    await run({ player, page, data, asked, answers, find: (css) => page.querySelector<HTMLElement>(css)! })
  } finally {
    player.destroy()
    server.closeAllConnections()
    server.close()
  }
}

/** Waits until something is so; fails after five seconds. */
export async function until(fact: () => boolean): Promise<void> {
  for (let tries = 0; !fact(); tries++) {
    assert.ok(tries < 500, `never: ${fact.toString()}`)
    await new Promise((soon) => setTimeout(soon, 10))
  }
}

export const line = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
export const begin = (answer: ServerResponse): void =>
  void answer.writeHead(200, STREAM).write(line({ kind: "start", wall: 0 }))

export function write({ page }: Asking, words: string): void {
  const box = page.querySelector("textarea")!
  box.value = words
  box.dispatchEvent(new dom.window.Event("input"))
}
