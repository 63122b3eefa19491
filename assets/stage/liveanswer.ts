/** Live answer: a model answers while the room watches. Whatever goes wrong is told once, in a sentence. */
import type { Event } from "../player/events"
import { MessageReader } from "../player/live/sse"
import { isLast } from "../player/protocol"
import { tell } from "./stagewords"

const SILENT_MS = 5000 // milliseconds without any sign of the server, which gives one each second

export interface LiveCalls {
  model(name: string): void
  event(pane: string, event: Event): void
  /** Everything has come. */
  whole(): void
  /** It broke off or never began: nothing more is told. */
  fell(why: string): void
}

export class StageAnswer {
  private readonly abort = new AbortController()
  private readonly open: Set<string>
  private timer: ReturnType<typeof setTimeout> | undefined
  private over = false

  constructor(
    panes: readonly string[],
    private readonly calls: LiveCalls,
    private readonly silentMs = SILENT_MS,
  ) {
    this.open = new Set(panes)
  }

  /** Asks. Never throws. */
  async ask(asked: (signal: AbortSignal) => Promise<Response>): Promise<void> {
    this.hear()
    try {
      const answer = await asked(this.abort.signal)
      if (!answer.ok || !answer.body) return this.fall(await refusedWords(answer))
      const reader = answer.body.getReader()
      const messages = new MessageReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return this.fall(tell("server_lost"))
        this.hear()
        for (const message of messages.push(value)) this.hand(message)
      }
    } catch {
      this.fall(tell("server_lost"))
    }
  }

  /** Lets go of it: the server ends the model's work. */
  leave(): void {
    this.over = true
    clearTimeout(this.timer)
    this.abort.abort()
  }

  private hear(): void {
    clearTimeout(this.timer)
    if (!this.over) this.timer = setTimeout(() => this.fall(tell("server_lost")), this.silentMs)
  }

  private hand(message: string): void {
    if (this.over) return
    const said = readMessage(message)
    if (typeof said["pane"] === "string") {
      const event = said as unknown as Event
      if (isLast(event)) this.open.delete(said["pane"])
      this.calls.event(said["pane"], event)
    } else if (said["kind"] === "model") this.calls.model(asWords(said["name"]))
    else if (said["kind"] === "fell") this.fall(asWords(said["what"]) || tell("server_lost"))
    else if (said["kind"] === "over") this.end()
  }

  private fall(why: string): void {
    if (this.over) return
    if (!this.open.size) return this.end() // what comes after the last pane's end is not for the screen
    this.leave()
    this.calls.fell(why)
  }

  private end(): void {
    if (this.over) return
    this.leave()
    this.calls.whole()
  }
}

function readMessage(message: string): Record<string, unknown> {
  try {
    return (JSON.parse(message) as Record<string, unknown> | null) ?? {}
  } catch {
    return {} // one line that cannot be read does not end the answer
  }
}

const asWords = (value: unknown): string => (typeof value === "string" ? value : "")

async function refusedWords(answer: Response): Promise<string> {
  const said = (await answer.json().catch(() => null)) as { what?: unknown } | null
  return asWords(said?.what) || tell("server_odd")
}
