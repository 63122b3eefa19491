/**
 * Client: a model behind an OpenAI-compatible address, as an answer. For Node and for browsers.
 *
 * How long it waits, and what a server's status means, stands in the prototype: seconds for the first token, between
 * two tokens and for the whole answer. How long a connection takes cannot be seen from here; it is part of the first.
 */

import { Event } from "./parallax_events.ts"
import type { Data, Prompt, Stream } from "./parallax_events.ts"
import { Broken, readChunks, readPieces } from "./parallax_replies.ts"
import type { Piece } from "./parallax_replies.ts"

const MOST_ERROR_CHARS = 500
const MOST_REFUSAL_CHARS = 10_000
const PAUSE_MS = 50 // without anything new, a silence is said

/** How long the model is waited for, in seconds, and what a server's status means. */
export interface ClientSettings {
  readonly connect: number
  readonly first: number
  readonly between: number
  readonly total: number
  readonly logprobs: boolean
  readonly status: Readonly<Record<string, string>>
  readonly too_long: readonly string[]
}

/** A model at an address, with the key that lets one in; `client` are the prototype's settings. */
export class Model {
  readonly address: string
  readonly name: string
  readonly key: string
  readonly client: ClientSettings
  stopping = false
  private readonly kept = new Map<string, readonly Event[]>()

  constructor(address: string, name: string, key: string, client: ClientSettings) {
    this.address = address
    this.name = name
    this.key = key
    this.client = client
  }

  /** The answer as it comes; the same prompt and attempt get the same answer again, at its own pace. */
  async *answer(prompt: Prompt): Stream {
    const key = JSON.stringify({ ...prompt, wait: 0 })
    const kept = this.kept.get(key)
    if (kept) {
      yield* kept
      return
    }
    const events: Event[] = []
    for await (const event of this.ask(prompt)) {
      if (event.kind !== "silence") events.push(event)
      if (event.isLast && !event.wasStopped) this.kept.set(key, events)
      yield event
    }
  }

  /** The model's tokens as they come, and silences; an error where it breaks, and a stop where it was stopped. */
  private async *ask(prompt: Prompt): Stream {
    const begins = performance.now() + prompt.wait * 1000
    for (let now = performance.now(); now < begins && !this.stopping; now = performance.now()) {
      yield new Event(0, "silence")
      await sleep(Math.min(PAUSE_MS, begins - now))
    }
    const asked = new AskedAnswer(this, prompt)
    let last = 0
    void asked.readAll()
    try {
      yield new Event(0, "silence")
      while (!this.stopping) {
        const event = await asked.next()
        last = Math.max(last, event.at)
        yield event.moved(last)
        if (event.isLast) return
      }
    } finally {
      asked.close()
    }
    yield asked.event("end", "", { reason: "stopped" })
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}

/** One answer on its way: what arrived is in a queue, each event with its time. */
class AskedAnswer {
  private readonly model: Model
  private readonly prompt: Prompt
  private readonly began = performance.now()
  private readonly arrived: Event[] = []
  private readonly stop = new AbortController()
  private readonly total: ReturnType<typeof setTimeout>
  private patience: ReturnType<typeof setTimeout>
  private wake: () => void = () => undefined
  private answering = false

  constructor(model: Model, prompt: Prompt) {
    this.model = model
    this.prompt = prompt
    this.total = this.abortAfter(model.client.total)
    this.patience = this.abortAfter(model.client.first)
  }

  /** Something that happens now. */
  event(kind: string, text = "", data: Data = {}): Event {
    return new Event((performance.now() - this.began) / 1000, kind, text, data)
  }

  /** Let go of the connection. */
  close(): void {
    clearTimeout(this.total)
    clearTimeout(this.patience)
    this.stop.abort()
  }

  /** What arrived next, or a silence where nothing did. */
  async next(): Promise<Event> {
    if (!this.arrived.length) {
      await new Promise<void>((done) => {
        const pause = setTimeout(done, PAUSE_MS)
        this.wake = () => {
          clearTimeout(pause)
          done()
        }
      })
    }
    return this.arrived.shift() ?? this.event("silence")
  }

