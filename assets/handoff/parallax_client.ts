/**
 * Client: a model behind an OpenAI-compatible address, as an answer. For Node and for browsers.
 *
 * How long it waits, and what a server's status means, stands in the prototype: seconds for the first token, between two
 * tokens and for the whole answer. How long a connection takes cannot be seen from here; it is part of the first.
 */

import { Event } from "./parallax_events.ts"
import type { Data, Prompt, Stream } from "./parallax_events.ts"
import type { ClientSettings } from "./parallax_steps.ts"

const MOST_ANSWER_BYTES = 16_000_000
const MOST_ERROR_CHARS = 500
const MOST_REFUSAL_CHARS = 10_000
const PAUSE_MS = 50 // without anything new, a silence is said
const LINE_END_BYTE = 10

/** The answer broke; `fault` says in one word how. */
class Broken extends Error {
  readonly fault: string

  constructor(fault: string, text: string) {
    super(text)
    this.fault = fault
  }
}

/** Words, how probable they were (natural logarithm), and whether they are the last. */
interface Piece {
  readonly text: string
  readonly logprob: number | null
  readonly last: boolean
}

/** A model at an address, with the key that lets one in; `client` are the prototype's settings. */
export class Model {
  readonly address: string
  readonly name: string
  readonly key: string
  readonly client: ClientSettings
  stopping = false

  constructor(address: string, name: string, key: string, client: ClientSettings) {
    this.address = address
    this.name = name
    this.key = key
    this.client = client
  }

  /** The model's tokens as they come, and silences; an error where it breaks, and a stop where it was stopped. */
  async *answer(prompt: Prompt): Stream {
    yield new Event(0, "silence") // so that it is asked when its time has come, and not before
    const asked = new AskedAnswer(this, prompt)
    let last = 0
    void asked.readAll()
    try {
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

/** What the server sends, piece by piece; one that does not stream sends its whole answer as one piece. */
async function* readChunks(reply: Response): AsyncGenerator<unknown> {
  const kind = reply.headers.get("content-type") ?? ""
  if (kind.includes("html")) throw new Broken("malformed", "the server sent a web page instead of an answer")
  if (kind.includes("json")) {
    yield JSON.parse(await reply.text())
    return
  }
  const decoder = new TextDecoder("utf-8", { fatal: true })
  for await (const row of readRows(reply)) {
    if (row.length < 5 || decoder.decode(row.subarray(0, 5)) !== "data:") continue
    const said = decoder.decode(row.subarray(5)).trim()
    if (said === "[DONE]") return
    yield JSON.parse(said)
  }
}

/** The lines of a reply, as bytes: one that cannot be read takes nothing from those before it. */
async function* readRows(reply: Response): AsyncGenerator<Uint8Array> {
  const reader = reply.body?.getReader()
  let rest = new Uint8Array()
  for (let size = 0; reader;) {
    const { done, value } = await reader.read()
    if (done) return
    size += value.length
    if (size > MOST_ANSWER_BYTES) throw new Broken("malformed", `the answer is longer than ${MOST_ANSWER_BYTES} bytes`)
    const joined = new Uint8Array(rest.length + value.length)
    joined.set(rest)
    joined.set(value, rest.length)
    let from = 0
    for (let end = joined.indexOf(LINE_END_BYTE); end >= 0; end = joined.indexOf(LINE_END_BYTE, from)) {
      yield joined.subarray(from, end)
      from = end + 1
    }
    rest = joined.slice(from)
  }
}

interface Chunk {
  readonly error?: { readonly message?: unknown } | string | null
  readonly choices?: readonly ChunkChoice[] | null
}

interface ChunkChoice {
  readonly message?: { readonly content?: string | null }
  readonly delta?: { readonly content?: string | null }
  readonly logprobs?: { readonly content?: readonly { readonly token: string; readonly logprob: number }[] } | null
  readonly finish_reason?: string | null
}

/** The words of a piece. Broken where it is none, or says that the server broke. */
function* readPieces(json: unknown, logprobs: boolean): Generator<Piece> {
  if (typeof json !== "object" || json === null) throw new Broken("malformed", "the server sent a piece that is none")
  const { error, choices } = json as Chunk
  if (error) {
    const said = typeof error === "string" ? error : error.message
    throw new Broken("server", typeof said === "string" ? said : JSON.stringify(error))
  }
  const choice = choices?.[0]
  if (!choice) return
  const text = (choice.message ?? choice.delta)?.content ?? ""
  const known = (logprobs && choice.logprobs?.content) || []
  if (known.length && known.map(({ token }) => token).join("") === text) {
    for (const { token, logprob } of known) yield { text: token, logprob, last: false }
  } else {
    yield { text, logprob: null, last: false }
  }
  yield { text: "", logprob: null, last: Boolean(choice.finish_reason) }
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
