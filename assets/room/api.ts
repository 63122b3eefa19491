/** API: what a phone asks of its room, and how the answers are read. */
import type { Timeline } from "../player/protocol"
import { readRetryAfter } from "../participate/outbox/backoff"
import type { Sent } from "../participate/outbox/outbox"
import type { Entry } from "../participate/outbox/shelf"
import type { Joined, RoomNow } from "./protocol"

const TIMEOUT_MS = 10_000
const FINAL = ["garbled", "long", "type", "differs", "closed"] // it can never be kept
const GONE = ["ended", "unknown"] // the room is no more, or does not know this phone

/** The server said no, in words for a person. */
export class RoomRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly what: string,
    readonly todo: string,
  ) {
    super(code)
  }
}

interface Told {
  readonly code?: string
  readonly what?: string
  readonly do?: string
  readonly committed?: string
}

export class RoomApi {
  ticket = ""
  private tag = ""

  constructor(
    private readonly base = new URL("api/", location.href).href,
    private readonly fetcher: typeof fetch = (...asked) => fetch(...asked),
  ) {}

  async join(code: string, id: string): Promise<Joined> {
    return this.asked<Joined>("join", this.body({ code, id }))
  }

  /** The same as at joining, for a page that was loaded again. */
  async again(): Promise<Joined> {
    return this.asked<Joined>("room", {})
  }

  async timeline(id: string): Promise<Timeline> {
    return this.asked<Timeline>(`timelines/${encodeURIComponent(id)}`, { cache: "default" })
  }

  /** Where the presenter is; null where that is as it was. */
  async now(): Promise<RoomNow | null> {
    const response = await this.fetched("state", { headers: this.tag ? { "if-none-match": this.tag } : {} })
    if (response.status === 304) return null
    if (!response.ok) throw await refusal(response)
    this.tag = response.headers.get("etag") ?? ""
    return (await response.json()) as RoomNow
  }

  /** Sends an entry of the outbox once. Only the server's own word counts as a commit. */
  async send(entry: Entry, keepalive: boolean): Promise<Sent> {
    const headers = { "content-type": "application/json", "x-parallax-ticket": entry.ticket }
    const response = await this.fetched("votes", { method: "POST", headers, body: entry.body, keepalive })
    const told = (await response.json().catch(() => null)) as Told | null
    const after = readRetryAfter(response.headers.get("retry-after"), Date.now())
    if (!told) return { kind: "retry", after }
    if (response.ok && told.committed === entry.id) return { kind: "committed" }
    if (told.code === "answered") return { kind: "answered", done: [entry.step] }
    if (GONE.includes(told.code ?? "")) return { kind: "gone", code: told.code! }
    if (FINAL.includes(told.code ?? "")) return { kind: "refused", code: told.code! }
    return { kind: "retry", after } // a proxy's word, or what may come right
  }

  private body(values: object): RequestInit {
    return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(values) }
  }

  private async asked<T>(path: string, init: RequestInit): Promise<T> {
    const response = await this.fetched(path, init)
    if (!response.ok) throw await refusal(response)
    return (await response.json()) as T
  }

  private fetched(path: string, init: RequestInit): Promise<Response> {
    const ends = new AbortController()
    const timer = setTimeout(() => ends.abort(), TIMEOUT_MS)
    const headers = { "x-parallax-ticket": this.ticket, ...(init.headers as Record<string, string>) }
    const asked = { cache: "no-store", ...init, headers, signal: ends.signal, credentials: "omit" } as const
    return this.fetcher(this.base + path, asked).finally(() => clearTimeout(timer))
  }
}

async function refusal(response: Response): Promise<RoomRefused> {
  const told = (await response.json().catch(() => ({}))) as Told
  return new RoomRefused(response.status, told.code ?? "", told.what ?? "", told.do ?? "")
}
