/** API: what the page asks of the server, and how its answers are read. */
import type { Problem, Timeline } from "../player/protocol"
import type { Begun, End, Joined } from "./protocol"
import { readRetryAfter } from "./outbox/backoff"
import type { Sent } from "./outbox/outbox"
import { within, type Entry } from "./outbox/shelf"

const REQUEST_TIMEOUT_MS = 20_000
const TIMELINE_TIMEOUT_MS = 12_000
const TIMELINE_TRIES = 3

/** The server said no, in words for a person, and it will say so again. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: Problem | null,
  ) {
    super(code || String(status))
  }
}

/** There was no answer, or none that a server of ours gives; it is asked again. */
export class Unreached extends Error {
  constructor(readonly after: number | null = null) {
    super("the server was not reached")
  }
}

interface Body extends Partial<Problem> {
  readonly code?: string
  readonly committed?: string
  readonly done?: readonly string[]
  readonly steps?: readonly string[]
  readonly end?: End
}

/** What the server has of a participant: what is done, the ids of all steps, and how it ended where it has. */
export interface Standing {
  readonly done: readonly string[]
  readonly steps: readonly string[]
  readonly end?: End
}

interface Reply {
  readonly status: number
  readonly after: number | null
  readonly body: Body | null // null where it is not JSON: something between here and the server answered
}

export class Api {
  constructor(
    private readonly base: string,
    private readonly fetcher: typeof fetch = (...asked) => fetch(...asked),
  ) {}

  async begin(asked: object): Promise<Begun> {
    return this.asked<Begun>("begin", asked, (body) => typeof body["state"] === "string" && !!body["study"])
  }

  async join(asked: object): Promise<Joined> {
    return this.asked<Joined>("join", asked, (body) => typeof body["ticket"] === "string" && !!body["steps"])
  }

  /** Sends an entry of the outbox once. It never throws for what a server says. */
  async send(entry: Entry, keepalive: boolean): Promise<Sent> {
    const reply = await this.post(entry.kind === "leave" ? "leave" : "answers", entry.body, entry.ticket, keepalive)
    return sentFrom(reply, entry)
  }

  /** What the server has of a participant. */
  async state(ticket: string): Promise<Standing> {
    const reply = await this.fetched("state", { headers: { "x-parallax-ticket": ticket }, cache: "no-store" })
    if (reply.status === 403) throw new Unreached() // a proxy's word, or a secret that was mislaid
    if (reply.status !== 200 || !Array.isArray(reply.body?.done)) throw problemFrom(reply)
    const { done, steps = [], end } = reply.body
    return { done, steps, ...(end && { end }) }
  }

  /** A timeline; it is fetched up to three times. */
  async timeline(id: string): Promise<Timeline> {
    for (let tries = 1; ; tries++) {
      try {
        const got = within(TIMELINE_TIMEOUT_MS, this.fetcher(`${this.base}timelines/${encodeURIComponent(id)}`))
        const read = (await within(TIMELINE_TIMEOUT_MS, (await got).json())) as Timeline
        if (!Array.isArray(read.events)) throw new Unreached()
        return read
      } catch (error) {
        if (tries === TIMELINE_TRIES) throw error
      }
    }
  }

  private async asked<T>(path: string, asked: object, fits: (body: Record<string, unknown>) => boolean): Promise<T> {
    const reply = await this.post(path, JSON.stringify(asked), "", false)
    if (reply.status === 200 && reply.body && fits(reply.body as Record<string, unknown>)) return reply.body as T
    throw problemFrom(reply)
  }

  private post(path: string, body: string, ticket: string, keepalive: boolean): Promise<Reply> {
    const headers = { "content-type": "application/json", ...(ticket && { "x-parallax-ticket": ticket }) }
    return this.fetched(path, { method: "POST", headers, body, keepalive, cache: "no-store" })
  }

  private async fetched(path: string, init: RequestInit): Promise<Reply> {
    const ends = new AbortController()
    const timer = setTimeout(() => ends.abort(), REQUEST_TIMEOUT_MS)
    try {
      const response = await this.fetcher(this.base + path, {
        ...init,
        signal: ends.signal,
        redirect: "error",
        credentials: "omit",
      })
      const body = (await response.json().catch(() => null)) as Body | null
      const after = readRetryAfter(response.headers.get("retry-after"), Date.now())
      return { status: response.status, after, body: body && typeof body === "object" ? body : null }
    } catch {
      throw new Unreached()
    } finally {
      clearTimeout(timer)
    }
  }
}

const REFUSALS = [400, 413, 415, 422]

/** What a reply to an entry means. Only the server's own word counts as a commit, whatever the status says. */
function sentFrom({ status, after, body }: Reply, entry: Entry): Sent {
  const code = body?.code ?? ""
  if (!body) return { kind: "retry", after }
  if (status === 200 && entry.kind === "leave" && body.end) return { kind: "committed", end: body.end }
  if (status === 200 && body.committed === entry.id) return { kind: "committed", end: body.end }
  if (status === 409 && code === "answered") return { kind: "answered", done: body.done ?? [], end: body.end }
  if (status === 409 || REFUSALS.includes(status)) return { kind: "refused", code: code || String(status) }
  if (status === 410) return { kind: "gone", code: code || String(status), end: body.end }
  if (status === 403) return { kind: "retry", after, barred: true } // a proxy's word, or a secret that was mislaid
  return { kind: "retry", after }
}

/** The error that a reply stands for. */
function problemFrom({ status, after, body }: Reply): Refused | Unreached {
  if (!body || status < 400 || status === 408 || status === 429 || status >= 500) return new Unreached(after)
  return new Refused(status, body.code ?? "", body.what ? { ...body, what: body.what } : null)
}
