/** Live: asks the model over the server's own route and hands on what it says as it comes. */
import type { Event } from "../events"
import type { Ask, LiveSource, PaneAnswers, Problem } from "../protocol"
import { asText } from "../protocol"
import { MessageReader } from "./sse"

export interface LiveEvents {
  loading(share: number, words: string): void
  queued(place: number, words: string): void
  start(wall: number): void
  event(pane: string, event: Event): void
  /** Every pane is done; the rest of the answer is still being recorded. */
  rest(): void
  kept(recording: string, answers?: PaneAnswers): void
  problem(problem: Problem): void
  refused(): void
  /** The stream is over; `lost` where it broke off before its end. */
  over(lost: boolean): void
}

export const LOST_PROBLEM: Problem = {
  what: "The connection to the server was lost.",
  kept: "Your question and the words that came are kept.",
  do: "Check that the server is running, then ask again.",
}
const STRANGE_PROBLEM: Problem = {
  what: "The server answered with a page instead of an answer.",
  kept: "Your question is still in the box.",
  do: "Reload the page, then ask again.",
}

const STOP_TIMEOUT_MS = 600 // milliseconds in which the server can still say where it kept the words

export class LiveAnswer {
  private readonly abort = new AbortController()
  private stopped = false

  constructor(
    private readonly source: LiveSource,
    private readonly tell: LiveEvents,
  ) {}

  /** Asks, and returns once the stream is over. Never throws: what goes wrong is told. */
  async ask(ask: Ask): Promise<void> {
    try {
      const answer = await fetch(this.source.url, {
        method: "POST",
        body: JSON.stringify(ask),
        signal: this.abort.signal,
        cache: "no-store",
        headers: { "content-type": "application/json", "X-Parallax-Token": this.source.token },
      })
      if (answer.status === 403) return this.tell.refused()
      const kind = answer.headers.get("content-type") ?? ""
      if (!answer.ok || !kind.startsWith("text/event-stream") || !answer.body)
        return this.tell.problem(kind.includes("json") ? toProblem(await answer.json()) : STRANGE_PROBLEM)
      await this.read(answer.body)
      this.tell.over(false)
    } catch {
      if (this.stopped) this.tell.over(false)
      else this.tell.over(true)
    }
  }

  /** Stops the generation on the server, then lets go of the stream. */
  stop(): void {
    if (this.stopped) return
    this.stopped = true
    const headers = { "X-Parallax-Token": this.source.token }
    fetch(`${this.source.url}/stop`, { method: "POST", headers, keepalive: true }).catch(() => this.abort.abort())
    setTimeout(() => this.abort.abort(), STOP_TIMEOUT_MS)
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const messages = new MessageReader()
    const reader = body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      for (const message of messages.push(value)) this.hand(message)
    }
  }

  private hand(message: string): void {
    const said = parseMessage(message)
    if (!said) return
    if (typeof said.pane === "string") this.tell.event(said.pane, said as unknown as Event)
    else if (said.kind === "loading") this.tell.loading(Number(said.share) || 0, asText(said.text))
    else if (said.kind === "queued") this.tell.queued(Number(said.place) || 0, asText(said.text))
    else if (said.kind === "start") this.tell.start(Number(said.wall) || 0)
    else if (said.kind === "rest") this.tell.rest()
    else if (said.kind === "kept") this.tell.kept(asText(said.recording), toAnswers(said.answers))
    else if (said.kind === "problem") this.tell.problem(toProblem(said))
  }
}

function parseMessage(message: string): Record<string, unknown> | null {
  try {
    const said: unknown = JSON.parse(message)
    return said && typeof said === "object" ? (said as Record<string, unknown>) : null
  } catch {
    return null // one unreadable line must not end the answer
  }
}

/** Where the panes' own answers were kept; undefined where all panes have the same one. */
function toAnswers(said: unknown): PaneAnswers | undefined {
  if (!said || typeof said !== "object") return undefined
  return Object.fromEntries(Object.entries(said).map(([pane, id]) => [pane, asText(id)]))
}

/** A problem as the server told it; a plain one where it told none. */
export function toProblem(said: unknown): Problem {
  const values = (said ?? {}) as Record<string, unknown>
  if (!asText(values.what))
    return { what: "The server could not answer.", kept: "Your question is still in the box.", do: "Ask again." }
  return { what: asText(values.what), kept: asText(values.kept), do: asText(values.do) }
}