  /** Put all that comes into the queue; the last is an end or an error. */
  async readAll(): Promise<void> {
    try {
      for await (const { text, logprob } of this.pieces(this.model.client.logprobs)) {
        this.put(this.event("token", text, logprob === null ? {} : { logprob }))
      }
      this.put(this.event("end"))
    } catch (error) {
      const fault = this.stop.signal.aborted ? "timeout" : exceptionFault(error, this.answering)
      const text = error instanceof Broken ? error.message : String(error)
      this.put(this.event("error", text.slice(0, MOST_ERROR_CHARS), { fault }))
    }
  }

  private put(event: Event): void {
    this.arrived.push(event)
    this.wake()
  }

  private abortAfter(seconds: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.stop.abort(), seconds * 1000)
  }

  /** The words as they come. Broken, or what the connection throws, where they break. */
  private async *pieces(logprobs: boolean): AsyncGenerator<Piece> {
    const reply = await fetch(`${this.model.address.replace(/\/+$/, "")}/chat/completions`, {
      method: "POST",
      redirect: "manual",
      signal: this.stop.signal,
      headers: this.heads,
      body: this.body(logprobs),
    })
    if (reply.status !== 200) {
      const said = (await reply.text()).slice(0, MOST_REFUSAL_CHARS)
      if (!logprobs || ![400, 422].includes(reply.status) || !said.toLowerCase().includes("logprob")) {
        throw this.refused(reply.status, said)
      }
      yield* this.pieces(false) // it does not give probabilities
      return
    }
    this.answering = true
    let whole = false
    for await (const chunk of readChunks(reply)) {
      clearTimeout(this.patience)
      this.patience = this.abortAfter(this.model.client.between)
      for (const piece of readPieces(chunk, logprobs)) {
        whole ||= piece.last
        if (piece.text) yield piece
      }
    }
    if (!whole) throw new Broken("cut", "the stream ended without saying that the answer is complete")
  }

  /** What is sent: the conversation, and the words to go on from. */
  private body(logprobs: boolean): string {
    const messages = this.prompt.conversation.map(({ role, text }) => ({ role, content: text }))
    if (this.prompt.partial) messages.push({ role: "assistant", content: this.prompt.partial })
    return JSON.stringify({ model: this.model.name, messages, stream: true, ...(logprobs && { logprobs }) })
  }

  /** The HTTP heads, with the key where there is one. */
  private get heads(): Record<string, string> {
    const { key } = this.model
    return { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) }
  }

  /** What an HTTP status other than 200 means; the key is not in its words. */
  private refused(status: number, said: string): Broken {
    const { client, key } = this.model
    const fault = client.status[status] ?? (status >= 500 ? "server" : "request")
    const isTooLong = fault === "request" && client.too_long.some((words) => said.toLowerCase().includes(words))
    const text = `HTTP ${status}: ${said}`
    return new Broken(isTooLong ? "context" : fault, key ? text.replaceAll(key, "•••") : text)
  }
}

/** The kind of fault behind an exception; `answering` where the server had begun to answer. A browser tells less. */
function exceptionFault(error: unknown, answering: boolean): string {
  if (error instanceof Broken) return error.fault
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  const codes = `${String(code)} ${String(cause?.code)}`
  if (error instanceof SyntaxError || codes.includes("ERR_ENCODING")) return "malformed"
  if (/CERT|SSL|TLS|SIGNED|VERIFY/.test(codes)) return "tls"
  if (/ENOTFOUND|EAI_AGAIN|ERR_INVALID_URL/.test(codes)) return "address"
  if (/TIMEOUT|ETIMEDOUT/.test(codes)) return "timeout"
  return answering || /ECONNRESET|UND_ERR_SOCKET|HPE_/.test(codes) ? "cut" : "refused"
}
